/** A five-minute lesson, made from a page: a question to keep in mind, three ideas, something to try, two checks. */
import type { Library } from "../library/library.ts";
import type { Page, Section } from "../library/page.ts";
import { bankOf, type Item } from "./bank.ts";
import { readConsole, type Sandbox, sandbox } from "./sandbox.ts";

export type LessonStep =
  | { readonly kind: "hook"; readonly lead: Section; readonly keep: Item }
  | { readonly kind: "idea"; readonly number: number; readonly section: Section }
  | { readonly kind: "try"; readonly sandbox: Sandbox; readonly heading: string; readonly from: Page }
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

interface Place {
  readonly from: Page;
  readonly section: Section;
}

/** What the page has to try; else from its text or its command's, else from a command that belongs to it. */
function trialOf(page: Page, library: Library): LessonStep | undefined {
  if (page.trials) {
    const made = sandbox(page.trials.map((one) => ({ output: "", ...one })));
    if (made.trials.length) return { kind: "try", sandbox: made, heading: "", from: page };
  }
  const own = library.about(page.id).flatMap(placesOf);
  return best(own, page) ?? best(commandsOf(page, library).flatMap(placesOf).filter(speaksOf(page)), page);
}

/** A related command has examples of other things too: only a section that names the concept is about it. */
const speaksOf = (page: Page) => {
  const names = [page.title, ...page.aliases].map((name) => name.toLowerCase());
  return ({ section: { heading, markdown } }: Place): boolean => {
    const text = `${heading}\n${markdown}`.toLowerCase();
    return names.some((name) => text.includes(name));
  };
};

const placesOf = (from: Page): readonly Place[] => from.sections.map((section) => ({ from, section }));

/** Commands that name the page as related, and those that the page names; one with a concept of its own is about that. */
const commandsOf = (page: Page, library: Library): readonly Page[] =>
  library.pages.filter(
    ({ kind, id, title, related }) =>
      kind === "command" && id === title && (related.slice(0, 2).includes(page.id) || page.related.includes(id)),
  );

/** The section from which most can be run as it stands. */
function best(places: readonly Place[], page: Page): LessonStep | undefined {
  let found: { readonly step: LessonStep; readonly worth: number } | undefined;
  for (const { from, section } of places) {
    const commands = [...section.markdown.matchAll(/^```console\n([\s\S]*?)^```/gm)].flatMap(([, text = ""]) =>
      readConsole(text),
    );
    if (!commands.length) continue;
    const made = sandbox(commands.slice(0, TRIALS));
    const { trials, cleanUp, dropped } = made;
    // One command that only lists something is no exercise.
    if (trials.length < 2 && !trials.some(({ command, output }) => output || command.includes(" run "))) continue;
    const own = from === page ? 1 : 0;
    const worth =
      trials.length + trials.filter((each) => each.output).length + cleanUp.length * 2 - dropped.length + own;
    if (!found || worth > found.worth)
      found = { step: { kind: "try", sandbox: made, heading: section.heading, from }, worth };
  }
  return found?.step;
}
