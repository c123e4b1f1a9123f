/** A click on an option -> the verdict, scored once. A button may be weeks old, and its question gone. */
import { z } from "zod";
import { TutorError } from "../core/errors.ts";
import type { LearnerStore } from "../core/learners.ts";
import type { Ms } from "../core/ports.ts";
import { about, type Button, type Reply } from "../core/reply.ts";
import { placeKey, type Turn } from "../core/turn.ts";
import { bankOf, pageKey } from "../learning/bank.ts";
import { short } from "../learning/chance.ts";
import { answerQuestion } from "../learning/learner.ts";
import type { Library } from "../library/library.ts";
import { steps, type Verdict } from "./question.ts";

export interface Learning {
  readonly library: () => Library;
  readonly learners: LearnerStore;
  readonly clock: () => Ms;
}

/** Arguments of every answer button: question, option, and which asking it belongs to. */
export const answerArgs = { q: z.string(), p: z.string(), s: z.string() };

/** Names one asking: the same turn asks the same way again, another turn another way. */
export const instanceOf = (turn: Turn): string => short(`${turn.id} ${placeKey(turn.place)}`);

/** Undefined where the question or the option is no more; then nothing is scored. */
export async function judge(
  { library, learners, clock }: Learning,
  { q, p, s }: { readonly q: string; readonly p: string; readonly s: string },
  turn: Turn,
): Promise<Verdict | undefined> {
  const item = bankOf(library()).item(q);
  const choice = item?.choices.find((each) => each.key === p);
  if (!item || !choice) return undefined;
  const answer = { turn, item, choice, instance: s, now: clock() };
  const result = await answerQuestion(learners, answer).catch((error: unknown) => {
    // What is right does not depend on the database: the answer is given, and not called counted.
    if (error instanceof TutorError && error.fault === "dependency") return "away" as const;
    throw error;
  });
  return { item, choice, result };
}

/** What a button says whose question was rewritten or removed since it was posted. */
export function gone(q: string, library: Library, fresh?: Button): Reply {
  const page = library.pages.find(
    (each) => pageKey(each) === q.split(".")[0] && bankOf(library).about(each.id).length > 0,
  );
  const again: Button = {
    label: page ? `Question on ${page.title}`.slice(0, 60) : "New question",
    call: { command: "quiz.next", args: page ? { topic: page.id } : {} },
  };
  return {
    blocks: [
      {
        kind: "text",
        line: ["That question has been rewritten or removed since it was asked, so nothing was scored."],
      },
      ...steps([fresh ?? again]),
    ],
    about: about("chat"),
  };
}
