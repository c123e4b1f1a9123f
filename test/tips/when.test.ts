/** What people say about daily tips, and what is understood. */
import { describe, expect, test } from "vitest";
import { sayMinute } from "../../src/time/clock.ts";
import { findZone, suggestZones } from "../../src/time/zone.ts";
import { sayDays } from "../../src/tips/days.ts";
import { hearTips } from "../../src/tips/hear.ts";
import { typed } from "../../src/tips/say.ts";
import { readWish, type Wish } from "../../src/tips/when.ts";

const AREAS = ["building", "compose", "containers", "engine", "images", "networking", "running", "security", "storage"];

/** A wish in one line, in the order time, days, zone, topics, level. */
const said = ({ minute, weekdays, zone, areas, level }: Wish): string =>
  [
    minute !== undefined && sayMinute(minute),
    weekdays && sayDays(weekdays),
    zone,
    areas && `[${areas.join(" ")}]`,
    level,
  ]
    .filter(Boolean)
    .join(" | ");
const read = (text: string): string => said(readWish(text, AREAS));

describe("a timetable in plain words", () => {
  test.each([
    ["here at 09:00 Europe/London weekdays", "09:00 | weekdays | Europe/London"],
    ["at 9am mon-fri London", "09:00 | weekdays | Europe/London"],
    ["daily at noon", "12:00 | every day"],
    ["every day at 9:30 pm in New York", "21:30 | every day | America/New_York"],
    ["weekends 10:00 UTC", "10:00 | weekends | UTC"],
    ["post a tip here every weekday at 9am London time, please", "09:00 | weekdays | Europe/London"],
    ["mondays and thursdays 8.15", "08:15 | Monday and Thursday"],
    ["on monday, wednesday & friday at 8h30", "08:30 | Monday, Wednesday and Friday"],
    ["fri-mon at midnight", "00:00 | Monday, Friday, Saturday and Sunday"],
    ["monday to thursday 7:45 a.m. Asia/Kolkata", "07:45 | Monday, Tuesday, Wednesday and Thursday | Asia/Kolkata"],
    ["0900 europe/berlin", "09:00 | Europe/Berlin"],
    ["9", "09:00"],
    ["at 9 o'clock", "09:00"],
    ["12am", "00:00"],
    ["12:30pm", "12:30"],
    ["not on weekends 9am", "09:00 | weekdays"],
    ["everyday @ 9am", "09:00 | every day"],
    ["send us daily docker tips at 10 am paris time", "10:00 | every day | Europe/Paris"],
    ["about networking, storage at 9am", "09:00 | [networking storage]"],
    ["9am topics: image and volume storage", undefined],
    ["beginner tips every day 8h30", "08:30 | every day | beginner"],
    ["daily 9:00 advanced about security", "09:00 | every day | [security] | advanced"],
    ["all levels all topics", "[] | all"],
    ["sao paulo 9am", "09:00 | America/Sao_Paulo"],
    ["9:00 US/Pacific", "09:00 | US/Pacific"],
    ["", ""],
  ])("%s", (text, expected) => {
    if (expected === undefined) expect(() => read(text)).toThrow();
    else expect(read(text)).toBe(expected);
  });

  test.each([
    ["25:00", /"25.00" is no time of day.*09:00/],
    ["at 13pm", /no time of day/],
    ["9:75", /no time of day/],
    ["9am and 5pm", /one tip a day.*09:00 and 17:00.*one time/],
    ["weekdays at 9 PST", /time zone "pst".*America\/Los_Angeles/],
    ["9am in berln", /time zone "berln".*Europe\/Berlin/],
    ["9am Europe/Londn", /time zone "europe\/londn".*Europe\/London/],
    ["9am Mars/Olympus", /time zone "mars\/olympus".*continent and city/],
    ["9am about cats", /no tips about "cats".*networking/],
    ["#general at 9", /where you ask/],
    ["whenever you feel like it", /do not understand "whenever feel".*tips here at 09:00/],
  ])("%s is refused with the value and the cure", (text, pattern) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({ fault: "learner", sentence: expect.stringMatching(pattern) }),
    );
  });

  test("what is stored can be typed again", () => {
    for (const text of [
      "9am mon, wed Europe/London",
      "noon UTC weekends about storage, images level advanced",
      "8:05 every day Asia/Kolkata",
    ]) {
      const { minute = 0, weekdays = 0, zone = "", areas = [], level } = readWish(text, AREAS);
      const kept = { minute, weekdays, zone, areas, level: level === "all" ? undefined : level };
      expect(read(typed(kept))).toBe(said({ ...kept, areas: areas.length ? areas : undefined }));
    }
  });

  test("a hostile line takes no time and is refused", () => {
    for (const text of [
      "a/".repeat(5000),
      "mon-".repeat(5000),
      "9 ".repeat(5000),
      "about ".repeat(3000),
      "-".repeat(9000),
    ])
      expect(() => read(text)).toThrow();
  });
});

describe("zones", () => {
  test.each([
    ["EST", ["America/New_York", "America/Toronto", "Australia/Sydney"]],
    ["IST", ["Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"]],
    ["los angelos", ["America/Los_Angeles"]],
    ["constructor", []],
  ])("%s is asked about", (said, near) => {
    expect(findZone(said)).toEqual({ kind: "unknown", near });
  });

  test.each([
    ["london", "Europe/London"],
    ["São Paulo", "America/Sao_Paulo"],
    ["gmt", "UTC"],
    ["india", "Asia/Kolkata"],
    ["America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"],
  ])("%s is %s", (said, zone) => {
    expect(findZone(said)).toEqual({ kind: "zone", zone });
  });

  test("completes what is typed", () => {
    expect(suggestZones("lond")).toContain("Europe/London");
    expect(suggestZones("")).toContain("UTC");
    expect(suggestZones("zzz")).toEqual([]);
  });
});

describe("what is about tips", () => {
  const topical = (words: string) => ["volumes", "networking"].includes(words);
  const heard = (text: string): string | undefined => {
    const it = hearTips(text, topical);
    return it && (it.kind === "now" ? `now ${it.topic}`.trim() : it.kind);
  };

  test.each([
    ["tips", "show"],
    ["when is the next tip?", "show"],
    ["tips settings", "show"],
    ["tips off", "off"],
    ["please stop the daily tips", "off"],
    ["turn tips off", "off"],
    ["unsubscribe from tips", "off"],
    ["no more tips here please", "off"],
    ["tip", "now"],
    ["give me a tip", "now"],
    ["another tip please", "now"],
    ["tip about volumes", "now volumes"],
    ["tips about networking", "now networking"],
    ["tip networking", "now networking"],
    ["tips here at 09:00 Europe/London weekdays", "set"],
    ["daily tips at 9", "set"],
    ["tips 9am mon-fri", "set"],
    ["can you post a tip here every weekday at 9am?", "set"],
    ["I'd like tips every day at noon", "set"],
    ["tips level beginner", "set"],
    ["tips Europe/Berlin", "set"],
    ["tips for smaller images", undefined],
    ["any tips on writing a Dockerfile?", undefined],
    ["what is a volume", undefined],
    ["how do multiple networks work at 9 hosts", undefined],
  ])("%s", (text, expected) => {
    expect(heard(text)).toBe(expected);
  });
});
