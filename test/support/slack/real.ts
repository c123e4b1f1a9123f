/** The real tutor in the loopback Slack, over a store that survives a restart of the adapter. */
import { onTestFinished } from "vitest";
import type { Store } from "../../../src/core/store.ts";
import type { Tutor } from "../../../src/core/tutor.ts";
import { deskOver } from "../desk.ts";
import { keptLog, library, memoryStore, tutor as realTutor } from "../tutor.ts";
import { type SlackStage, type StageOptions, stageFor } from "./stage.ts";

export interface RealOptions extends StageOptions {
  readonly store?: Store;
  readonly admins?: readonly string[];
  readonly clock?: () => number;
  /** Our drawings; without it there are none. */
  readonly diagram?: Tutor["diagram"];
}

export async function realSlack({
  store: kept,
  admins = [],
  clock = Date.now,
  diagram,
  ...options
}: RealOptions = {}): Promise<SlackStage & { readonly store: Store }> {
  const store = kept ?? (await memoryStore(clock));
  const log = keptLog();
  // All pages are read before anybody waits for an answer.
  library();
  const real = { ...realTutor({ store, clock, log, admins }), ...(diagram ? { diagram } : {}) };
  const stage = await stageFor(real, (post) => deskOver({ tutor: real, store, log }, post), {
    ...options,
    parts: { ...options.parts, admins },
  });
  onTestFinished(async () => {
    await stage.close();
    if (!kept) await store.close();
  });
  return { ...stage, store };
}
