/** Sockets that break, requests that are not Slack's, and a stop in the middle. */
import { expect, onTestFinished, test } from "vitest";
import { scripted } from "../../support/scripted.ts";
import type { SlackOptions } from "../../support/slack/server.ts";
import { type SlackStage, slackStage } from "../../support/slack/stage.ts";
import { until } from "../contract.ts";

async function stage(options: SlackOptions = {}): Promise<SlackStage & { open: () => void }> {
  const script = await scripted();
  const slack = await slackStage(script, options);
  onTestFinished(async () => {
    script.open();
    await slack.close();
    await script.store.close();
  });
  return { ...slack, open: script.open };
}

test("twelve broken sockets of three kinds: no event lost, none answered twice, and health says so", async () => {
  const slack = await stage();
  expect(slack.adapter.health()).toBe("up");
  const reasons = ["warning", "refresh_requested", "drop"] as const;
  for (let i = 0; i < 12; i += 1) {
    slack.server.disconnect(reasons[i % 3] ?? "drop");
    // Into the gap, or onto the socket that is about to go.
    await slack.say(`echo event${i}.`);
    await until(() => slack.server.sockets.size > 0 && slack.adapter.health() === "up", "the socket");
    await slack.say(`echo after${i}.`);
    await until(() => slack.posted().length >= (i + 1) * 2, `both answers of round ${i}`);
  }
  const texts = slack.posted().map(({ text }) => text);
  expect(new Set(texts).size).toBe(24);
  expect(texts).toHaveLength(24);
});

test("a reconnect that first meets a failing or limiting Slack still comes back", async () => {
  const slack = await stage();
  slack.server.fate("apps.connections.open", { kind: "status", status: 500 }, { kind: "limited", seconds: 1 });
  slack.server.disconnect("drop");
  await until(() => slack.adapter.health() !== "up", "the drop to be noticed");
  await until(() => slack.adapter.health() === "up" && slack.server.sockets.size > 0, "the socket");
  await slack.say("echo back");
  await until(() => slack.posted().length === 1, "the answer");
});

test("a socket that drops in mid-answer: the answer comes, once", async () => {
  const slack = await stage();
  await slack.mention("slow");
  await until(() => slack.server.acks.length > 0, "the acknowledgement");
  slack.server.disconnect("drop");
  slack.open();
  await until(() => slack.posted().length === 1, "the answer");
  await until(() => slack.adapter.health() === "up" && slack.server.sockets.size > 0, "the socket");
  await slack.say("echo end");
  await until(() => slack.posted().length === 2, "the last answer");
});

test("while stopping nothing new is taken: Slack keeps it for the next process", async () => {
  const slack = await stage();
  await slack.mention("slow");
  await until(() => slack.server.acks.length > 0, "the acknowledgement");
  const stopping = slack.stop();
  await slack.say("echo too late");
  slack.open();
  await stopping;
  expect(slack.posted().map(({ text }) => text)).toEqual(["Slow answer."]);
  expect(slack.server.unacknowledged()).toBeGreaterThan(0);
  expect(slack.adapter.health()).toBe("down");
});

test("a token that Slack refuses is refused at start, in one sentence", async () => {
  const slack = await stage();
  slack.server.fate("auth.test", { kind: "error", error: "invalid_auth" });
  const { slack: open } = await import("../../../adapters/slack/index.ts");
  const script = await scripted();
  onTestFinished(() => script.store.close());
  const other = open({
    botToken: "xoxb-wrong",
    apiUrl: slack.server.apiUrl,
    transport: { mode: "socket", appToken: "xapp-1-x" },
    admins: [],
    log: slack.log,
  });
  await expect(other.start(script.tutor, script.desk(other.deliver))).rejects.toThrow(
    "Slack refuses SLACK_BOT_TOKEN: invalid_auth.",
  );
});
