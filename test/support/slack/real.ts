/** The real tutor in the loopback Slack, over a store that survives a restart of the adapter. */
import { onTestFinished } from "vitest";
import { createDesk } from "../../../src/core/desk.ts";
import type { Store } from "../../../src/core/store.ts";
import { keptLog, openedStore, tutorWith } from "../tutor.ts";
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
  const store = kept ?? (await openedStore(Date.now));
  const log = keptLog();
  const tutor = tutorWith({ store, clock: Date.now, log, admins });
  const stage = await stageFor(
    tutor,
    (post) =>
      createDesk({
        ...store,
        tutor,
        limits: { person: [], channel: [], community: [] },
        post,
        clock: Date.now,
        log,
        pause: async () => undefined,
      }),
    { ...options, parts: { ...options.parts, admins } },
  );
  onTestFinished(async () => {
    await stage.close();
    if (!kept) await store.close();
  });
  return { ...stage, store };
}
