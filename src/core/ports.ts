/** What the pure middle needs from the outside world; each port is implemented once by a folder with I/O. */
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
}

export interface Hit {
  readonly section: string;
  readonly page: string;
  /** Rank value over the IDF mass of the question: it does not grow with the question's length. */
  readonly score: number;
  /** IDF share of the question that the section (with its page's title) has, 0 to 1. */
  readonly coverage: number;
  /** The same over the whole page. */
  readonly pageCoverage: number;
  /** How near the question is to a phrasing that the section's author foresaw, 0 to 1. */
  readonly foreseen: number;
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

/** Points in time are UTC epoch milliseconds everywhere in the stores; `now` is always an argument. */
export type Ms = number;

/** Every platform event once, across restarts and replicas. */
export interface Inbox {
  /** Written before the platform is acknowledged. "busy": another worker holds an unexpired lease; "done": settled before. */
  claim(key: string, turn: Turn, now: Ms, leaseMs: number): Promise<"new" | "busy" | "done">;
  /** Answered: the turn's text is deleted, the key stays for the retention of keys. */
  settle(key: string, now: Ms): Promise<void>;
  /** Turns whose worker died: leased to the caller, oldest first. */
  abandoned(now: Ms, leaseMs: number, limit: number): Promise<readonly { readonly key: string; readonly turn: Turn }[]>;
}

export type Level = "beginner" | "intermediate" | "advanced";

/** A daily tip in one place. `minute` is the minute of the local day, `weekdays` a mask with bit 0 = Monday. */
export interface Subscription {
  readonly place: Place;
  readonly minute: number;
  readonly zone: string;
  readonly weekdays: number;
  /** Empty: all areas. */
  readonly areas: readonly string[];
  readonly level: Level | undefined;
  readonly setBy: string;
}

export interface KeptSubscription extends Subscription {
  readonly nextAt: Ms;
  /** Why no tip is posted at the moment; undefined while active. */
  readonly paused: string | undefined;
}

/** One tip, one place, one local date: at most one record of it ever exists. */
export interface Delivery {
  readonly key: string;
  readonly subscription: KeptSubscription;
  /** The occurrence's local date, YYYY-MM-DD. */
  readonly date: string;
  readonly dueAt: Ms;
  /** Chosen at an earlier attempt, if there was one: the same tip is tried again. */
  readonly tip: string | undefined;
  /** From 1; above 1 an earlier worker may have posted already. Fences settle. */
  readonly attempts: number;
}

export type DeliveryOutcome =
  | { readonly kind: "sent" | "skipped" | "unsure" }
  | { readonly kind: "gone"; readonly reason: string }
  | { readonly kind: "later"; readonly at: Ms };

export interface TipStore {
  subscribe(subscription: Subscription, nextAt: Ms): Promise<void>;
  /** False where there was none. */
  unsubscribe(place: Place): Promise<boolean>;
  subscription(place: Place): Promise<KeptSubscription | undefined>;
  /** Due and abandoned deliveries, each leased to this caller only; `dateOf` gives the local date of an occurrence. */
  claim(now: Ms, leaseMs: number, limit: number, dateOf: (subscription: Subscription, at: Ms) => string): Promise<readonly Delivery[]>;
  /** Remembers which tip a delivery posts, before it is posted. */
  choose(delivery: Delivery, tip: string): Promise<void>;
  /** Tips that this place has had in the current round. */
  used(place: Place): Promise<readonly string[]>;
  /** Starts a new round: the pool is used up. */
  forgetUsed(place: Place): Promise<void>;
  /** False when another worker took the lease meanwhile: then nothing is written. */
  settle(delivery: Delivery, outcome: DeliveryOutcome, nextAt: Ms, now: Ms): Promise<boolean>;
  /** Sent, skipped, unsure, gone: how many ever, for metrics. */
  counts(): Promise<Readonly<Record<string, number>>>;
}

/** A learner's memory of one question; `state` is the scheduler's own card as JSON. */
export interface Card {
  readonly question: string;
  readonly concept: string;
  readonly area: string;
  readonly state: string;
  readonly dueAt: Ms;
  /** Result of the last answer. */
  readonly right: boolean;
  readonly answers: number;
}

export interface Click {
  /** The same click twice has the same key and scores once. */
  readonly key: string;
  readonly person: PersonKey;
  readonly card: Card;
  readonly picked: number;
  readonly at: Ms;
  /** Local date of the learner, for streaks. */
  readonly date: string;
}

/** A person on one platform and community: what all learner tables are keyed by. */
export interface PersonKey {
  readonly platform: Platform;
  readonly community: string;
  readonly person: string;
}

export interface Reminder {
  readonly person: PersonKey;
  readonly place: Place;
  readonly minute: number;
  readonly zone: string;
  /** Most reminders a day are one; quiet hours as minutes of the local day, may wrap midnight. */
  readonly quietFrom: number;
  readonly quietTo: number;
  readonly nextAt: Ms;
}

export interface LearnerStore {
  score(click: Click): Promise<"scored" | "repeated">;
  card(person: PersonKey, question: string): Promise<Card | undefined>;
  cards(person: PersonKey): Promise<readonly Card[]>;
  due(person: PersonKey, now: Ms, limit: number): Promise<readonly Card[]>;
  missed(person: PersonKey, limit: number): Promise<readonly Card[]>;
  /** Local dates with at least one answer, newest first. */
  days(person: PersonKey, limit: number): Promise<readonly string[]>;
  /** Small facts about a learner, such as a placement level or an opt-in, as text. */
  note(person: PersonKey, name: string, value: string | undefined): Promise<void>;
  notes(person: PersonKey): Promise<Readonly<Record<string, string>>>;
  /** Everybody in a community who opted in to the board: right answers before and since a date. */
  board(platform: Platform, community: string, since: Ms, now: Ms): Promise<readonly { readonly person: string; readonly before: number; readonly since: number }[]>;
  remind(reminder: Reminder | { readonly person: PersonKey; readonly off: true }): Promise<void>;
  reminder(person: PersonKey): Promise<Reminder | undefined>;
  claimReminders(now: Ms, leaseMs: number, limit: number): Promise<readonly Reminder[]>;
  settleReminder(reminder: Reminder, nextAt: Ms): Promise<void>;
}

export interface Feedback {
  /** `About.id` of the reply. */
  readonly answer: string;
  readonly person: PersonKey;
  readonly helpful: boolean;
  readonly sections: readonly string[];
  readonly concepts: readonly string[];
  readonly reason: string | undefined;
  readonly at: Ms;
}

export interface FeedbackStore {
  /** The last word of a person about an answer counts. */
  rate(feedback: Feedback): Promise<void>;
  /** What an answer was about, kept for its buttons (24 h): no text. */
  keepAbout(about: About, at: Ms): Promise<void>;
  about(id: string): Promise<About | undefined>;
  /** A moderator marks a section wrong until its page's version changes. */
  markWrong(section: string, pageVersion: string, by: PersonKey, at: Ms): Promise<void>;
  wrong(): Promise<readonly { readonly section: string; readonly pageVersion: string; readonly at: Ms }[]>;
  /** A question nobody could answer, as its concepts and unknown words only. */
  gap(community: { readonly platform: Platform; readonly community: string }, concepts: readonly string[], words: readonly string[], personHash: string, at: Ms): Promise<void>;
  /** Groups asked at least twice, by different people or on different days, most asked first; wrong answers head the list. */
  gaps(community: { readonly platform: Platform; readonly community: string }, since: Ms, limit: number): Promise<readonly { readonly concepts: readonly string[]; readonly words: readonly string[]; readonly times: number; readonly unhelpful: number }[]>;
}

export interface SettingsStore {
  /** Channel settings stand over community settings; undefined where nobody set it. */
  get(place: Place, name: string): Promise<string | undefined>;
  all(place: Place): Promise<Readonly<Record<string, string>>>;
  /** Writes the audit line in the same transaction. `scope` says whether it holds for the channel or the community. */
  set(place: Place, scope: "channel" | "community", name: string, value: string | undefined, by: PersonKey, at: Ms): Promise<void>;
  audit(platform: Platform, community: string, limit: number): Promise<readonly { readonly at: Ms; readonly by: string; readonly setting: string; readonly before: string | undefined; readonly after: string | undefined }[]>;
}

export interface PrivacyStore {
  /** Everything kept about a person, by table. */
  export(person: PersonKey): Promise<Readonly<Record<string, readonly object[]>>>;
  /** Removes all of it, also from the database file and its log. */
  forget(person: PersonKey): Promise<number>;
  /** Deletes what is past its retention, in small batches. Periods in milliseconds. */
  sweep(now: Ms, keep: { readonly conversations: Ms; readonly keys: Ms; readonly quiz: Ms; readonly audit: Ms }): Promise<number>;
}

export interface Limiter {
  take(key: string, cost: number, limit: { readonly points: number; readonly seconds: number }): Promise<{ readonly ok: boolean; readonly retryMs: number }>;
}

/** All stores over one database. */
export interface Store {
  readonly kind: "sqlite" | "postgres";
  readonly inbox: Inbox;
  readonly conversations: ConversationStore;
  readonly tips: TipStore;
  readonly learners: LearnerStore;
  readonly feedback: FeedbackStore;
  readonly settings: SettingsStore;
  readonly privacy: PrivacyStore;
  /** Can it be written to right now? */
  healthy(): Promise<boolean>;
  close(): Promise<void>;
}
