/** The real tutor in the loopback Slack, over a store that survives a restart of the adapter. */
import { onTestFinished } from "vitest";
import type { Store } from "../../../src/core/store.ts";
import { deskOver } from "../desk.ts";
import { keptLog, memoryStore, tutor as realTutor } from "../tutor.ts";
import { type SlackStage, type StageOptions, stageFor } from "./stage.ts";

export interface RealOptions extends StageOptions {
  readonly store?: Store;
  readonly admins?: readonly string[];
}

export async function realSlack({
  store: kept,
  admins = [],
  ...options
}: RealOptions = {}): Promise<SlackStage & { readonly store: Store }> {
  const store = kept ?? (await memoryStore(Date.now));
  const log = keptLog();
  const real = realTutor({ store, clock: Date.now, log, admins });
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
