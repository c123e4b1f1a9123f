/** The placement check: its questions, and what it has shown. The call carries all answers so far. */
import { toLine } from "../core/markdown.ts";
import { about, type Block, type Reply } from "../core/reply.ts";
import type { Turn } from "../core/turn.ts";
import { bankOf } from "../learning/bank.ts";
import { personOf, standingOf } from "../learning/learner.ts";
import { graphOf } from "../learning/path.ts";
import { MOST_QUESTIONS, placement } from "../learning/placement.ts";
import { PLACED } from "../learning/progress.ts";
import { judge, type Learning } from "./judge.ts";
import { pathBlocks } from "./path.ts";
import { asking, feedbackBlocks, questionBlocks, steps } from "./question.ts";

/** Stands for "not sure" among the options. */
const UNSURE = "-";

/** Judges one answer and asks on. */
export async function answered(
  { a, p, s }: { readonly a: string; readonly p: string; readonly s: string },
  turn: Turn,
  deps: Learning,
): Promise<Reply> {
  const { library } = deps;
  const { next: item } = placement(a, s, graphOf(library()), bankOf(library()));
  const right = item?.choices.find((choice) => choice.right);
  const verdict = item && p !== UNSURE ? await judge(deps, { q: item.id, p, s }, turn) : undefined;
  if (!item || !right || (p !== UNSURE && !verdict))
    return asking([
      { kind: "text", line: ["My pages have changed since this check began, so it starts anew."] },
      ...steps([{ label: "Start the check", call: { command: "learn", args: { goal: "check" } } }]),
    ]);
  const said: Block[] = verdict
    ? feedbackBlocks(verdict, library()).filter((block) => block.kind !== "sources")
    : [
        {
          kind: "text",
          line: [{ kind: "strong", text: "Good to know. " }, ...toLine(right.text), ": ", ...toLine(right.why)],
        },
      ];
  return check(`${a}${verdict?.choice.right ? "1" : "0"}`, s, said, turn, deps);
}

/** The next question of the check, or what it has shown. */
export async function check(a: string, s: string, said: readonly Block[], turn: Turn, deps: Learning): Promise<Reply> {
  const { library, learners, clock } = deps;
  const graph = graphOf(library());
  const { next, asked, known } = placement(a, s, graph, bankOf(library()));
  if (next) {
    const call = (p: string) => ({ command: "learn.answer", args: { ...(a ? { a } : {}), p, s } });
    const intro: Block[] = a
      ? []
      : [
          {
            kind: "text",
            line: [
              `At most ${MOST_QUESTIONS} questions, each chosen by your answers. Guessing only makes the start harder: press Not sure freely.`,
            ],
          },
        ];
    return asking([
      ...said,
      { kind: "heading", text: `Check: question ${asked.length + 1} of at most ${MOST_QUESTIONS}` },
      ...intro,
      ...questionBlocks(next, s, ({ key }) => call(key), [{ label: "Not sure", call: call(UNSURE) }]),
    ]);
  }
  const shown = asked.filter((each) => each.right).map((each) => each.id);
  const person = personOf(turn);
  await learners.note(person, PLACED, known.size ? [...known].join(" ") : undefined);
  const { progress } = await standingOf(learners, person, library(), clock());
  const names = shown.map((id) => library().concepts.title(id)).join(", ");
  const result = shown.length
    ? `You know ${names}, so I take what they build on, and what is easier beside them, as known too: ${progress.known.size} of ${progress.total} concepts. A wrong quiz answer takes one back.`
    : "You are at the beginning, which is the best place to see everything in order.";
  return {
    blocks: [
      ...said,
      { kind: "heading", text: "Check done" },
      { kind: "text", line: [result] },
      ...pathBlocks(progress, undefined, library()),
    ],
    about: about("chat"),
  };
}
