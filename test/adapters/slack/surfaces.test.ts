/** Everything beside messages: Home, prompts, shortcuts, forms, a welcome, taking an answer away. */
import { describe, expect, test } from "vitest";
import { realSlack as opened, type RealOptions } from "../../support/slack/real.ts";
import type { Json } from "../../support/slack/server.ts";
import { CHANNEL, DIRECT, PERSON, type SlackStage } from "../../support/slack/stage.ts";
import { until } from "../contract.ts";

const shortcut = (slack: SlackStage, callback_id: string, message?: Json, user = PERSON) =>
  slack.server.send("interactive", {
    type: message ? "message_action" : "shortcut",
    callback_id,
    token: "t",
    action_ts: slack.server.nextTs(),
    team: { id: "T0TEAM", domain: "loopback" },
    user: { id: user, team_id: "T0TEAM" },
    trigger_id: slack.server.trigger(),
    ...(message
      ? {
          message_ts: message.ts,
          channel: { id: CHANNEL, name: "general" },
          response_url: slack.server.responseUrl(CHANNEL, user),
          message,
        }
      : {}),
  });

for (const mode of ["socket", "http"] as const)
  describe(`in ${mode} mode`, () => {
    const realSlack = (options: RealOptions = {}) => opened({ mode, ...options });

    test("the Home is there at the first open, and survives a conflict", async () => {
      const slack = await realSlack();
      slack.server.fate("views.publish", { kind: "error", error: "hash_conflict" });
      await slack.server.event({
        type: "app_home_opened",
        user: PERSON,
        channel: DIRECT,
        tab: "home",
        event_ts: "1.1",
      });
      await until(() => slack.server.views.published.length > 0, "the Home");
      const [view] = slack.server.views.published;
      expect(view?.user_id).toBe(PERSON);
      expect(slack.server.views.published.flatMap(({ blocks }) => blocks as Json[]).length).toBeGreaterThan(1);
    });

    test("an admin's Home says which scopes are missing, others' does not", async () => {
      const slack = await realSlack({
        scopes: ["app_mentions:read", "chat:write", "commands", "im:history", "users:read"],
      });
      slack.server.admins.add("U0ADMIN");
      for (const user of ["U0ADMIN", PERSON])
        await slack.server.event({ type: "app_home_opened", user, channel: DIRECT, tab: "home", event_ts: "1.1" });
      await until(() => slack.server.views.published.length === 2, "both Homes");
      const of = (user: string) => JSON.stringify(slack.server.views.published.find(({ user_id }) => user_id === user));
      expect(of("U0ADMIN")).toContain("files:write is missing");
      expect(of(PERSON)).not.toContain("is missing");
    });

    test("the messages tab suggests prompts, and a plan without them stops nothing", async () => {
      const slack = await realSlack();
      const opened = { type: "app_home_opened", user: PERSON, channel: DIRECT, tab: "messages", event_ts: "1.1" };
      const asked = () => slack.server.calls.filter(({ method }) => method === "assistant.threads.setSuggestedPrompts");
      await slack.server.event(opened);
      await until(() => asked().length === 1, "the prompts");
      expect(asked().flatMap(({ args }) => args.prompts as Json[]).length).toBeLessThanOrEqual(4);
      slack.server.fate("assistant.threads.setSuggestedPrompts", { kind: "error", error: "missing_scope" });
      await slack.server.event(opened);
      await slack.say("what is a volume?");
      await until(() => slack.posted().length === 1, "the answer");
    });

    test("Explain this answers about the message, in its thread", async () => {
      const slack = await realSlack();
      const ts = slack.server.nextTs();
      await shortcut(slack, "explain", { type: "message", ts, user: "U0BOB", text: "just use a bind mount" });
      await until(() => slack.posted().length === 1, "the answer");
      expect(slack.posted()[0]?.text).toMatch(/bind mount/i);
      expect(slack.server.posts[0]?.thread).toBe(ts);
    });

    test("Ask the tutor opens a form, and its answer comes as a direct message", async () => {
      const slack = await realSlack();
      await shortcut(slack, "ask");
      await until(() => slack.form() !== undefined, "the form");
      await slack.submit({ "Your question": "what is a volume?" });
      await until(() => slack.posted().length === 1, "the answer");
      expect(slack.server.posts[0]?.channel).toBe(PERSON);
    });

    test("a form that can no longer open leaves a button that can", async () => {
      const slack = await realSlack({ admins: [PERSON] });
      await slack.slash("settings");
      await until(() => slack.posted().length === 1, "the settings");
      slack.server.fate("views.open", { kind: "error", error: "expired_trigger_id" });
      await slack.click("Change");
      await until(() => slack.posted().length === 2, "the button");
      await slack.click("Change a setting");
      await until(() => slack.form() !== undefined, "the form");
      await slack.submit({ Setting: "followup", "New value": "off" });
      await until(() => slack.posted().length === 3, "the change");
      expect(slack.posted()[2]).toMatchObject({ audience: "asker" });
    });

    test("who asked, or an admin, can take an answer away; others cannot, and nobody another's message", async () => {
      const slack = await realSlack();
      slack.server.admins.add("U0ADMIN");
      for (const remover of [PERSON, "U0ADMIN"]) {
        await slack.mention("what is a volume?");
        const answers = () => slack.server.posts.filter(({ method }) => method === "chat.postMessage");
        await until(() => answers().length === 1, "the answer");
        const [post] = answers();
        const message = {
          type: "message",
          ts: post?.ts,
          user: "U0BOT",
          bot_id: "B0BOT",
          text: post?.text,
          blocks: post?.blocks,
        };
        const notes = slack.posted().length;
        await shortcut(slack, "remove", message, "U0STRANGER");
        await until(() => slack.posted().length > notes, "the refusal");
        expect(answers()).toHaveLength(1);
        await shortcut(slack, "remove", message, remover);
        await until(() => answers().length === 0, "the answer to go");
      }
      await shortcut(slack, "remove", { type: "message", ts: "1.1", user: "U0BOB", text: "mine" });
      await until(() => slack.posted().some(({ text }) => /only remove answers of mine/.test(text)), "the refusal");
    });

    test("a short welcome when added to a channel, none when somebody else joins", async () => {
      const slack = await realSlack();
      await slack.server.event({
        type: "member_joined_channel",
        user: "U0BOB",
        channel: CHANNEL,
        channel_type: "C",
        team: "T0TEAM",
      });
      await slack.server.event({
        type: "member_joined_channel",
        user: "U0BOT",
        channel: CHANNEL,
        channel_type: "C",
        team: "T0TEAM",
      });
      await until(() => slack.posted().length > 0, "the welcome");
      await slack.say("what is a volume?");
      await until(() => slack.posted().length === 2, "the answer");
      expect(slack.posted()[0]?.text).toMatch(/Mention me/);
    });
  });
