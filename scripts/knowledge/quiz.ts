/** Quizzes that give themselves away. Order is no matter: options are shuffled whenever a question is asked. */
import type { TutorError } from "../../src/core/errors.ts";
import { fault } from "../../src/library/matter.ts";
import type { Page, Question } from "../../src/library/page.ts";
import { lineOf, type Manuscript } from "./manuscript.ts";
import type { Lint } from "./set.ts";

const length = (text: string): number => text.replace(/[`*]/g, "").length;

/** How the right option stands out by its length alone. */
function standsOut({ options }: Question): "longest" | "shortest" | undefined {
  const right = length(options.find((option) => option.right)?.text ?? "");
  const wrong = options.filter((option) => !option.right).map((option) => length(option.text));
  if (right > Math.max(...wrong)) return "longest";
  return right < Math.min(...wrong) ? "shortest" : undefined;
}

/** Far longer than every wrong one: seen without reading. */
function far({ options }: Question): boolean {
  const right = length(options.find((option) => option.right)?.text ?? "");
  return right > 1.25 * Math.max(...options.filter((option) => !option.right).map((option) => length(option.text))) + 4;
}

const CATCH_ALL =
  /\b(?:all|none|any|both|neither|some) of the (?:above|others|answers)\b|^(?:all|none|any|both|neither|some) of (?:these|those|them)\W*$|^(?:both )?[A-D] (?:and|or) [A-D]\b/i;

function ofPage(page: Page, text: Manuscript): TutorError[] {
  const out: TutorError[] = [];
  page.quiz.forEach((question, i) => {
    if (far(question))
      out.push(
        fault(
          page.path,
          lineOf(text, `quiz.${i}`),
          "the right option is far longer than the others.",
          "Shorten it, or say more in a wrong one.",
        ),
      );
    question.options.forEach((option, j) => {
      if (CATCH_ALL.test(option.text))
        out.push(
          fault(
            page.path,
            lineOf(text, `quiz.${i}.options.${j}`),
            `"${option.text}" depends on the other options, which are shuffled.`,
            "Write an option that stands alone.",
          ),
        );
    });
  });
  // Longer is the habit of authors; two shortest in a row are chance.
  for (const [how, least] of [
    ["longest", 2],
    ["shortest", 3],
  ] as const)
    if (page.quiz.length >= least && page.quiz.every((question) => standsOut(question) === how))
      out.push(
        fault(
          page.path,
          lineOf(text, "quiz"),
          `the right option is the ${how} in each of the ${page.quiz.length} questions.`,
          "Reword one, so that length says nothing.",
        ),
      );
  return out;
}

/** With three or four options chance alone makes it a quarter to a third. */
const SHARE = 1 / 3;

export const giveaways: Lint = {
  name: "quiz-giveaway",
  level: "fatal",
  find: ({ pages, manuscripts }) => {
    const out = manuscripts.flatMap((text) => {
      const page = pages.find(({ path }) => path === text.path);
      return page ? ofPage(page, text) : [];
    });
    const all = pages.flatMap((page) => page.quiz);
    for (const how of ["longest", "shortest"] as const) {
      const count = all.filter((question) => standsOut(question) === how).length;
      // A handful of questions says nothing about a habit.
      if (all.length >= 20 && count > all.length * SHARE)
        out.push(
          fault(
            "README.md",
            1,
            `over all pages the right option is the ${how} in ${count} of ${all.length} questions.`,
            "Reword the worst; chance alone makes it at most a third.",
          ),
        );
    }
    return out;
  },
};
