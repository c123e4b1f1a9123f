/** `tips` and `tip`, as people say them. */
import { describe, expect, test } from "vitest";
import { CHANNEL, cast, MEMBER, MODERATOR } from "../support/cast.ts";
import { library } from "../support/tutor.ts";

const HOUR = 3_600_000;

describe("setting daily tips", () => {
  test.each([
    [
      "tips here at 09:00 Europe/London weekdays",
      /weekdays at 09:00, Europe\/London\. The next one: Tuesday 24 November at 09:00, Europe\/London/,
    ],
    [
      "tips here at 07:00 Europe/London weekdays",
      /weekdays at 07:00, Europe\/London\. The next one: Wednesday 25 November at 07:00/,
    ],
    [
      "daily tips at 9am in New York",
      /every day at 09:00, America\/New_York\. The next one: Tuesday 24 November at 09:00, America\/New_York/,
    ],
    ["tips weekends 10:00 UTC", /weekends at 10:00, UTC\. The next one: Saturday 28 November at 10:00, UTC/],
    [
      "please post a tip here every monday at noon",
      /on Monday at 12:00, Europe\/London\. The next one: Monday 30 November at 12:00/,
    ],
    [
      "tips 9am about networking and storage, beginner level",
      /weekdays at 09:00, Europe\/London; about networking, storage; level beginner/,
    ],
  ])("%s", async (text, expected) => {
    const { say } = await cast();
    const { text: reply, audience } = await say(MODERATOR, text);
    expect(reply).toMatch(expected);
    expect(audience).toBe("asker");
  });

  test("is seen, changed in part, stopped and set again, also after a restart", async () => {
    const { say, press, restart } = await cast();
    expect((await say(MODERATOR, "tips")).text).toMatch(
      /No daily tips are set here.*tips here at 09:00 Europe\/London weekdays/,
    );
    await say(MODERATOR, "tips here at 09:00 Europe/Berlin mon-thu about storage");
    restart();
    expect((await say(MEMBER, "tips")).text).toMatch(
      /Tips come here on Monday, Tuesday, Wednesday and Thursday at 09:00, Europe\/Berlin; about storage\. The next one: Wednesday 25 November at 09:00, Europe\/Berlin/,
    );
    expect((await say(MODERATOR, "tips at 10:30")).text).toMatch(
      /^Changed: .*Thursday at 10:30, Europe\/Berlin; about storage/,
    );
    expect((await say(MODERATOR, "tips all topics")).text).toMatch(/at 10:30, Europe\/Berlin\. /);
    expect((await say(MODERATOR, "turn the tips off")).text).toBe("Daily tips are off here.");
    restart();
    expect((await press(MODERATOR, "On again")).text).toMatch(/^Done: .*Thursday at 10:30, Europe\/Berlin/);
    await say(MODERATOR, "tips off");
    expect((await say(MODERATOR, "tips off")).text).toMatch(/nothing to stop/);
  });

  test("asks for the zone where nobody knows it, and takes it in a form", async () => {
    const { say, press, form } = await cast();
    const nowhere = { id: "mod", moderator: true };
    const { text, reply } = await say(nowhere, "tips at 9am weekends");
    expect(text).toMatch(/In which time zone is 09:00\?.*`?tips at 9am weekends Europe\/London/);
    const button = reply.blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : []))[0];
    expect(button && form(nowhere, button.call)).toEqual(["time", "zone", "days", "level"]);
    await say(nowhere, "tips at 9am weekends");
    const call = { command: "tips.set", args: { time: "9am", days: "weekends", zone: "tokyo", level: "all levels" } };
    expect((await say(nowhere, call)).text).toMatch(/weekends at 09:00, Asia\/Tokyo/);
    await expect(press(nowhere, "One now")).resolves.toMatchObject({ text: expect.stringMatching(/^Tip: /) });
  });

  test("takes a menu's options like a sentence", async () => {
    const { say } = await cast();
    const args = { time: "9:15", zone: "Europe/Madrid", days: "every day", topics: "storage", level: "beginner" };
    expect((await say(MODERATOR, { command: "tips", args })).text).toMatch(
      /every day at 09:15, Europe\/Madrid; about storage; level beginner/,
    );
  });

  test.each([
    ["tips at 9 Europe/Londn", /time zone "europe\/londn"\. Did you mean Europe\/London\?/],
    ["tips at 25:00", /no time of day/],
    ["tips at 9am about cats", /no tips about "cats"/],
    ["tips in #random at 9am", /Say it in that channel/],
    ["tips at 9am about compose level advanced", undefined],
  ])("%s is refused with the cure, and nothing changes", async (text, pattern) => {
    const { say } = await cast();
    const { text: reply } = await say(MODERATOR, text);
    const none = !library().pages.some(
      ({ area, level, tips }) => area === "compose" && level === "advanced" && tips.length,
    );
    expect(reply).toMatch(pattern ?? (none ? /no tips for level advanced about compose/ : /^Done/));
    if (pattern) expect((await say(MODERATOR, "tips")).text).toMatch(/No daily tips/);
  });

  test("to a later time after today's tip says tomorrow, since one a day is the most", async () => {
    const { say, store, go, now } = await cast();
    await say(MODERATOR, "tips at 9am UTC daily");
    go(HOUR);
    await store.tips.claim(now(), HOUR, 1, () => ({ date: "2026-11-24", nextAt: now() + 24 * HOUR }));
    expect((await say(MODERATOR, "tips at 17:00")).text).toMatch(/The next one: Wednesday 25 November at 17:00, UTC/);
  });

  test("is for moderators: others are refused politely and alone, unless everybody may", async () => {
    const { say } = await cast();
    for (const text of ["tips at 9am UTC", "tips off"]) {
      const { text: refusal, audience } = await say(MEMBER, text);
      expect(refusal).toMatch(/Only moderators of this place can set daily tips\. Please ask one of them/);
      expect(audience).toBe("asker");
    }
    expect((await say(MEMBER, "tips")).text).toMatch(/No daily tips/);
    await say(MODERATOR, "settings tips-by everyone");
    expect((await say(MEMBER, "tips at 9am UTC")).text).toMatch(/^Done/);
  });

  test("is open to those whom the operator names, on their platform only where it says so", async () => {
    const { say } = await cast({ admins: ["ann", "slack:bob"] });
    expect((await say(MEMBER, "tips at 9am UTC")).text).toMatch(/^Done/);
    expect((await say({ id: "bob" }, "tips off")).text).toMatch(/Only moderators/);
  });

  test("says so where a channel was gone, and goes on at a press", async () => {
    const { say, press, store, go, now } = await cast();
    await say(MODERATOR, "tips at 9am UTC daily");
    go(2 * HOUR);
    const [delivery] = await store.tips.claim(now(), HOUR, 1, () => ({
      date: "2026-11-24",
      nextAt: now() + 24 * HOUR,
    }));
    if (delivery) await store.tips.settle(delivery, { kind: "gone", reason: "The channel was archived." }, now());
    expect((await say(MODERATOR, "tips")).text).toMatch(
      /paused here: The channel was archived\. They were set to every day at 09:00, UTC/,
    );
    // Today has its record: the next one is tomorrow's.
    expect((await press(MODERATOR, "Go on")).text).toMatch(/The next one: Wednesday 25 November at 09:00, UTC/);
  });
});

describe("a tip now", () => {
  test("is for everybody, with its page, a way on, and never the same twice in a channel", async () => {
    const { say, press } = await cast();
    const seen = new Set<string>();
    let said = await say(MEMBER, "give me a tip");
    expect(said.audience).toBe("everyone");
    expect(said.text).toMatch(/^Tip: .+\n\nSource: /s);
    // There is no quiz button where there is no quiz.
    expect(said.buttons.filter((label) => label !== "Quiz me on it")).toEqual(["Tell me more", "Another tip"]);
    for (let i = 0; i < 10; i++) {
      seen.add(said.text);
      said = await press(MEMBER, "Another tip");
    }
    expect(seen.size).toBe(10);
    await say(MEMBER, "tip");
    expect((await press(MEMBER, "Tell me more")).text).not.toMatch(/no longer/);
  });

  test.each([
    ["tip about volumes", "volume"],
    ["tips about networking", undefined],
    ["tip security", undefined],
  ])("%s keeps to it", async (text, id) => {
    const { say } = await cast();
    const { reply } = await say(MEMBER, text);
    const page = library().page(reply.about.pages[0] ?? "");
    expect(id ? page?.id : page?.area).toBe(id ?? text.split(" ").at(-1));
  });

  test("about nothing we know is refused with the topics", async () => {
    const { say } = await cast();
    expect((await say(MEMBER, { command: "tip", args: { topic: "cats" } })).text).toMatch(
      /no tip about "cats".*networking/,
    );
  });

  test("a question that has the word in it is a question", async () => {
    const { tutor } = await cast();
    const said = { kind: "text", text: "what tips do you have for writing a dockerfile?" } as const;
    expect(tutor.hear({ id: "x", person: MEMBER, place: CHANNEL, said }).call.command).toBe("ask");
  });
});

test("channels are apart, threads of one channel are not", async () => {
  const { say } = await cast();
  await say(MODERATOR, "tips at 9am UTC");
  expect((await say(MEMBER, "tips", { ...CHANNEL, thread: "t2" })).text).toMatch(/come here/);
  expect((await say(MEMBER, "tips", { ...CHANNEL, channel: "random" })).text).toMatch(/No daily tips/);
});
