/** Local days: times of day over changes of the clock, and a rhythm that never scolds. */
import { describe, expect, test } from "vitest";
import { inWords, lastDaily, localDate, nextDaily, rhythm, within } from "../../src/learning/days.ts";
import { readTime } from "../../src/time/clock.ts";
import { readZone } from "../../src/time/zone.ts";
import { DAY, HOUR, MINUTE, NOW } from "../support/store.ts";

const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds;
const iso = (ms: number) => new Date(ms).toISOString();

describe("the next time of day", () => {
  test("is today, or tomorrow once it has passed", () => {
    expect(iso(nextDaily(18 * 60, "Europe/London", NOW))).toBe("2026-11-24T18:00:00.000Z");
    expect(iso(nextDaily(8 * 60, "Europe/London", NOW))).toBe("2026-11-25T08:00:00.000Z");
    expect(iso(nextDaily(9 * 60, "Europe/London", NOW))).toBe("2026-11-25T09:00:00.000Z");
  });

  test("comes once on each local date over both changes of the clock", () => {
    for (const from of ["2026-03-27T12:00Z", "2026-10-23T12:00Z"])
      for (const minute of [90, 150, 18 * 60]) {
        let now = at(from);
        const dates = [1, 2, 3, 4].map(() => {
          now = nextDaily(minute, "Europe/London", now);
          return localDate(now, "Europe/London");
        });
        expect(new Set(dates).size).toBe(4);
      }
  });

  test("and the last one lie around any moment", () => {
    for (const hours of [0, 5, 13, 22]) {
      const now = NOW + hours * HOUR;
      expect(lastDaily(18 * 60, "Asia/Kolkata", now)).toBeLessThanOrEqual(now);
      expect(nextDaily(18 * 60, "Asia/Kolkata", now) - lastDaily(18 * 60, "Asia/Kolkata", now)).toBe(DAY);
    }
  });
});

test("quiet hours may wrap midnight, and an empty span is never quiet", () => {
  expect([21, 22, 2, 7].map((hour) => within(hour * 60, 22 * 60, 7 * 60))).toEqual([false, true, true, false]);
  expect(within(600, 0, 0)).toBe(false);
});

test.each([
  ["18:00", 1080],
  ["6pm", 1080],
  ["6:30 pm", 1110],
  ["12am", 0],
  ["09.15", 555],
  ["6", 360],
  ["noon", 720],
])("%s is a time of day", (said, minute) => expect(readTime(said)).toBe(minute));

test.each(["25:00", "13pm", "9am 10am", "soon", "noon-ish", "18:75"])("%s is none", (said) => {
  expect(() => readTime(said)).toThrow(/is no time of day/);
});

test("a zone is taken in any case, and an unknown one refused with an example", () => {
  expect(readZone("europe/london")).toBe("Europe/London");
  expect(() => readZone("Mars/Olympus")).toThrow(/do not know the time zone "Mars/);
});

describe("the rhythm", () => {
  const today = "2026-11-24";
  test("counts days of the week and the run up to yesterday while today is open", () => {
    expect(rhythm(["2026-11-23", "2026-11-22", "2026-11-20"], today)).toEqual({ week: 3, run: 2 });
    expect(rhythm(["2026-11-24", "2026-11-23"], today)).toEqual({ week: 2, run: 2 });
    expect(rhythm(["2026-11-01"], today)).toEqual({ week: 0, run: 0 });
  });
});

test.each([
  [30_000, "in 1 minute"],
  [10 * MINUTE, "in 10 minutes"],
  [5 * HOUR, "in 5 hours"],
  [11 * DAY, "in 11 days"],
])("%i ms from now is %s", (ms, words) => expect(inWords(NOW + ms, NOW)).toBe(words));
