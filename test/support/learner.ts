/** One learner at a tutor of their own: says, presses, answers; time goes on only when a test says so. */
import { onTestFinished } from "vitest";
import { plainText, type Reply } from "../../src/core/reply.ts";
import type { Store } from "../../src/core/store.ts";
import type { Call, Person } from "../../src/core/turn.ts";
import type { Plan, Tutor } from "../../src/core/tutor.ts";
import type { Library } from "../../src/library/library.ts";
import { answer, press } from "./press.ts";
import { NOW } from "./store.ts";
import { keptLog, library, memoryStore, turn, tutor } from "./tutor.ts";

export interface Learner {
  readonly tutor: Tutor;
  readonly store: Store;
  /** The last reply. */
  readonly reply: Reply;
  readonly text: string;
  readonly plan: Plan;
  say(said: string | Call, as?: Person): Promise<string>;
  press(label: string, as?: Person): Promise<string>;
  answer(right: boolean, as?: Person): Promise<string>;
  wait(ms: number): void;
}

// Opened before the first test: its time is not theirs.
library();

export async function learner({
  store,
  pages = library,
}: {
  store?: Store;
  pages?: () => Library;
} = {}): Promise<Learner> {
  const kept = store ?? (await memoryStore());
  if (!store) onTestFinished(() => kept.close());
  let now = NOW;
  const subject = tutor({ store: kept, library: pages, clock: () => now, log: keptLog() });
  let plan: Plan = subject.hear(turn("help"));
  let reply: Reply = await subject.answer(plan);
  const say = async (said: string | Call, as?: Person) => {
    plan = subject.hear(turn(said, "t1", as));
    reply = await subject.answer(plan);
    return plainText(reply.blocks);
  };
  return {
    tutor: subject,
    store: kept,
    get reply() {
      return reply;
    },
    get text() {
      return plainText(reply.blocks);
    },
    get plan() {
      return plan;
    },
    say,
    press: (label, as) => say(press(reply, label), as),
    answer: (right, as) => say(answer(reply, right), as),
    wait(ms) {
      now += ms;
    },
  };
}
