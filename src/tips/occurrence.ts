/** When a tip is due: wall clock times in an IANA zone -> moments. Pure; `now` is an argument. */
import type { Ms } from "../core/ports.ts";
import type { Subscription } from "../core/tips.ts";

/** What the calculation needs of a subscription. */
export type Timetable = Pick<Subscription, "minute" | "zone" | "weekdays">;

/** A time that is skipped in one week comes again in the next; a zone that drops a whole day costs one more week. */
const FURTHEST_DAYS = 15;

const zoned = (at: Ms, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

/** The local date of a moment, YYYY-MM-DD: what a delivery is counted under. */
export const localDate = ({ zone }: Pick<Subscription, "zone">, at: Ms): string =>
  zoned(at, zone).toPlainDate().toString();

/** When the local date of a moment begins. */
export const startOfDate = ({ zone }: Pick<Subscription, "zone">, at: Ms): Ms =>
  zoned(at, zone).startOfDay().epochMilliseconds;

/** The first moment after `now` at which the subscription is due: at most one on every local date. */
export function nextOccurrence(timetable: Timetable, now: Ms): Ms {
  const today = zoned(now, timetable.zone).toPlainDate();
  for (let days = 0; days <= FURTHEST_DAYS; days++) {
    const at = occurrenceOn(timetable, today.add({ days }));
    if (at !== undefined && at > now) return at;
  }
  throw new RangeError(`No day of the week mask ${timetable.weekdays} comes in ${FURTHEST_DAYS} days.`);
}

/** The moment on one local date; undefined where the weekday is not wanted or the date does not exist in the zone. */
function occurrenceOn({ minute, zone, weekdays }: Timetable, date: Temporal.PlainDate): Ms | undefined {
  if (!(weekdays & (1 << (date.dayOfWeek - 1)))) return undefined;
  const wanted = date.toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 });
  // A time that the clock skips comes as much later as the clock jumped; one that comes twice counts the first time.
  const at = wanted.toZonedDateTime(zone, { disambiguation: "compatible" });
  if (at.toPlainDate().equals(date)) return at.epochMilliseconds;
  // Where the jump itself crosses midnight, later would be tomorrow: it comes as much earlier, still on its own date.
  const earlier = wanted.toZonedDateTime(zone, { disambiguation: "earlier" });
  return earlier.toPlainDate().equals(date) ? earlier.epochMilliseconds : undefined;
}
