/** The whole tutor with real parts, for tests: the real pages, a real database in memory, a quiet log, a still clock. */
import { join } from "node:path";
import { capabilities, type Deps } from "../../src/capabilities/index.ts";
import { moderatorsFrom } from "../../src/capabilities/moderator.ts";
import type { ConversationStore, Log, Retention } from "../../src/core/ports.ts";
import { plainText, type Reply } from "../../src/core/reply.ts";
import type { Store } from "../../src/core/store.ts";
import type { Call, Person, Place, Turn } from "../../src/core/turn.ts";
import { createTutor, type Tutor } from "../../src/core/tutor.ts";
import type { Library } from "../../src/library/library.ts";
import { openLibrary } from "../../src/library/open.ts";
import { openStore } from "../../src/store/open.ts";
import { MEMORY } from "../../src/store/sqlite.ts";
import { NOW, TOKEN_KEY } from "./store.ts";

export const KNOWLEDGE = join(import.meta.dirname, "../../knowledge");

/** A log that keeps its lines, so that a test can look at them. */
export function keptLog(): Log & { readonly lines: { level: string; fields: object; message: string }[] } {
  const lines: { level: string; fields: object; message: string }[] = [];
  const keep = (level: string) => (fields: object, message: string) => void lines.push({ level, fields, message });
  return { lines, info: keep("info"), warn: keep("warn"), error: keep("error") };
}

/** Under vitest the index was made before (prepared.ts); a script makes its own. */
const prepared = () => (process.env.PREPARED_INDEX ? { cacheDir: process.env.PREPARED_INDEX } : {});

let opened: Library | undefined;

/** The library over the built-in pages, opened once a test file. */
export function library(): Library {
  opened ??= openLibrary({ builtin: KNOWLEDGE, own: [], ...prepared() }, keptLog()).current();
  return opened;
}

export const RETENTION: Retention = {
  conversations: 86_400_000,
  keys: 86_400_000,
  quiz: 365 * 86_400_000,
  audit: 400 * 86_400_000,
};

/** A database of its own, empty. */
export const memoryStore = (clock: () => number = () => NOW): Promise<Store> =>
  openStore({ dataDir: MEMORY, clock, tokenKeys: [TOKEN_KEY] }, keptLog());

/** What the tutors of one test file keep, unless a test brings its own. */
const shared = await memoryStore();

export interface TutorParts {
  readonly log?: Log;
  readonly store?: Store;
  readonly library?: () => Library;
  readonly clock?: () => number;
  /** Ids of people who moderate everywhere. */
  readonly admins?: readonly string[];
}

/** All that capabilities take, over a real store. */
export function depsOf({ store = shared, library: pages = library, clock = () => NOW, admins = [] }: TutorParts): Deps {
  return { ...store, library: pages, retention: RETENTION, moderates: moderatorsFrom(admins), clock };
}

let threads = 0;

/** Threads of one tutor are not those of another over the same store, though both are called t1. */
function ownThreads(): ConversationStore {
  const tag = `of tutor ${++threads}`;
  const own = (place: Place): Place => ({ ...place, channel: `${place.channel} ${tag}` });
  return {
    recall: (place) => shared.conversations.recall(own(place)),
    remember: (place, about) => shared.conversations.remember(own(place), about),
  };
}

export function tutor(parts: TutorParts = {}): Tutor {
  const conversations = parts.store?.conversations ?? ownThreads();
  return createTutor({
    capabilities: capabilities({ ...depsOf(parts), conversations }),
    conversations,
    log: parts.log ?? keptLog(),
    diagram: async () => undefined,
  });
}

export const place = (thread = "t1"): Place => ({ platform: "test", community: "c", channel: "general", thread });

let count = 0;
export const turn = (said: string | Call, thread = "t1", person: Person = { id: "learner" }): Turn => ({
  id: `turn-${++count}`,
  person,
  place: place(thread),
  said: typeof said === "string" ? { kind: "text", text: said } : { kind: "call", call: said },
});

export async function ask(tutor: Tutor, said: string | Call, thread = "t1", person?: Person): Promise<Reply> {
  return tutor.answer(tutor.hear(turn(said, thread, person)));
}

export const textOf = (reply: Reply): string => plainText(reply.blocks);

let dialogues = 0;

/** Plays a conversation in one thread: each line is answered once, and its answer holds what is expected. */
export async function dialogue(lines: readonly (readonly [say: string, ...expect: RegExp[]])[]): Promise<void> {
  const subject = tutor();
  const thread = `dialogue-${++dialogues}`;
  for (const [say, ...expected] of lines) {
    const text = textOf(await ask(subject, say, thread));
    for (const pattern of expected) {
      if (!pattern.test(text)) throw new Error(`"${say}" was answered without ${pattern}:\n${text}`);
    }
  }
}
