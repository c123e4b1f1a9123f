/** The whole tutor over a database, and questions of the sets as turns of many people in many places. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { capabilities } from "../../src/capabilities/index.ts";
import { moderatorsFrom } from "../../src/capabilities/moderator.ts";
import { readConfig, retentionOf } from "../../src/config.ts";
import { createDesk, type Desk } from "../../src/core/desk.ts";
import type { Log } from "../../src/core/ports.ts";
import type { Post } from "../../src/core/post.ts";
import type { Store } from "../../src/core/store.ts";
import type { Turn } from "../../src/core/turn.ts";
import { createTutor } from "../../src/core/tutor.ts";
import { openLibrary } from "../../src/library/open.ts";
import { openStore, type StoreOptions } from "../../src/store/open.ts";

const ROOT = join(import.meta.dirname, "../..");
export const CONFIG = readConfig({ LIMIT_PERSON: "off", LIMIT_CHANNEL: "off", LIMIT_COMMUNITY: "off" });
const PEOPLE = 5000;
const CHANNELS = 400;

const questions = readFileSync(join(ROOT, "test/eval/questions.jsonl"), "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => (JSON.parse(line) as { question: string }).question);

export const turnOf = (n: number): Turn => ({
  id: `event-${n}`,
  person: { id: `U${n % PEOPLE}` },
  place: { platform: "slack", community: "T1", channel: `C${n % CHANNELS}`, thread: `${Math.floor(n / 7)}` },
  said: { kind: "text", text: questions[n % questions.length] ?? "" },
});

export interface Running {
  readonly desk: Desk;
  readonly store: Store;
}

/** Errors and warnings are counted by whoever passes the log. */
export async function startTutor(options: StoreOptions, log: Log, post: Post): Promise<Running> {
  const library = openLibrary({ builtin: join(ROOT, "knowledge"), own: [], cacheDir: join(ROOT, "data/cache") }, log);
  const store = await openStore(options, log);
  const tutor = createTutor({
    capabilities: capabilities({
      ...store,
      library: library.current,
      retention: retentionOf(CONFIG),
      moderates: moderatorsFrom([]),
      clock: Date.now,
    }),
    conversations: store.conversations,
    log,
    diagram: async () => undefined,
  });
  const limits = { person: [], channel: [], community: [] };
  return { store, desk: createDesk({ ...store, tutor, limits, post, clock: Date.now, log }) };
}

/** Counts what is worse than information. */
export function countingLog(): Log & { readonly faults: () => number } {
  let faults = 0;
  const fault = (fields: object, message: string) => {
    faults += 1;
    if (faults <= 5) console.error(message, fields);
  };
  return { info: () => {}, warn: fault, error: fault, faults: () => faults };
}
