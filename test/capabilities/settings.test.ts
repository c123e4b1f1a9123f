/** `settings`: moderators choose, everybody can see who did. */
import { describe, expect, test } from "vitest";
import { preferencesOf } from "../../src/core/preferences.ts";
import { CHANNEL, cast, MEMBER, MODERATOR } from "../support/cast.ts";

describe("settings", () => {
  test("are shown on one screen with their meaning, to the asker alone", async () => {
    const { say } = await cast();
    const { text, audience, buttons } = await say(MODERATOR, "settings");
    expect(audience).toBe("asker");
    for (const line of [
      /followup on/,
      /threads off/,
      /level all/,
      /topics all/,
      /tips-by moderators/,
      /digest off/,
      /No daily tips here/,
    ])
      expect(text).toMatch(line);
    expect(buttons).toEqual(["Change", "Daily tips", "Who changed what"]);
  });

  test.each([
    ["settings followup off", { followUp: false }, { followUp: true }],
    ["settings follow-up: no everywhere", { followUp: false }, { followUp: false }],
    ["settings threads on", { threads: true }, { threads: false }],
    ["settings level beginners everywhere", { level: "beginner" }, { level: "beginner" }],
    ["settings topics network, storage and images", { areas: ["networking", "storage", "images"] }, { areas: [] }],
    ["setting tips-by everyone", { tipsBy: "everyone" }, { tipsBy: "everyone" }],
  ])("%s", async (text, here, elsewhere) => {
    const { say, store } = await cast();
    const { text: reply } = await say(MODERATOR, text);
    expect(reply).toMatch(/^Set /);
    expect(await preferencesOf(store.settings, CHANNEL)).toMatchObject(here);
    expect(await preferencesOf(store.settings, { ...CHANNEL, channel: "random" })).toMatchObject(elsewhere);
  });

  test("of a channel stand over the community's, and it is said", async () => {
    const { say, store } = await cast();
    await say(MODERATOR, "settings level advanced");
    expect((await say(MODERATOR, "settings level beginner everywhere")).text).toMatch(
      /everywhere.*keeps its own choice/,
    );
    expect(await preferencesOf(store.settings, CHANNEL)).toMatchObject({ level: "advanced" });
  });

  test.each([
    ["settings followup sometimes", /followup cannot be "sometimes".*on or off/],
    ["settings level expert", /beginner, intermediate, advanced or all/],
    ["settings topics cats", /no tips about "cats".*networking/],
    ["settings topics storage, cats", /no tips about "cats"/],
    ["settings digest #general", /comes to the channel where you ask/],
  ])("%s is refused with the values there are", async (text, pattern) => {
    const { say, store } = await cast();
    expect((await say(MODERATOR, text)).text).toMatch(pattern);
    expect(await store.settings.all(CHANNEL)).toEqual({});
  });

  test("by a name that is none: the names there are; tips have their own command", async () => {
    const { say } = await cast();
    const named = (name: string) => say(MODERATOR, { command: "settings", args: { name, value: "x" } });
    expect((await named("colour")).text).toMatch(/no setting "colour".*followup, threads, level/);
    expect((await named("tips")).text).toMatch(/own command.*tips here at/);
    expect((await say(MODERATOR, "settings threads")).text).toMatch(/threads off.*It can be on, off/);
  });

  test("can be changed in a form", async () => {
    const { say, press, form, store } = await cast();
    await say(MODERATOR, "settings");
    expect(form(MODERATOR, { command: "settings.change", args: {} })).toEqual(["name", "value", "scope"]);
    await press(MODERATOR, "Daily tips");
    await say(MODERATOR, { command: "settings.change", args: { name: "threads", value: "on", scope: "everywhere" } });
    expect(await preferencesOf(store.settings, CHANNEL)).toMatchObject({ threads: true });
  });

  test("are for moderators only, whichever way they are asked for", async () => {
    const { say, store } = await cast();
    for (const what of [
      "settings",
      "settings threads on",
      "settings audit",
      { command: "settings.change", args: { name: "threads", value: "on" } },
    ])
      expect((await say(MEMBER, what)).text).toMatch(/Only moderators/);
    expect(await store.settings.all(CHANNEL)).toEqual({});
  });

  test("leave a line of who changed what, tips among them", async () => {
    const { say, go } = await cast();
    expect((await say(MODERATOR, "settings audit")).text).toMatch(/No setting has been changed/);
    await say(MODERATOR, "settings threads on");
    go(60_000);
    await say({ id: "eve", moderator: true }, "settings threads off everywhere");
    go(60_000);
    await say(MODERATOR, "settings threads on everywhere");
    go(60_000);
    await say(MODERATOR, "tips here at 9am UTC daily");
    const { text } = await say(MODERATOR, "settings audit");
    expect(text.split("\n").filter((line) => line.startsWith("-"))).toEqual([
      "- 2026-11-24 08:03 UTC: tips here, standard to 09:00 UTC every day, by mod",
      "- 2026-11-24 08:02 UTC: threads everywhere, standard to on, by mod",
      "- 2026-11-24 08:00 UTC: threads here, standard to on, by mod",
    ]);
  });

  test("a question about settings is a question", async () => {
    const { tutor } = await cast();
    const hear = (text: string) =>
      tutor.hear({ id: "x", person: MEMBER, place: CHANNEL, said: { kind: "text", text } }).call.command;
    expect(hear("settings of the docker daemon")).toBe("ask");
    expect(hear("settings topics all")).toBe("settings");
  });
});

describe("the digest", () => {
  test("comes to one channel of a community, moves and stops", async () => {
    const { say, store } = await cast();
    const place = (channel: string) => ({ platform: "test" as const, community: "c", channel: `digest ${channel}` });
    expect((await say(MODERATOR, "settings digest here")).text).toMatch(
      /comes here on Mondays\. The next one: Monday 30 November at 09:00, Europe\/London/,
    );
    expect((await say(MODERATOR, "settings")).text).toMatch(/digest here/);
    expect((await say(MODERATOR, "tips")).text).toMatch(/No daily tips/);
    await say(MODERATOR, "settings digest here", { ...CHANNEL, channel: "random" });
    expect(await store.tips.subscription(place("general"))).toBeUndefined();
    expect(await store.tips.subscription(place("random"))).toMatchObject({ weekdays: 1, minute: 540 });
    expect((await say(MODERATOR, "settings digest off")).text).toBe("The weekly digest is off.");
    expect(await store.tips.subscription(place("random"))).toBeUndefined();
  });
});
