/** Generated replies as the messages of a platform, and everything that the platform would refuse in them. */
import type { Block } from "../../src/core/reply.ts";
import { repliesOf } from "./replies.ts";

/** A platform's messages of one reply, each with its faults. */
export type Faults = (blocks: readonly Block[]) => readonly (readonly string[])[];

export interface Checked {
  readonly replies: number;
  readonly messages: number;
  /** What was refused, and how often. */
  readonly refused: ReadonlyMap<string, number>;
}

export function checkBodies(faultsOf: Faults, seed: number, count: number): Checked {
  const refused = new Map<string, number>();
  let messages = 0;
  for (const blocks of repliesOf(seed, count))
    for (const faults of faultsOf(blocks)) {
      messages += 1;
      for (const fault of faults) refused.set(fault, (refused.get(fault) ?? 0) + 1);
    }
  return { replies: count, messages, refused };
}
