/** Daily tips as the store keeps them. */
import type { Ms } from "./ports.ts";
import type { Place, Platform } from "./turn.ts";

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

/** So many channels of one zone whose tip is due at one moment. */
export interface Crowd {
  readonly platform: Platform;
  readonly zone: string;
  readonly dueAt: Ms;
  readonly count: number;
}

/** One tip, one channel, one local date: at most one record of it ever exists. */
export interface Delivery {
  /** 22 characters, the same at every attempt: short enough for a platform's nonce. */
  readonly key: string;
  readonly subscription: KeptSubscription;
  /** The occurrence's local date, YYYY-MM-DD. */
  readonly date: string;
  readonly dueAt: Ms;
  /** Chosen at an earlier attempt that may have posted it: the same tip, and only after a check. */
  readonly tip: string | undefined;
  /** From 1; above 1 an earlier worker may have posted already. Fences settle. */
  readonly attempts: number;
}

export type DeliveryOutcome =
  | { readonly kind: "sent" | "skipped" | "unsure" }
  | { readonly kind: "gone"; readonly reason: string }
  /** `again`: an attempt before this one may have posted it; else the tip goes back to the pool until then. */
  | { readonly kind: "later"; readonly at: Ms; readonly again: boolean };

export interface TipStore {
  subscribe(subscription: Subscription, nextAt: Ms): Promise<void>;
  /** False where there was none. */
  unsubscribe(place: Place): Promise<boolean>;
  subscription(place: Place): Promise<KeptSubscription | undefined>;
  /**
   * Abandoned and due deliveries, each leased to this caller only. Every due subscription moves on to its next
   * occurrence at once: what is left to do is the delivery's, so a subscription changed meanwhile is not overwritten.
   * Crowds in `early` count as due although their time is still to come.
   * May return fewer than are due (SQLite takes small batches); an empty answer means that nothing is.
   */
  claim(
    now: Ms,
    leaseMs: number,
    limit: number,
    occurrence: (subscription: Subscription, dueAt: Ms) => Occurrence,
    early?: readonly Crowd[],
  ): Promise<readonly Delivery[]>;
  /** Who waits for a tip that is due by then. */
  crowds(until: Ms): Promise<readonly Crowd[]>;
  /**
   * After a clock that ran ahead: subscriptions whose next time lies further away than `beyond` come when they are due
   * now. Says how many.
   */
  bringForward(beyond: Ms, nextAt: (subscription: Subscription) => Ms): Promise<number>;
  /** Has this channel a record on this local date already? */
  recorded(place: Place, date: string): Promise<boolean>;
  /** Remembers which tip a delivery posts, right before it is posted. False: the lease is lost, do not post. */
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
