/** Occurrences against a second library, luxon: every difference is named, and one without a name is a fault. */
import { DateTime } from "luxon";
import { localDate, nextOccurrence, type Timetable } from "../../src/tips/occurrence.ts";

const MINUTE = 60_000;

/** Differences that are wanted. */
export type Reason =
  | "comes twice: the first"
  | "skipped over midnight: earlier, on its own date"
  | "date does not exist"
  | "luxon shows another time than it was asked for";

export interface Compared {
  readonly occurrences: number;
  readonly explained: ReadonlyMap<Reason, number>;
  /** Each a sentence; empty when all is well. */
  readonly faults: readonly string[];
}

/** The zones of this Node. */
export const zones = (): readonly string[] => Intl.supportedValuesOf("timeZone");

/** A small generator with a seed that is printed: chance is an argument (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A time of day that a clock change of those years makes interesting, where there is one. */
export function tellingMinute(zone: string, from: number, to: number, random: () => number): number {
  const minutes: number[] = [];
  let at = Temporal.Instant.from(`${from}-01-01T00:00:00Z`).toZonedDateTimeISO(zone);
  for (;;) {
    const next = at.getTimeZoneTransition("next");
    if (!next || next.year >= to) break;
    const before = next.subtract({ nanoseconds: 1 });
    const jump = Math.round((next.offsetNanoseconds - before.offsetNanoseconds) / 60e9);
    const wall = next.hour * 60 + next.minute;
    // Inside the gap before it, or inside the hour that comes twice after it.
    minutes.push((wall - Math.sign(jump) * Math.floor(random() * Math.max(1, Math.abs(jump))) + 1440) % 1440);
    at = next;
  }
  return minutes[Math.floor(random() * minutes.length)] ?? Math.floor(random() * 1440);
}

/** Walks through whole years of one zone. */
export function compare(timetable: Timetable, from: number, to: number): Compared {
  const { zone, minute, weekdays } = timetable;
  const faults: string[] = [];
  const explained = new Map<Reason, number>();
  const say = (what: string) =>
    faults.push(`${zone} ${Math.floor(minute / 60)}:${minute % 60} mask ${weekdays}: ${what}`);

  const ours = new Map<string, number>();
  const end = Date.UTC(to, 0, 1);
  let occurrences = 0;
  for (let at = nextOccurrence(timetable, Date.UTC(from, 0, 1)); at < end; ) {
    const date = localDate(timetable, at);
    if (ours.has(date)) say(`two on ${date}`);
    ours.set(date, at);
    occurrences += 1;
    const next = nextOccurrence(timetable, at);
    if (next <= at) say(`not later than ${new Date(at).toISOString()}`);
    at = next;
  }

  // The first and last dates may lie outside in one of the two.
  for (let day = Date.UTC(from, 0, 3); day < Date.UTC(to, 0, 1) - 3 * 86_400_000; day += 86_400_000) {
    const wanted = DateTime.fromMillis(day, { zone: "utc" });
    if (!(weekdays & (1 << (wanted.weekday - 1)))) {
      const date = wanted.toISODate() ?? "";
      if (ours.has(date)) say(`an unwanted weekday, ${date}`);
      continue;
    }
    const differs = difference(wanted, timetable, ours.get(wanted.toISODate() ?? ""));
    if (differs && "fault" in differs) say(differs.fault);
    else if (differs) explained.set(differs.reason, (explained.get(differs.reason) ?? 0) + 1);
  }
  return { occurrences, explained, faults };
}

/** Why the two differ on a date: undefined where they do not, a fault's sentence where nothing explains it. */
function difference(
  wanted: DateTime,
  { zone, minute }: Timetable,
  at: number | undefined,
): { readonly reason: Reason } | { readonly fault: string } | undefined {
  const date = wanted.toISODate() ?? "";
  const { year, month, day } = wanted;
  const theirs = DateTime.fromObject(
    { year, month, day, hour: Math.floor(minute / 60), minute: minute % 60 },
    { zone },
  );
  if (at === theirs.toMillis() && theirs.toISODate() === date) return undefined;
  if (at === undefined) {
    const noon = DateTime.fromObject({ year, month, day, hour: 12 }, { zone });
    return noon.toISODate() === date ? { fault: `nothing on ${date}` } : { reason: "date does not exist" };
  }
  const local = DateTime.fromMillis(at, { zone });
  const ours = local.hour * 60 + local.minute === minute;
  const luxons = theirs.hour * 60 + theirs.minute === minute;
  if (ours && luxons && at < theirs.toMillis()) return { reason: "comes twice: the first" };
  if (ours && !luxons) return { reason: "luxon shows another time than it was asked for" };
  if (theirs.toISODate() !== date && local.toISODate() === date && at + 26 * 60 * MINUTE > theirs.toMillis())
    return { reason: "skipped over midnight: earlier, on its own date" };
  return { fault: `${date}: ours ${new Date(at).toISOString()}, luxon ${theirs.toUTC().toISO()}` };
}
