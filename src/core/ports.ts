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

/** A workspace or a guild on one platform: what every table is keyed by first. */
export interface Community {
  readonly platform: Platform;
  readonly community: string;
}

/** A turn that one worker may answer. */
export interface Taken {
  /** 22 characters, the same at every attempt, naming nobody: short enough for a platform's nonce. */
  readonly key: string;
  readonly turn: Turn;
  /** From 1; above 1 an earlier worker may have answered already. Fences settle. */
  readonly attempts: number;
}

/** Every platform event once, across restarts and replicas. */
export interface Inbox {
  /**
   * Written before the platform is acknowledged. "busy": another worker holds an unexpired lease; "done": settled
   * before, or given up after several workers died of it.
   */
  claim(event: string, turn: Turn, now: Ms, leaseMs: number): Promise<Taken | "busy" | "done">;
  /** Answered: the turn's text is deleted, the key stays. False when another worker took the lease meanwhile. */
  settle(taken: Taken, now: Ms): Promise<boolean>;
  /** Turns whose worker died: leased to the caller, oldest first. */
  abandoned(now: Ms, leaseMs: number, limit: number): Promise<readonly Taken[]>;
}

export type Level = "beginner" | "intermediate" | "advanced";

/** A daily tip in one channel (a thread counts as its channel). `minute` is the minute of the local day, `weekdays` a mask with bit 0 = Monday. */
export interface Subscription {
  readonly place: Place;
  readonly minute: number;
  readonly zone: string;
  readonly weekdays: number;
  /** Empty: all areas. */
  readonly areas: readonly string[];
  readonly level: Level | undefined;
  /** Empty once that person asked to be forgotten. */
  readonly setBy: string;
}

export interface KeptSubscription extends Subscription {
  readonly nextAt: Ms;
  /** Why no tip is posted at the moment; undefined while active. */
  readonly paused: string | undefined;
}

/** When a due subscription's tip counts as due, and when its next one is. */
export interface Occurrence {
  /** Local date of the moment that is due, YYYY-MM-DD. */
  readonly date: string;
  /** The first occurrence after both that moment and now, so that a long stop costs one delivery, not one a day. */
  readonly nextAt: Ms;
}

/** One tip, one channel, one local date: at most one record of it ever exists. */
export interface Delivery {
  /** 22 characters, the same at every attempt: short enough for a platform's nonce. */
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
  /**
   * Abandoned and due deliveries, each leased to this caller only. Every due subscription moves on to its next
   * occurrence at once: what is left to do is the delivery's, so a subscription changed meanwhile is not overwritten.
   * May return fewer than are due (SQLite takes small batches); an empty answer means that nothing is.
   */
  claim(
    now: Ms,
    leaseMs: number,
    limit: number,
    occurrence: (subscription: Subscription, dueAt: Ms) => Occurrence,
  ): Promise<readonly Delivery[]>;
  /** Remembers which tip a delivery posts, before it is posted. False: the lease is lost, do not post. */
  choose(delivery: Delivery, tip: string): Promise<boolean>;
  /** Notes a tip that was shown without a delivery, such as one asked for. */
  use(place: Place, tip: string): Promise<void>;
  /** Tips that this channel has had in the current round. */
  used(place: Place): Promise<readonly string[]>;
  /** Starts a new round: the pool is used up. */
  forgetUsed(place: Place): Promise<void>;
  /** False when another worker took the lease meanwhile: then nothing is written. */
  settle(delivery: Delivery, outcome: DeliveryOutcome, now: Ms): Promise<boolean>;
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
  /** How often it was answered; counted by the store. */
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
export interface PersonKey extends Community {
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

/** A reminder that one worker may send; above 1 attempt an earlier worker may have sent it already. */
export interface TakenReminder extends Reminder {
  readonly attempts: number;
}

/** A learner opted in to the board: right answers since a date, and in the equally long time before it. */
export interface BoardLine {
  readonly person: string;
  readonly before: number;
  readonly since: number;
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
  /** Everybody in a community whose note `board` is `on`. */
  board(community: Community, since: Ms, now: Ms): Promise<readonly BoardLine[]>;
  remind(reminder: Reminder | { readonly person: PersonKey; readonly off: true }): Promise<void>;
  reminder(person: PersonKey): Promise<Reminder | undefined>;
  claimReminders(now: Ms, leaseMs: number, limit: number): Promise<readonly TakenReminder[]>;
  /** False when another worker took the lease, or the learner changed the reminder meanwhile. */
  settleReminder(reminder: TakenReminder, nextAt: Ms): Promise<boolean>;
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

/** A section that a moderator marked wrong, until its page's version changes. */
export interface WrongSection {
  readonly section: string;
  readonly pageVersion: string;
  readonly at: Ms;
}

/** What people asked or disliked, never who. `section` is set where a moderator marked one wrong. */
export interface Gap {
  readonly section: string | undefined;
  readonly concepts: readonly string[];
  /** Words that no page knows. */
  readonly words: readonly string[];
  readonly times: number;
  readonly unhelpful: number;
}

export interface FeedbackStore {
  /** The last word of a person about an answer counts. */
  rate(feedback: Feedback): Promise<void>;
  /** What an answer was about, kept for its buttons (24 h): no text. */
  keepAbout(community: Community, about: About, at: Ms): Promise<void>;
  about(community: Community, id: string): Promise<About | undefined>;
  /** A moderator marks a section wrong in the own community until its page's version changes. */
  markWrong(section: string, pageVersion: string, by: PersonKey, at: Ms): Promise<void>;
  wrong(community: Community): Promise<readonly WrongSection[]>;
  /** A question nobody could answer, as its concepts and unknown words only; who asked is kept as a salted hash. */
  gap(asker: PersonKey, concepts: readonly string[], words: readonly string[], at: Ms): Promise<void>;
  /** Sections marked wrong head the list; then groups of at least two people or days, most asked first. */
  gaps(community: Community, since: Ms, limit: number): Promise<readonly Gap[]>;
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
  /** Quiz answers, cards, feedback and gaps. */
  readonly quiz: Ms;
  /** Changes of settings and records of deliveries. */
  readonly audit: Ms;
}

export interface PrivacyStore {
  /** Everything kept about a person, by table. */
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
  readonly limiter: Limiter;
  /** Can it be written to right now? */
  healthy(): Promise<boolean>;
  close(): Promise<void>;
}
