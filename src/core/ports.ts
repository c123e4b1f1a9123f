/** What the pure middle needs from the outside world; each port is implemented once by a folder with I/O. */
import type { COUNTERS, CounterName, LabelsOf, TIMERS, TimerName } from "./metrics.ts";
import type { About } from "./reply.ts";
import type { Place, Platform, Turn } from "./turn.ts";

/** What a thread has been about: concept ids, section ids that were shown, newest first. No message text. */
export interface Thread {
  readonly concepts: readonly string[];
  readonly sections: readonly string[];
}

export interface ConversationStore {
  recall(place: Place): Promise<Thread | undefined>;
  remember(place: Place, about: About): Promise<void>;
}

/** A weighted bag of index terms, as the answering room makes it from a question. */
export interface Query {
  /** Stemmed terms that were said, with their weight (1 = full). */
  readonly terms: ReadonlyMap<string, number>;
  /** For a term, others that learners use in its place. */
  readonly alike: ReadonlyMap<string, readonly string[]>;
  /** Terms that were not said but belong to what was named: they add to a hit, and their absence costs nothing. */
  readonly extra: ReadonlyMap<string, number>;
  /** Terms in the order they were said, for neighbouring pairs. */
  readonly order: readonly string[];
  /** Concept ids named in the question: their pages are preferred. */
  readonly concepts: readonly string[];
  /** Is it put as a question, rather than as keywords or a title? */
  readonly question: boolean;
}

export interface Hit {
  readonly section: string;
  readonly page: string;
  /** Rank value over the IDF mass of the question: it does not grow with the question's length. */
  readonly score: number;
  /** IDF share of the question that the section (with its page's title) has, 0 to 1. */
  readonly coverage: number;
}

export interface SearchIndex {
  readonly version: string;
  search(query: Query): Promise<readonly Hit[]>;
  suggest(prefix: string): Promise<readonly string[]>;
}

export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Counts and times what happens. */
export interface Metrics {
  count<N extends CounterName>(name: N, labels: LabelsOf<(typeof COUNTERS)[N]>, by?: number): void;
  time<N extends TimerName>(name: N, labels: LabelsOf<(typeof TIMERS)[N]>, seconds: number): void;
}

/** Points in time are UTC epoch milliseconds everywhere in the stores; `now` is always an argument. */
export type Ms = number;

/** A workspace or a guild on one platform: what every table is keyed by first. */
export interface Community {
  readonly platform: Platform;
  readonly community: string;
}

/** A person on one platform and community: what all learner tables are keyed by. */
export interface PersonKey extends Community {
  readonly person: string;
}

/** A turn that one worker may answer. */
export interface Taken {
  /** 22 characters, the same at every attempt, naming nobody: short enough for a platform's nonce. */
  readonly key: string;
  readonly turn: Turn;
  /** From 1: which worker's turn it is. Fences posting and settle. */
  readonly attempts: number;
  /** An earlier worker began to post the answer: it may stand there already. */
  readonly posting: boolean;
}

/** A turn just written. */
export interface Claimed extends Taken {
  /** Resolves once no power cut takes the claim any more: nothing is acknowledged or posted before. */
  readonly landed: Promise<void>;
}

/** Every platform event once, across restarts and replicas. */
export interface Inbox {
  /**
   * Written before the platform is acknowledged. "busy": another worker holds an unexpired lease; "done": settled
   * before, or given up after several workers died of it.
   */
  claim(event: string, turn: Turn, now: Ms, leaseMs: number): Promise<Claimed | "busy" | "done">;
  /**
   * Right before the answer is posted, `true`; `false` when the platform took nothing. False when another worker took
   * the lease meanwhile: then nothing may be posted.
   */
  posting(taken: Taken, begun: boolean): Promise<boolean>;
  /** Answered: the turn's text is deleted, the key stays. False when another worker took the lease meanwhile. */
  settle(taken: Taken, now: Ms): Promise<boolean>;
  /** The key of an event that could not be claimed, the same that a claim would give. */
  key(event: string, place: Place): string;
  /** Answered while it could not be claimed: whatever of the claim landed after all is settled, and stays so. */
  close(event: string, place: Place, now: Ms): Promise<void>;
  /** Turns whose worker died: leased to the caller, oldest first. */
  abandoned(now: Ms, leaseMs: number, limit: number): Promise<readonly Taken[]>;
}

/** One change of a setting; `channel` is undefined where it held for the community. */
export interface AuditLine {
  readonly at: Ms;
  /** Empty once that person asked to be forgotten. */
  readonly by: string;
  readonly channel: string | undefined;
  readonly setting: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface SettingsStore {
  /** Channel settings stand over community settings; undefined where nobody set it. */
  get(place: Place, name: string): Promise<string | undefined>;
  all(place: Place): Promise<Readonly<Record<string, string>>>;
  /** Writes the audit line in the same transaction. `scope` says whether it holds for the channel or the community. */
  set(
    place: Place,
    scope: "channel" | "community",
    name: string,
    value: string | undefined,
    by: PersonKey,
    at: Ms,
  ): Promise<void>;
  /** Newest first. */
  audit(community: Community, limit: number): Promise<readonly AuditLine[]>;
}

/** How long things are kept, in milliseconds. */
export interface Retention {
  /** Threads and what answers were about. */
  readonly conversations: Ms;
  /** Keys of events; the turns' texts go after 24 hours at the latest. */
  readonly keys: Ms;
  /** Quiz answers, cards, feedback and gaps; a learner's choices so long after the last answer. */
  readonly quiz: Ms;
  /** Changes of settings, records of deliveries, and which tips a channel had. */
  readonly audit: Ms;
}

export interface PrivacyStore {
  /** Everything kept about a person, by table; of all communities where an id is the same person in each. */
  export(person: PersonKey): Promise<Readonly<Record<string, readonly object[]>>>;
  /** Removes all of it and says how many rows; on SQLite also from the bytes of the file and its log. */
  forget(person: PersonKey, now: Ms): Promise<number>;
  /** Deletes what is past its retention, in small batches, and says how many rows. */
  sweep(now: Ms, keep: Retention): Promise<number>;
}

export interface Limiter {
  /** Counts for a person, a channel or a community. Goes on in memory while the database is away. */
  take(
    who: PersonKey | Place | Community,
    cost: number,
    limit: { readonly points: number; readonly seconds: number },
  ): Promise<{ readonly ok: boolean; readonly retryMs: number }>;
}
