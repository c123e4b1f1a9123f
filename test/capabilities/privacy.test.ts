/** `privacy`, `export`, `forget`. */
import { describe, expect, test } from "vitest";
import { CHANNEL, cast, MEMBER, MODERATOR } from "../support/cast.ts";

const KEY = { platform: "test", community: "c", person: "ann" } as const;

describe("privacy", () => {
  test.each(["privacy", "What do you know about me?", "what data do you store", "/privacy"])(
    "%s fits one screen",
    async (text) => {
      const { say } = await cast();
      const { text: said, audience, buttons } = await say(MEMBER, text);
      expect(audience).toBe("asker");
      expect(said.length).toBeLessThan(1100);
      expect(said).toMatch(/text you write to me: only until I have answered, 24 hours at most/);
      expect(said).toMatch(/concepts, no text and no names, 24 hours/);
      expect(said).toMatch(/12 months after the last answer/);
      expect(said).toMatch(/400 days/);
      expect(buttons).toEqual(["Export my data", "Forget me"]);
    },
  );

  test("a conversation that has the word in it is a question", async () => {
    const { tutor } = await cast();
    for (const text of [
      "forget about volumes for a moment",
      "delete my container",
      "how do I export a container",
      "remove all data from a volume",
    ])
      expect(
        tutor.hear({ id: "x", person: MEMBER, place: CHANNEL, said: { kind: "text", text } }).call.command,
      ).toMatch(/^(?:ask|read)$/);
  });
});

describe("export", () => {
  test("is everything of mine as JSON in parts, and nothing of others", async () => {
    const { say, press } = await cast();
    expect((await say(MEMBER, "export")).text).toBe("I keep nothing about you.");
    for (let i = 0; i < 12; i++) {
      await say(MEMBER, "what is a volume");
      await press(MEMBER, "Not helpful");
    }
    await say(MODERATOR, "settings threads on");
    let { text, reply, buttons, audience } = await say(MEMBER, "export my data");
    expect(audience).toBe("asker");
    const parts: string[] = [];
    for (;;) {
      const code = reply.blocks.find((block) => block.kind === "code");
      if (code?.kind !== "code") throw new Error(text);
      parts.push(code.text);
      expect(code.text.length).toBeLessThanOrEqual(2000);
      const [next] = buttons;
      if (!next) break;
      expect(next).toBe(`Part ${parts.length + 1} of ${/of (\d+)/.exec(next)?.[1]}`);
      ({ text, reply, buttons } = await press(MEMBER, next));
    }
    expect(parts.length).toBeGreaterThan(1);
    const everything = JSON.parse(parts.join("\n")) as Record<string, object[]>;
    expect(everything.feedback).toHaveLength(12);
    expect(JSON.stringify(everything)).not.toMatch(/mod/);
    expect((await say(MEMBER, "export 99")).text).toMatch(/no part 99/);
  });
});

describe("forget", () => {
  test.each(["forget me", "delete my data", "Forget everything you know about me!"])(
    "%s asks first, then all is gone",
    async (text) => {
      const { say, press, store } = await cast();
      await say(MEMBER, "what is a volume");
      await press(MEMBER, "Helpful");
      const { text: asked, audience } = await say(MEMBER, text);
      expect(asked).toMatch(/cannot be undone/);
      expect(audience).toBe("asker");
      expect(await store.privacy.export(KEY)).not.toEqual({});
      expect((await press(MEMBER, "Yes, forget me")).text).toMatch(
        /^Done\. Everything I kept about you on this platform, in every server.* is gone/,
      );
      expect(await store.privacy.export(KEY)).toEqual({});
      expect((await say(MEMBER, "forget me yes")).text).toMatch(/nothing about you/);
    },
  );

  test("reaches every community, and on Slack, where another workspace's same id may be another person, this one", async () => {
    const { say, store } = await cast();
    const other = { ...CHANNEL, community: "other" };
    await store.learners.note(KEY, "board", "on");
    await store.learners.note({ ...KEY, community: "other" }, "board", "on");
    expect((await say(MEMBER, "privacy")).text).toMatch(
      /forget me deletes all of it on this platform, in every server/,
    );
    expect((await say(MEMBER, "export")).text).toMatch(/"other"/);
    await say(MEMBER, "forget me yes");
    expect((await say(MEMBER, "export", other)).text).toBe("I keep nothing about you.");

    const slack = { ...CHANNEL, platform: "slack" } as const;
    const key = { ...KEY, platform: "slack" } as const;
    await store.learners.note(key, "board", "on");
    await store.learners.note({ ...key, community: "other" }, "board", "on");
    expect((await say(MEMBER, "privacy", slack)).text).toMatch(
      /in this workspace.*Another workspace.*say it there too/s,
    );
    expect((await say(MEMBER, "forget me yes", slack)).text).toMatch(
      /^Done\. Everything I kept about you in this work/,
    );
    expect(await store.learners.notes(key)).toEqual({});
    expect(await store.learners.notes({ ...key, community: "other" })).toEqual({ board: "on" });
  });

  test("leaves what others have, and what a place was set to", async () => {
    const { say, press, store } = await cast();
    await say(MODERATOR, "tips at 9am UTC");
    await say(MEMBER, "what is a volume");
    await press(MEMBER, "Helpful");
    await say(MODERATOR, "forget me yes");
    expect(await store.privacy.export(KEY)).not.toEqual({});
    expect(await store.tips.subscription(CHANNEL)).toMatchObject({ minute: 540, setBy: "" });
    expect((await say({ id: "eve", moderator: true }, "settings audit")).text).toMatch(/tips here.*by someone/);
  });
});
