/** What people get in Slack: item by item what they may expect. */
import { describe, expect, test } from "vitest";
import { realSlack as opened, type RealOptions } from "../../support/slack/real.ts";
import { PERSON, pingsIn } from "../../support/slack/stage.ts";
import { until } from "../contract.ts";

for (const mode of ["socket", "http"] as const)
  describe(`in ${mode} mode`, () => {
    const realSlack = (options: RealOptions = {}) => opened({ mode, ...options });

    test("a mention is answered in its thread, with sources and no previews, and the text says all", async () => {
      const slack = await realSlack();
      const ts = await slack.message({ type: "app_mention", text: "<@U0BOT> what is a volume?" });
      await until(() => slack.posted().length > 0, "the answer");
      const [post] = slack.server.posts;
      expect(post?.thread).toBe(ts);
      expect(post?.args).toMatchObject({ unfurl_links: false, unfurl_media: false });
      expect(slack.posted()[0]?.text).toMatch(/Source: /);
      expect(post?.text).toMatch(/volume/i);
      expect(post?.text).toMatch(/Source: /);
    });

    test("an off-topic question gets no sources", async () => {
      const slack = await realSlack();
      await slack.say("what is the best recipe for tiramisu?");
      await until(() => slack.posted().length > 0, "the answer");
      expect(slack.posted()[0]?.text).not.toMatch(/Source/);
    });

    test("compare is one table, and its text has the fact of every cell", async () => {
      const slack = await realSlack();
      await slack.slash("compare vm container");
      await until(() => slack.posted().length > 0, "the answer");
      const [post] = slack.server.posts;
      const tables = post?.blocks.filter(({ type }) => type === "table") ?? [];
      expect(tables).toHaveLength(1);
      const rows = tables[0]?.rows as { type: string; text?: string }[][];
      expect(rows.length).toBeGreaterThan(3);
      const cells = rows.flat().flatMap((cell) => (cell.type === "raw_text" && cell.text?.trim() ? [cell.text] : []));
      const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
      expect(cells.filter((cell) => !post?.text.includes(escaped(cell)))).toEqual([]);
      expect(post?.user).toBeUndefined();
    });

    const LINES: readonly (readonly [typed: string, expected: RegExp, audience: "everyone" | "asker"])[] = [
      ["", /Ask me anything/, "asker"],
      ["help", /Ask me anything/, "asker"],
      ["   compare    vm   container  ", /virtual machine/i, "everyone"],
      ["compare “virtual machine” container", /virtual machine/i, "everyone"],
      ["comapre vm container", /virtual machine/i, "everyone"],
      ["what is a volume?", /volume/i, "everyone"],
      ["settings", /Only moderators/, "asker"],
    ];
    for (const [typed, expected, audience] of LINES)
      test(`/docker ${typed || "(nothing)"} is answered to ${audience}`, async () => {
        const slack = await realSlack();
        await slack.slash(typed);
        await until(() => slack.posted().length > 0, "the answer");
        expect(slack.posted()[0]?.text).toMatch(expected);
        expect(slack.posted()[0]?.audience).toBe(audience);
        // What everybody sees answered, everybody sees asked.
        const shown = JSON.stringify(slack.server.acks).includes("in_channel");
        expect(shown).toBe(audience === "everyone");
      });

    test("where the tutor is no member, a command is answered through its own address", async () => {
      const slack = await realSlack();
      slack.server.members.joined = () => false;
      await slack.slash("what is a volume?");
      await until(() => slack.posted().length > 0, "the answer");
      expect(slack.server.posts[0]?.method).toBe("response_url");
    });

    test("a follow-up in its thread needs no mention, remembers, and can be turned off", async () => {
      const slack = await realSlack({ admins: [PERSON] });
      const ts = await slack.message({ type: "app_mention", text: "<@U0BOT> what is a volume?" });
      await until(() => slack.posted().length === 1, "the answer");
      await slack.message({ thread_ts: ts, text: "and how do I remove one?" });
      await until(() => slack.posted().length === 2, "the follow-up's answer");
      expect(slack.posted()[1]?.text).toMatch(/volume rm|volume/);
      expect(slack.server.posts[1]?.thread).toBe(ts);
      // Nothing was read from Slack for it.
      expect(slack.server.calls.filter(({ method }) => method.startsWith("conversations."))).toEqual([]);
      // A thread of other people is left alone.
      await slack.message({ thread_ts: "1700000000.000001", text: "what is a container?" });
      await slack.slash("settings followup off");
      await until(() => slack.posted().length === 3, "the setting");
      expect(slack.posted()[2]?.text).toMatch(/followup off/);
    });

    test("a setting of a channel holds after a restart: no follow-ups there", async () => {
      const first = await realSlack({ admins: [PERSON] });
      await first.slash("settings followup off");
      await until(() => first.posted().length === 1, "the setting");
      const ts = await first.message({ type: "app_mention", text: "<@U0BOT> what is a volume?" });
      await until(() => first.posted().length === 2, "the answer");
      await first.stop();
      const second = await realSlack({ store: first.store, admins: [PERSON] });
      await second.message({ thread_ts: ts, text: "and how do I remove one?" });
      await second.say("what is an image?");
      await until(() => second.posted().length > 0, "the other answer");
      expect(second.posted()).toHaveLength(1);
    });

    test("the same mention is answered once, also with a restart in between", async () => {
      const first = await realSlack();
      await first.message({ type: "app_mention", ts: "1764000000.900001", text: "<@U0BOT> what is a volume?" });
      await until(() => first.posted().length === 1, "the answer");
      await first.stop();
      const second = await realSlack({ store: first.store });
      await second.message({ type: "app_mention", ts: "1764000000.900001", text: "<@U0BOT> what is a volume?" });
      await second.message({ ts: "1764000000.900001", text: "<@U0BOT> what is a volume?" });
      await second.say("what is an image?");
      await until(() => second.posted().length > 0, "the other answer");
      expect(second.posted()).toHaveLength(1);
      expect(second.posted()[0]?.text).toMatch(/image/i);
    });

    test("hostile words in a question come back harmless", async () => {
      const slack = await realSlack();
      await slack.say("what is &lt;!channel&gt; <!here> <@U0BOSS> <#C1|general> <https://evil.example|docker> volume?");
      await slack.slash("help &lt;!everyone&gt;");
      await until(() => slack.posted().length > 1, "the answers");
      expect(slack.server.posts.flatMap(({ args }) => pingsIn(args))).toEqual([]);
    });

    test("a bad rating opens a form at once, counts without it, and keeps no message text", async () => {
      const slack = await realSlack();
      await slack.mention("what is a volume?");
      await until(() => slack.posted().length === 1, "the answer");
      await slack.click("Not helpful");
      await until(() => slack.form() !== undefined, "the form");
      expect(slack.form()).toEqual(["What was missing or wrong (shown unnamed)"]);
      await until(() => slack.posted().some(({ text }) => /did not help/.test(text)), "the note");
      await slack.submit({ "What was missing or wrong (shown unnamed)": "too short" });
      await until(() => slack.posted().some(({ text }) => /Moderators read your words/.test(text)), "thanks");
      expect(slack.posted().at(-1)?.audience).toBe("asker");
      // Somebody else's vote is their own.
      await slack.clickOn("Helpful", "U0BOB");
      await until(() => slack.posted().some(({ text }) => /that helped/.test(text)), "the other vote");
      expect(slack.server.posts.at(-1)?.user).toBe("U0BOB");
    });

    test("admins may set things, others may not; without the scope the log says whom to name", async () => {
      const slack = await realSlack();
      slack.server.admins.add("U0ADMIN");
      await slack.slash("settings", "U0ADMIN");
      await until(() => slack.posted().length === 1, "the settings");
      expect(slack.posted()[0]?.text).toMatch(/What holds in this channel/);
      const bare = await realSlack({ scopes: ["app_mentions:read", "chat:write", "commands", "im:history"] });
      await bare.slash("settings", "U0ADMIN");
      await until(() => bare.posted().length === 1, "the refusal");
      expect(bare.posted()[0]?.text).toMatch(/Only moderators/);
      const said = bare.log.lines.map(({ message }) => message).join("\n");
      expect(said).toMatch(/users:read is missing/);
      expect(said).toMatch(/channels:history is missing: in channels each follow-up needs a mention/);
    });

    test("the way to a goal can be shared, however it was asked for; what is one's own has no such button", async () => {
      const slack = await realSlack();
      await slack.slash("learn kubernetes");
      await until(() => slack.posted().length === 1, "the way");
      expect(slack.posted()[0]).toMatchObject({ audience: "asker", buttons: expect.arrayContaining(["Share"]) });
      await slack.click("Share");
      await until(() => slack.posted().length === 2, "the shared way");
      expect(slack.posted()[1]?.audience).toBe("everyone");
      await slack.slash(`learn ${"kubernetes and ".repeat(9)}`);
      await slack.slash("privacy");
      await until(() => slack.posted().length === 4, "the others");
      expect(
        slack
          .posted()
          .slice(2)
          .flatMap(({ buttons }) => buttons),
      ).not.toContain("Share");
    });

    test("help can be shared with everybody", async () => {
      const slack = await realSlack();
      await slack.slash("help");
      await until(() => slack.posted().length === 1, "help");
      await slack.click("Share");
      await until(() => slack.posted().length === 2, "the shared help");
      expect(slack.posted().map(({ audience }) => audience)).toEqual(["asker", "everyone"]);
    });
  });
