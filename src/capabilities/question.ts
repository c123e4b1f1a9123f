/** A quiz question and the feedback on its answer, as replies; quiz, practice, lessons and the check share them. */
import { sourceOf } from "../answering/compare.ts";
import { toLine } from "../core/markdown.ts";
import { about, type Block, type Button, type Reply, type Span } from "../core/reply.ts";
import { type Call, callFits } from "../core/turn.ts";
import { type Choice, choicesFor, type Item, LETTERS } from "../learning/bank.ts";
import type { Library } from "../library/library.ts";

/** What an option's button calls. */
export type AnswerCall = (choice: Choice) => Call;

/** Says the question; every option has a letter in the text and on its button. */
export function questionBlocks(item: Item, instance: string, call: AnswerCall, more: readonly Button[] = []): Block[] {
  const choices = choicesFor(item, instance);
  return [
    { kind: "text", line: strong(toLine(item.question.question)) },
    {
      kind: "list",
      ordered: false,
      items: choices.map((choice, at) => ({
        depth: 0,
        line: [{ kind: "strong", text: `${LETTERS[at]})` }, " ", ...toLine(choice.text)],
      })),
    },
    {
      kind: "buttons",
      buttons: [...choices.map((choice, at) => ({ label: LETTERS[at] ?? "?", call: call(choice) })), ...more],
    },
  ];
}

/** A question stands out; its code stays code. */
const strong = (line: readonly Span[]): Span[] =>
  line.map((span) => (typeof span === "string" ? { kind: "strong", text: span } : span));

export interface Verdict {
  readonly item: Item;
  readonly choice: Choice;
  /** `away`: the answer could not be kept. */
  readonly result: "scored" | "repeated" | "away";
}

/** Right or not, why, and where it is written. A wrong choice is answered at the belief behind it. */
export function feedbackBlocks({ item, choice, result }: Verdict, library: Library): Block[] {
  const right = item.choices.find((each) => each.right);
  const blocks: Block[] = [];
  if (choice.right)
    blocks.push({ kind: "text", line: [{ kind: "strong", text: "Right." }, " ", ...toLine(choice.why)] });
  else {
    const belief = choice.belief?.replace(/(?<![.!])[.!]+$/, "");
    blocks.push({
      kind: "text",
      line: [
        { kind: "strong", text: "Not quite." },
        ...(belief ? [" Behind it is often the belief that ", ...toLine(belief), "."] : []),
        " ",
        ...toLine(choice.why),
      ],
    });
    if (right)
      blocks.push({
        kind: "text",
        line: [{ kind: "strong", text: "The answer: " }, ...toLine(endStop(right.text)), " ", ...toLine(right.why)],
      });
  }
  if (result === "repeated")
    blocks.push({ kind: "text", line: ["You had answered this one already; your first answer counts."] });
  if (result === "away")
    blocks.push({
      kind: "note",
      tone: "warning",
      line: ["I cannot save answers at the moment, so this one does not count yet. Press the same button again later."],
    });
  blocks.push({ kind: "sources", sources: [sourceOf(item.page, item.question.read ?? "", library)] });
  return blocks;
}

const endStop = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

export const readButton = (item: Item): Button => ({
  label: "Read the page",
  call: { command: "read", args: { page: item.page.path } },
});

/** Buttons that fit, at most three; a block only where there are any. */
export const steps = (buttons: readonly (Button | undefined)[]): Block[] => {
  const fitting = buttons.filter((each) => each !== undefined && callFits(each.call)) as Button[];
  return fitting.length ? [{ kind: "buttons", buttons: fitting.slice(0, 3) }] : [];
};

/** A question is no answer: the thread's topic stays what it was. */
export const asking = (blocks: readonly Block[]): Reply => ({ blocks, about: about("chat") });

/** Feedback is an answer: "why?" after it is about its concept. */
export const teaching = (blocks: readonly Block[], item: Item): Reply => {
  const { page, question } = item;
  const section = page.sections.find((each) => each.heading === (question.read ?? "")) ?? page.sections[0];
  return {
    blocks,
    about: about("answered", { concepts: [page.id], pages: [page.path], sections: section ? [section.id] : [] }),
  };
};
