/** Posts under rate limits, broken connections and refusals: each once, in order, or honestly not. */
import { describe, expect, onTestFinished, test } from "vitest";
import { type Reply, remark } from "../../../src/core/reply.ts";
import { LONG, scripted } from "../../support/scripted.ts";
import type { Fate, SlackOptions } from "../../support/slack/server.ts";
import { CHANNEL, type SlackStage, slackStage } from "../../support/slack/stage.ts";
import { until } from "../contract.ts";

async function opened(options: SlackOptions = {}): Promise<SlackStage> {
  const script = await scripted();
  const slack = await slackStage(script, options);
  onTestFinished(async () => {
    script.open();
    await slack.close();
    await script.store.close();
  });
  return slack;
}

const tip = (text = "A tip."): Reply => remark([text]);
const limited: Fate = { kind: "limited", seconds: 1 };

for (const mode of ["socket", "http"] as const)
  describe(`in ${mode} mode`, () => {
    const stage = (options: SlackOptions = {}) => opened({ mode, ...options });

    test("after a rate limit the same message is sent again, once", async () => {
      const slack = await stage();
      slack.server.fate("chat.postMessage", limited, limited);
      expect(await slack.deliver(tip(), "k1")).toEqual({ kind: "sent" });
      expect(slack.posted()).toHaveLength(1);
    });

    test("a hundred posts under sixty rate limits arrive once each and in order", async () => {
      const slack = await stage();
      slack.server.fate("chat.postMessage", ...Array.from({ length: 60 }, () => limited));
      const sent = await Promise.all(Array.from({ length: 100 }, (_, i) => slack.deliver(tip(`Tip ${i}.`), `k${i}`)));
      expect(sent.every(({ kind }) => kind === "sent")).toBe(true);
      expect(slack.posted().map(({ text }) => text)).toEqual(Array.from({ length: 100 }, (_, i) => `Tip ${i}.`));
    });

    test("a channel with a hundred posts waiting takes no more: they come later", async () => {
      const slack = await stage();
      const sent = await Promise.all(Array.from({ length: 105 }, (_, i) => slack.deliver(tip(`Tip ${i}.`), `k${i}`)));
      expect(sent.filter(({ kind }) => kind === "later")).toHaveLength(5);
      expect(slack.posted()).toHaveLength(100);
    });

    test("half of the answers lost after the server acted: nothing twice, nothing missing where history may be read", async () => {
      const slack = await stage();
      const fates: Fate[] = Array.from({ length: 20 }, (_, i) =>
        i % 2 ? { kind: "reset" } : { kind: "error", error: i % 4 ? "fatal_error" : "internal_error" },
      );
      slack.server.fate("chat.postMessage", ...fates);
      for (let i = 0; i < 20; i += 1) expect(await slack.deliver(tip(`Tip ${i}.`), `k${i}`)).toEqual({ kind: "sent" });
      expect(slack.posted().map(({ text }) => text)).toEqual(Array.from({ length: 20 }, (_, i) => `Tip ${i}.`));
    });

    test("without the scope to look, a lost answer is admitted and left alone", async () => {
      const slack = await stage({ scopes: ["chat:write", "app_mentions:read"] });
      slack.server.fate("chat.postMessage", { kind: "reset" }, { kind: "status", status: 502, acts: true });
      expect(await slack.deliver(tip(), "k1")).toEqual({ kind: "unsure" });
      expect(await slack.deliver(tip("Other."), "k2")).toEqual({ kind: "unsure" });
      expect(slack.posted()).toHaveLength(2);
    });

    test("after a restart what stands there is found by its key, and only what is missing follows", async () => {
      const slack = await stage();
      expect(await slack.deliver(tip(), "k1")).toEqual({ kind: "sent" });
      const script = await scripted();
      onTestFinished(() => script.store.close());
      // Another process that never posted anything, looking at the same Slack.
      const { slack: fresh } = await import("../../../adapters/slack/index.ts");
      const other = fresh({
        botToken: "xoxb-loopback-1",
        apiUrl: slack.server.apiUrl,
        transport: { mode: "http", signingSecret: "another-secret", host: "127.0.0.1", port: 0 },
        admins: [],
        log: slack.log,
      });
      await other.start(script.tutor, script.desk(other.deliver));
      onTestFinished(() => other.stop());
      const place = { platform: "slack", community: "T0TEAM", channel: CHANNEL } as const;
      expect(await other.deliver(place, tip(), "k1", { again: true })).toEqual({ kind: "sent" });
      expect(slack.posted()).toHaveLength(1);
      expect(await other.deliver(place, tip("New."), "k2", { again: true })).toEqual({ kind: "sent" });
      expect(slack.posted().map(({ text }) => text)).toEqual(["A tip.", "New."]);
      expect(await other.deliver({ ...place, channel: "U0ANN" }, tip(), "k3", { again: true })).toEqual({
        kind: "unsure",
      });
    });

    const REFUSALS: readonly (readonly [error: string, outcome: string])[] = [
      ["channel_not_found", "gone"],
      ["not_in_channel", "gone"],
      ["is_archived", "gone"],
      ["token_revoked", "gone"],
      ["account_inactive", "gone"],
      ["invalid_auth", "later"],
      ["missing_scope", "later"],
    ];
    for (const [error, outcome] of REFUSALS)
      test(`${error} is ${outcome}, logged by its name, without a secret`, async () => {
        const slack = await stage();
        slack.server.fate("chat.postMessage", { kind: "error", error });
        expect((await slack.deliver(tip(), "k1")).kind).toBe(outcome);
        const log = JSON.stringify(slack.log.lines);
        expect(log).toContain(error);
        expect(log).not.toMatch(/xoxb|xapp/);
        expect(slack.posted()).toEqual([]);
        await slack.say("echo still here");
        await until(() => slack.posted().length > 0, "the next answer");
      });

    test("blocks that Slack refuses go out as text", async () => {
      const slack = await stage();
      slack.server.fate("chat.postMessage", { kind: "error", error: "invalid_blocks" });
      expect(await slack.deliver(tip(), "k1")).toEqual({ kind: "sent" });
      expect(slack.server.posts[0]).toMatchObject({ text: "A tip.", blocks: [] });
    });

    test("nobody listens: it is tried again, and then it comes later", async () => {
      const slack = await stage();
      await slack.server.close();
      // A connection that stood open may have carried it.
      expect((await slack.deliver(tip(), "k1")).kind).not.toBe("sent");
      expect((await slack.deliver(tip(), "k2")).kind).toBe("later");
    });

    test("a workspace that never installed the app is gone, not a crash", async () => {
      const slack = await stage();
      const place = { platform: "slack", community: "T0OTHER", channel: "C1" } as const;
      expect((await slack.adapter.deliver(place, tip(), "k1")).kind).toBe("gone");
    });

    test("a long answer comes in parts of at most 11,000 characters, in its thread and in order, at one post a second", async () => {
      const slack = await stage({ onePerSecond: true });
      const place = { platform: "slack", community: "T0TEAM", channel: CHANNEL, thread: "1764000000.000900" } as const;
      const long: Reply = { ...tip(), blocks: [...LONG, ...LONG] };
      expect(await slack.adapter.deliver(place, long, "k1")).toEqual({ kind: "sent" });
      const parts = slack.server.posts;
      expect(parts.length).toBeGreaterThan(1);
      expect(parts.every(({ thread }) => thread === place.thread)).toBe(true);
      expect(Math.max(...parts.map(({ text }) => text.length))).toBeLessThanOrEqual(11_100);
      // Code that goes on in the next part is code there too.
      expect(parts.every(({ text }) => (text.match(/```/g) ?? []).length % 2 === 0)).toBe(true);
      expect(parts.map(({ metadata }) => metadata?.event_payload.page)).toEqual(parts.map((_, i) => i));
    });

    test("a rate limit in the middle of a long answer repeats no part of it", async () => {
      const slack = await stage();
      const long: Reply = { ...tip(), blocks: [...LONG, ...LONG] };
      slack.server.fate("chat.postMessage", { kind: "error", error: "none" }, { kind: "limited", seconds: 300 });
      // The first part is refused as blocks and goes as text; the second has to wait for minutes.
      expect((await slack.deliver(long, "k1")).kind).toBe("later");
      slack.server.fate("chat.postMessage");
      expect(await slack.deliver(long, "k1")).toEqual({ kind: "sent" });
      const pages = slack.server.posts.map(({ metadata }) => metadata?.event_payload.page);
      expect(pages).toEqual([...new Set(pages)]);
    });
  });
