/** Practice: what is due, what was missed, and the reminder. */
import { describe, expect, test } from "vitest";
import { learner } from "../support/learner.ts";
import { answer } from "../support/press.ts";
import { DAY, MINUTE, person } from "../support/store.ts";

const ANN = person("learner");

describe("practice", () => {
  test("has nothing for somebody who never answered, and says how to begin", async () => {
    const ann = await learner();
    expect(await ann.say("practice")).toMatch(/answer some quiz questions first/);
    expect(await ann.press("Quiz me")).toMatch(/A\)/);
  });

  test("brings what is due, most overdue first, until nothing is left", async () => {
    const ann = await learner();
    await ann.say("quiz me on volumes");
    const missed = answer(ann.reply, false).args.q;
    await ann.answer(false);
    await ann.press("Next");
    await ann.answer(true);
    expect(await ann.say("practice")).toMatch(/Nothing is due now\. The next question is due in 1 minute/);
    ann.wait(2 * MINUTE);
    expect(await ann.say("practise")).toMatch(/1 question due/);
    expect(answer(ann.reply, true).args.q).toBe(missed);
    ann.wait(20 * MINUTE);
    expect(await ann.say("practice")).toMatch(/2 questions due/);
    await ann.answer(true);
    await ann.press("Next");
    await ann.answer(true);
    expect(await ann.press("Next")).toMatch(/Nothing is due now/);
    expect(ann.plan.audience).toBe("asker");
  });

  test("only what I missed: until it was right", async () => {
    const ann = await learner();
    await ann.say("quiz storage");
    await ann.answer(false);
    expect(await ann.say("practice missed")).toMatch(/1 question you missed/);
    await ann.answer(false);
    expect(await ann.press("Next")).toMatch(/1 question you missed/);
    await ann.answer(true);
    expect(await ann.press("Next")).toMatch(/answered everything right/);
  });

  test.each(["practice exams for the DCA", "practice docker run --rm alpine"])(
    "%s is a question, not this command",
    async (said) => {
      const ann = await learner();
      await ann.say(said);
      expect(ann.plan.call.command).toBe("ask");
    },
  );
});

describe("a reminder", () => {
  test("is confirmed with time, zone, next day and quiet hours, shown and turned off", async () => {
    const ann = await learner();
    expect(await ann.say("practice remind 18:00 Europe/London")).toMatch(
      /18:00 Europe\/London, the next time on Tuesday 24 November.*at most once a day.*between 22:00 and 07:00/,
    );
    expect(await ann.store.learners.reminder(ANN)).toMatchObject({
      minute: 1080,
      zone: "Europe/London",
      nextAt: Date.UTC(2026, 10, 24, 18),
    });
    expect(await ann.say("practice remind")).toMatch(/18:00 Europe\/London/);
    expect(await ann.press("Turn it off")).toMatch(/is off/);
    expect(await ann.store.learners.reminder(ANN)).toBeUndefined();
    expect(await ann.say("practice remind off")).toMatch(/had no practice reminder/);
  });

  test("set for a time that has passed begins tomorrow", async () => {
    const ann = await learner();
    expect(await ann.say("practice remind 8am europe/london")).toMatch(
      /08:00 Europe\/London, the next time on Wednesday 25/,
    );
  });

  test("needs a zone, takes the platform's, and keeps the one it had", async () => {
    const ann = await learner();
    expect(await ann.say("practice remind 18:00")).toMatch(/do not know your time zone.*Europe\/London/);
    expect(await ann.say("practice remind 18:00", { id: "ben", zone: "Asia/Kolkata" })).toMatch(/18:00 Asia\/Kolkata/);
    await ann.say("practice remind 18:00 America/New_York");
    expect(await ann.say("practice remind 7:30 pm")).toMatch(/19:30 America\/New_York/);
  });

  test("has quiet hours of one's own, which must not hide it", async () => {
    const ann = await learner();
    expect(await ann.say("practice remind 20:00 Europe/London quiet 19:00-06:30")).toMatch(
      /within your quiet hours, 19:00-06:30/,
    );
    expect(await ann.say("practice remind 18:00 Europe/London quiet 19:00-06:30")).toMatch(/between 19:00 and 06:30/);
    expect(await ann.say("practice remind 23:00 Europe/London")).toMatch(/at 23:00/);
  });

  test.each([
    ["practice remind tomorrow Europe/London", /"tomorrow" is no time of day/],
    ["practice remind 18:00 Mars/Olympus", /do not know the time zone "Mars/],
    ["practice remind 18:00 Europe/London quiet nights", /beginning and an end/],
  ])("%s is refused with the cure", async (said, expected) => {
    const ann = await learner();
    expect(await ann.say(said)).toMatch(expected);
    expect(await ann.store.learners.reminder(ANN)).toBeUndefined();
  });

  test("sets the local date of answers", async () => {
    const ann = await learner();
    await ann.say("practice remind 18:00 Pacific/Auckland");
    ann.wait(DAY / 2);
    await ann.say("quiz");
    await ann.answer(true);
    expect(await ann.store.learners.days(ANN, 3)).toEqual(["2026-11-25"]);
  });
});
