/** A five-minute lesson, made from a page: a question to keep in mind, three ideas, something to try, two checks. */
import type { Library } from "../library/library.ts";
import type { Page, Section } from "../library/page.ts";
import { bankOf, type Item } from "./bank.ts";
import { readConsole, type Sandbox, sandbox } from "./sandbox.ts";

export type LessonStep =
  | { readonly kind: "hook"; readonly lead: Section; readonly keep: Item }
  | { readonly kind: "idea"; readonly number: number; readonly section: Section }
  | { readonly kind: "try"; readonly sandbox: Sandbox; readonly heading: string }
  | { readonly kind: "think" }
  | { readonly kind: "check"; readonly number: number; readonly item: Item };

export interface Lesson {
  readonly page: Page;
  readonly steps: readonly LessonStep[];
}

const IDEAS = 3;
const CHECKS = 2;
/** More commands than this are no five minutes. */
const TRIALS = 5;

/** Undefined for a page with too little to teach a lesson from. */
export function lessonOn(page: Page, library: Library): Lesson | undefined {
  const checks = bankOf(library).about(page.id).slice(0, CHECKS);
  const lead = page.sections.find((section) => section.role === "lead");
  const ideas = ideasOf(page, checks);
  const [keep] = checks;
  if (!lead || !keep || ideas.length < IDEAS) return undefined;
  const trial = trialOf(page, library);
  return {
    page,
    steps: [
      { kind: "hook", lead, keep },
      ...ideas.map((section, at) => ({ kind: "idea" as const, number: at + 1, section })),
      trial ?? { kind: "think" },
      ...checks.map((item, at) => ({ kind: "check" as const, number: at + 1, item })),
    ],
  };
}

/** What the checks ask about comes in; then the page's own order. Folklore is corrected elsewhere. */
function ideasOf(page: Page, checks: readonly Item[]): Section[] {
  const body = page.sections.filter((section) => section.role === "body");
  const asked = new Set(checks.map((item) => item.question.read));
  const first = body.filter((section) => asked.has(section.heading));
  const plain = body.filter((section) => !asked.has(section.heading) && !section.heading.startsWith("Often said"));
  const chosen = new Set([...first, ...plain, ...body].slice(0, IDEAS));
  return body.filter((section) => chosen.has(section));
}

/** The page's section, or its command's, from which most can be run as it stands. */
function trialOf(page: Page, library: Library): LessonStep | undefined {
  let best: { step: LessonStep; worth: number } | undefined;
  for (const section of library.about(page.id).flatMap((each) => each.sections)) {
    const commands = [...section.markdown.matchAll(/^```console\n([\s\S]*?)^```/gm)].flatMap(([, text = ""]) =>
      readConsole(text),
    );
    if (!commands.length) continue;
    const found = sandbox(commands.slice(0, TRIALS));
    const { trials, cleanUp, dropped } = found;
    // One command that only lists something is no exercise.
    if (trials.length < 2 && !trials.some(({ command, output }) => output || command.includes(" run "))) continue;
    const own = section.page === page.path ? 1 : 0;
    const worth = trials.length + trials.filter((each) => each.output).length + cleanUp.length * 2 - dropped + own;
    if (!best || worth > best.worth) best = { step: { kind: "try", sandbox: found, heading: section.heading }, worth };
  }
  return best?.step;
}
