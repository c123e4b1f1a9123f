/** Local days of learners: dates, the next time of day, and a streak that never scolds. */
import type { Ms } from "../core/ports.ts";

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** The date on the learner's calendar, YYYY-MM-DD; an unknown zone counts as UTC. */
export function localDate(now: Ms, zone: string | undefined): string {
  const at = Temporal.Instant.fromEpochMilliseconds(now);
  try {
    return at
      .toZonedDateTimeISO(zone ?? "UTC")
      .toPlainDate()
      .toString();
  } catch {
    return at.toZonedDateTimeISO("UTC").toPlainDate().toString();
  }
}

/** Minute of the local day. */
export function localMinute(now: Ms, zone: string): number {
  const { hour, minute } = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
  return hour * 60 + minute;
}

/** The first moment after `after` at which the local clock shows `minute`; a skipped hour gives the moment behind it. */
export function nextDaily(minute: number, zone: string, after: Ms): Ms {
  const today = Temporal.Instant.fromEpochMilliseconds(after).toZonedDateTimeISO(zone).toPlainDate();
  const plainTime = new Temporal.PlainTime(Math.floor(minute / 60), minute % 60);
  for (let days = 0; ; days++) {
    const at = today.add({ days }).toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds;
    if (at > after) return at;
  }
}

/** The last moment, at most `at`, at which the local clock showed `minute`. */
export function lastDaily(minute: number, zone: string, at: Ms): Ms {
  const day = Temporal.Instant.fromEpochMilliseconds(at).subtract({ hours: 48 }).epochMilliseconds;
  let found = nextDaily(minute, zone, day);
  for (let next = found; next <= at; next = nextDaily(minute, zone, next)) found = next;
  return found;
}

/** Is this minute of the day within a span that may wrap midnight? An empty span holds nothing. */
export const within = (minute: number, from: number, to: number): boolean =>
  from <= to ? minute >= from && minute < to : minute >= from || minute < to;

export interface Rhythm {
  /** Days with practice in the last seven, today included. */
  readonly week: number;
  /** Days in a row up to today, or up to yesterday while today is still open. */
  readonly run: number;
}

/** From the learner's dates with an answer, newest first. */
export function rhythm(days: readonly string[], today: string): Rhythm {
  const had = new Set(days);
  const from = Temporal.PlainDate.from(today);
  const at = (back: number) => from.subtract({ days: back }).toString();
  let back = had.has(today) ? 0 : 1;
  let run = 0;
  while (had.has(at(back))) {
    run += 1;
    back += 1;
  }
  return { week: [0, 1, 2, 3, 4, 5, 6].filter((day) => had.has(at(day))).length, run };
}

/** When something is due, as a person says it. */
export function inWords(dueAt: Ms, now: Ms): string {
  const minutes = Math.max(1, Math.ceil((dueAt - now) / MINUTE));
  if (minutes < 60) return `in ${plural(minutes, "minute")}`;
  const hours = Math.round(minutes / 60);
  if (hours < 24) return `in ${plural(hours, "hour")}`;
  return `in ${plural(Math.round(hours / 24), "day")}`;
}

export const plural = (count: number, noun: string, more = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : more}`;
