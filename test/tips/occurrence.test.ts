/** When tips are due: clock changes, weekdays, and sampled zones against a second library. */
import { describe, expect, test } from "vitest";
import { localDate, nextOccurrence, type Timetable } from "../../src/tips/occurrence.ts";
import { chance, compare, tellingMinute, zones } from "../support/zones.ts";

const at = (iso: string): number => Temporal.Instant.from(iso).epochMilliseconds;
const daily = (zone: string, time: string, weekdays = 127): Timetable => {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return { zone, minute: hour * 60 + minute, weekdays };
};
const next = (timetable: Timetable, now: string): string =>
  Temporal.Instant.fromEpochMilliseconds(nextOccurrence(timetable, at(now)))
    .toZonedDateTimeISO(timetable.zone)
    .toString({ timeZoneName: "never" });

describe("the next occurrence", () => {
  test("is today where the time is still to come, else the next wanted day", () => {
    const weekdays = daily("Europe/London", "09:00", 31);
    expect(next(weekdays, "2026-11-24T08:59:59Z")).toBe("2026-11-24T09:00:00+00:00");
    expect(next(weekdays, "2026-11-24T09:00:00Z")).toBe("2026-11-25T09:00:00+00:00");
    expect(next(weekdays, "2026-11-27T09:00:00Z")).toBe("2026-11-30T09:00:00+00:00");
    expect(next(daily("Europe/London", "09:00", 64), "2026-11-24T09:00:00Z")).toBe("2026-11-29T09:00:00+00:00");
  });

  test("goes by the zone's date, not by UTC's", () => {
    expect(next(daily("Pacific/Auckland", "00:15"), "2026-11-24T11:14:00Z")).toBe("2026-11-25T00:15:00+13:00");
    expect(localDate({ zone: "Pacific/Auckland" }, at("2026-11-24T11:15:00Z"))).toBe("2026-11-25");
  });

  test.each([
    ["New York 02:30 on the short day", "America/New_York", "02:30", "2026-03-08T05:00Z", "2026-03-08T03:30:00-04:00"],
    [
      "Lord Howe 02:15 on the short day",
      "Australia/Lord_Howe",
      "02:15",
      "2026-10-03T13:30Z",
      "2026-10-04T02:45:00+11:00",
    ],
    ["New York 01:30 on the long day", "America/New_York", "01:30", "2026-11-01T04:00Z", "2026-11-01T01:30:00-04:00"],
    [
      "Nuuk 23:30 on the day that ends at 23:00",
      "America/Nuuk",
      "23:30",
      "2024-03-30T12:00Z",
      "2024-03-30T22:30:00-02:00",
    ],
    [
      "Cairo 00:30 on the day that begins at 01:00",
      "Africa/Cairo",
      "00:30",
      "2024-04-25T12:00Z",
      "2024-04-26T01:30:00+03:00",
    ],
  ])("%s", (_, zone, time, now, expected) => {
    expect(next(daily(zone, time), now)).toBe(expected);
  });

  test("a time that comes twice counts once: the second is not another one", () => {
    const timetable = daily("America/New_York", "01:30");
    const first = nextOccurrence(timetable, at("2026-11-01T04:00Z"));
    expect(localDate(timetable, first)).toBe("2026-11-01");
    expect(localDate(timetable, nextOccurrence(timetable, first))).toBe("2026-11-02");
    // Right between the two.
    expect(next(timetable, "2026-11-01T06:10Z")).toBe("2026-11-02T01:30:00-05:00");
  });

  test("a date that does not exist has none, and the days around it have theirs", () => {
    const timetable = daily("Pacific/Apia", "09:00");
    expect(next(timetable, "2011-12-29T19:00Z")).toBe("2011-12-31T09:00:00+14:00");
    expect(next(daily("Pacific/Apia", "09:00", 16), "2011-12-29T19:00Z")).toBe("2012-01-06T09:00:00+14:00");
  });

  test("refuses a week without a day and a zone that does not exist", () => {
    expect(() => nextOccurrence(daily("UTC", "09:00", 0), 0)).toThrow(RangeError);
    expect(() => nextOccurrence(daily("Mars/Olympus", "09:00"), 0)).toThrow(RangeError);
  });
});

test("one year in a sample of zones agrees with luxon", () => {
  const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000);
  console.log(`zones: TEST_SEED=${seed}`);
  const random = chance(seed);
  const all = zones();
  for (let i = 0; i < 84; i++) {
    const zone = all[Math.floor(random() * all.length)] ?? "UTC";
    const year = 2020 + Math.floor(random() * 10);
    const minute = tellingMinute(zone, year, year + 1, random);
    const weekdays = random() < 0.7 ? 127 : 1 + Math.floor(random() * 127);
    expect(compare({ zone, minute, weekdays }, year, year + 1).faults, `TEST_SEED=${seed}`).toEqual([]);
  }
});
