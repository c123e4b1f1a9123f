/** A timetable and its next moment in a person's words: the time, the zone and the day are always named. */
import type { Ms } from "../core/ports.ts";
import type { Subscription } from "../core/tips.ts";
import { sayMinute } from "../time/clock.ts";
import { sayDays } from "./days.ts";

/** "Wednesday 25 November at 09:00, Europe/London". */
export function sayMoment(at: Ms, zone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const day = local.toLocaleString("en-GB", { weekday: "long", day: "numeric", month: "long" }).replace(",", "");
  return `${day} at ${sayMinute(local.hour * 60 + local.minute)}, ${zone}`;
}

type Spoken = Pick<Subscription, "minute" | "zone" | "weekdays" | "areas" | "level">;

/** As it could be typed again: "09:00 Europe/London weekdays about networking, storage level beginner". */
export function typed({ minute, zone, weekdays, areas, level }: Spoken): string {
  const days = sayDays(weekdays).replaceAll(",", "").replaceAll(" and ", " ");
  const choice = [...(level ? [`level ${level}`] : []), ...(areas.length ? [`about ${areas.join(", ")}`] : [])];
  return [sayMinute(minute), zone, days, ...choice].join(" ");
}

/** "weekdays at 09:00, Europe/London; about storage; for beginners". */
export function sayTimetable({ minute, zone, weekdays, areas, level }: Spoken): string {
  const days = sayDays(weekdays);
  const when = `${/^(?:every|week)/.test(days) ? days : `on ${days}`} at ${sayMinute(minute)}, ${zone}`;
  const about = areas.length ? `; about ${areas.join(", ")}` : "";
  return `${when}${about}${level ? `; level ${level}` : ""}`;
}
