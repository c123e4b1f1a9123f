/** What was wished, what stood before and what is known of the person -> a subscription and its next moment. */
import type { Ms } from "../core/ports.ts";
import type { Level, Subscription, TipStore } from "../core/tips.ts";
import type { Place } from "../core/turn.ts";
import { WEEKDAYS } from "./days.ts";
import { localDate, nextOccurrence } from "./occurrence.ts";
import type { Wish } from "./when.ts";

const NINE = 9 * 60;

/** Undefined where no zone is known: it has to be asked for. */
export function subscriptionOf(
  wish: Wish,
  before: Subscription | undefined,
  { place, zone, setBy }: { readonly place: Place; readonly zone: string | undefined; readonly setBy: string },
): Subscription | undefined {
  const known = wish.zone ?? before?.zone ?? zone;
  if (!known) return undefined;
  const { platform, community, channel } = place;
  return {
    place: { platform, community, channel },
    minute: wish.minute ?? before?.minute ?? NINE,
    weekdays: wish.weekdays ?? before?.weekdays ?? WEEKDAYS,
    zone: known,
    areas: wish.areas ?? before?.areas ?? [],
    level: levelOf(wish.level, before?.level),
    setBy,
  };
}

const levelOf = (wished: Level | "all" | undefined, before: Level | undefined): Level | undefined =>
  wished === "all" ? undefined : (wished ?? before);

/** The next moment on a date that has had no tip yet: changing the time does not bring a second one today. */
export async function firstMoment(subscription: Subscription, tips: TipStore, now: Ms): Promise<Ms> {
  let at = nextOccurrence(subscription, now);
  // Today, and after a clock that ran ahead perhaps a few dates more.
  for (let dates = 0; dates < 60; dates++) {
    if (!(await tips.recorded(subscription.place, localDate(subscription, at)))) return at;
    at = nextOccurrence(subscription, at);
  }
  return at;
}
