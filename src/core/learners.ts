/** What is kept about learners. */
import type { Community, Ms, PersonKey } from "./ports.ts";
import type { Place } from "./turn.ts";

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
  /** After a clock that ran ahead: what waits for longer than `beyond`, or is leased so long, comes when it is due now. */
  bringRemindersForward(beyond: Ms, nextAt: (reminder: Reminder) => Ms): Promise<number>;
  claimReminders(now: Ms, leaseMs: number, limit: number): Promise<readonly TakenReminder[]>;
  /** False when another worker took the lease, or the learner changed the reminder meanwhile. */
  settleReminder(reminder: TakenReminder, nextAt: Ms): Promise<boolean>;
}
