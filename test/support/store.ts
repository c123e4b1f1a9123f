/** What store tests speak about: people, places, turns, subscriptions, and a clock that stands still. */
import type { PersonKey, Retention } from "../../src/core/ports.ts";
import { about } from "../../src/core/reply.ts";
import type { Store } from "../../src/core/store.ts";
import type { Delivery, Occurrence, Subscription } from "../../src/core/tips.ts";
import type { Place, Turn } from "../../src/core/turn.ts";

export const NOW = Date.UTC(2026, 10, 24, 9, 0);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const COMMUNITY = { platform: "test", community: "c" } as const;
export const KEEP: Retention = { conversations: DAY, keys: DAY, quiz: 365 * DAY, audit: 400 * DAY };

/** What tokens are sealed with in tests. */
export const TOKEN_KEY = new Uint8Array(32).fill(7);

export const person = (id: string, community = "c"): PersonKey => ({ platform: "test", community, person: id });

export const place = (channel: string, thread?: string, community = "c"): Place => ({
  platform: "test",
  community,
  channel,
  ...(thread ? { thread } : {}),
});

export const turn = (text: string, who = "ann", channel = "general"): Turn => ({
  id: text,
  person: { id: who },
  place: place(channel, "t1"),
  said: { kind: "text", text },
});

export const subscription = (channel: string, rest: Partial<Subscription> = {}): Subscription => ({
  place: place(channel),
  minute: 540,
  zone: "Europe/London",
  weekdays: 31,
  areas: [],
  level: undefined,
  setBy: "ann",
  ...rest,
});

/** The date in UTC and the same time tomorrow, never in the past. */
export const daily =
  (now: number) =>
  (_: Subscription, dueAt: number): Occurrence => ({
    date: new Date(dueAt).toISOString().slice(0, 10),
    nextAt: dueAt + DAY * Math.max(1, Math.floor((now - dueAt) / DAY) + 1),
  });

export const claim = (store: Store, now = NOW, limit = 50, leaseMs = MINUTE): Promise<readonly Delivery[]> =>
  store.tips.claim(now, leaseMs, limit, daily(now));

/** The one delivery that a test expects. */
export function only<T>(list: readonly T[]): T {
  if (list.length !== 1 || list[0] === undefined) throw new Error(`Expected one, got ${JSON.stringify(list)}.`);
  return list[0];
}

export const answered = (concepts: readonly string[], sections: readonly string[] = []) =>
  about("answered", { concepts, sections });

export const channels = (deliveries: readonly Delivery[]): readonly string[] =>
  deliveries.map(({ subscription: { place } }) => place.channel).sort();
