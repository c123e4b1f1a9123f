/**
 * Questions for pages that carry none of their own, made from the facts of command and error pages: the right option is
 * the page's fact, a wrong one is a sibling's, refuted by what that really is. The same pages give the same questions.
 */
import type { Flag, Page, Question, QuizOption } from "../library/page.ts";
import { plain } from "../library/sections.ts";
import { terms } from "../library/words.ts";
import { hash, optionKey } from "./chance.ts";

const WRONG = 3;
/** Two facts that share more of their words may be told apart by nobody. */
const ALIKE = 0.4;
const LONGEST = 220;

interface Fact {
  readonly page: Page;
  /** As code or in plain words. */
  readonly name: string;
  /** One sentence without its stop. */
  readonly says: string;
  readonly words: ReadonlySet<string>;
}

/** Two questions at least for every command and error page whose facts allow it. */
export function derivedQuestions(pages: readonly Page[]): (page: Page) => readonly Question[] {
  // A purpose and a sentence read differently, and that alone would tell which option is right.
  const { purposes = [], sentences = [] } = Object.groupBy(
    pages.filter(({ kind }) => kind === "command").flatMap(commandFact),
    ({ page }) => (page.aspects.purpose === undefined ? "sentences" : "purposes"),
  );
  const errors = pages.filter(({ kind }) => kind === "error").flatMap(errorFact);
  return (page) => {
    if (page.quiz.length >= 2) return [];
    const alikes = page.aspects.purpose === undefined ? sentences : purposes;
    const command = alikes.find((fact) => fact.page === page);
    if (command) return commandQuestions(command, alikes);
    const error = errors.find((fact) => fact.page === page);
    return error ? errorQuestions(error, errors) : [];
  };
}

const fact = (page: Page, name: string, says: string): Fact[] => {
  const short = says.trim().replace(/(?<![.!])[.!]+$/, "");
  return short && short.length <= LONGEST ? [{ page, name, says: short, words: new Set(terms(plain(short))) }] : [];
};

function commandFact(page: Page): Fact[] {
  const purpose = page.aspects.purpose ?? firstSentence(page).replace(/^`[^`]+`\s+/, "");
  return fact(page, `\`${page.title}\``, purpose);
}

const errorFact = (page: Page): Fact[] => fact(page, page.title, firstSentence(page));

/** Of the lead; a stop inside a name such as `docker.sock` ends nothing. */
const firstSentence = (page: Page): string =>
  /^[\s\S]*?(?<!\b(?:e\.g|i\.e))[.!](?=\s|$)/.exec(page.sections[0]?.markdown.trim() ?? "")?.[0].replace(/\s+/g, " ") ??
  "";

function commandQuestions(right: Fact, all: readonly Fact[]): readonly Question[] {
  const wrong = siblings(right, all);
  const which = question(
    `Which one is for this: ${right.says}?`,
    option(right.name, true, `${right.name}: ${right.says}.`),
    wrong.map((each) => option(each.name, false, `${each.name}: ${each.says}.`)),
  );
  const purpose = question(
    `What is ${right.name} for?`,
    option(right.says, true, `${right.name}: ${right.says}.`),
    wrong.map((each) => option(each.says, false, `That is ${each.name}.`)),
  );
  return [...which, ...(flagQuestion(right.page) ?? purpose)];
}

/** Undefined where the flags are too few, or too alike. */
function flagQuestion(page: Page): readonly Question[] | undefined {
  const named = (flag: Flag) => `\`${flag.name}\``;
  const flags = page.flags
    // A sentence that names the flag would give it away.
    .filter(({ name, does }) => !does.includes(name) && !does.includes(name.replace(/^-+/, "")))
    .flatMap((flag) => fact(page, named(flag), flag.does).map((each) => ({ ...each, flag })));
  for (const right of inOrder(flags, page.id)) {
    const wrong = siblings(right, flags);
    if (wrong.length < 2) continue;
    const { short, name } = right.flag;
    const found = question(
      `Which flag of \`${page.title}\` does this: “${right.says}.”?`,
      option(right.name, true, `${right.name}: ${right.says}.`),
      wrong.map((each) => option(each.name, false, `${each.name}: ${each.says}.`)),
    );
    return found.map((each) => ({ ...each, read: [short, name].filter(Boolean).join(", ") }));
  }
  return undefined;
}

function errorQuestions(right: Fact, all: readonly Fact[]): readonly Question[] {
  const wrong = siblings(right, all);
  return [
    ...question(
      `What does “${right.name}” mean?`,
      option(`${right.says}.`, true, "That is what the message says."),
      wrong.map((each) => option(`${each.says}.`, false, `That is behind “${each.name}”.`)),
    ),
    ...question(
      `What would you expect to see when this is so: ${right.says}?`,
      option(right.name, true, "Its page says how to confirm it, and how to fix it."),
      wrong.map((each) => option(each.name, false, `There it is something else: ${each.says}.`)),
    ),
  ];
}

/** Other facts that nobody could take for this one: of the same area where there are enough. */
function siblings<F extends Fact>(right: F, all: readonly F[]): readonly F[] {
  const chosen: F[] = [];
  const near = (each: F) => (each.page.area === right.page.area ? 0 : 1);
  const order = inOrder(all, `${right.page.id} ${right.name}`).sort((a, b) => near(a) - near(b));
  for (const each of order) {
    if (each === right || related(each, right)) continue;
    // Wrong options must differ from each other as well.
    if ([right, ...chosen].every((other) => alike(each, other) < ALIKE)) chosen.push(each);
    if (chosen.length === WRONG) break;
  }
  return chosen;
}

/** Errors that come of one another share causes; an older name of a command does the same. */
const related = (a: Fact, b: Fact): boolean =>
  a.page !== b.page &&
  (a.page.title === b.page.title ||
    (a.page.kind === "error" && (a.page.related.includes(b.page.id) || b.page.related.includes(a.page.id))));

/** Share of the smaller fact's words that the other has too. */
function alike(a: Fact, b: Fact): number {
  const [few, many] = a.words.size < b.words.size ? [a.words, b.words] : [b.words, a.words];
  const shared = [...few].filter((word) => many.has(word)).length;
  return shared / Math.max(1, few.size);
}

const inOrder = <T extends Fact>(facts: readonly T[], seed: string): T[] =>
  [...facts].sort((a, b) => hash(`${seed} ${a.page.id} ${a.name}`) - hash(`${seed} ${b.page.id} ${b.name}`));

const option = (text: string, right: boolean, why: string): QuizOption => ({ text, right, why });

/** None where there are too few wrong options to choose from; two whose words give one key are one too many. */
function question(text: string, right: QuizOption, wrong: readonly QuizOption[]): readonly Question[] {
  const options = [...new Map([...wrong, right].map((each) => [optionKey(each.text), each])).values()];
  return options.length < 3 ? [] : [{ question: text, options }];
}
