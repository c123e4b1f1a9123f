/** The messages tab of an agent: prompts, status and title, and answers that need none of them. */
import { expect, onTestFinished, test } from "vitest";
import { scripted } from "../../support/scripted.ts";
import type { SlackOptions } from "../../support/slack/server.ts";
import { DIRECT, slackStage } from "../../support/slack/stage.ts";
import { until } from "../contract.ts";

async function stage(options: SlackOptions = {}) {
  const script = await scripted();
  const slack = await slackStage(script, options);
  onTestFinished(async () => {
    script.open();
    await slack.close();
    await script.store.close();
  });
  const called = (method: string) => slack.server.calls.filter((call) => call.method === `assistant.threads.${method}`);
  const direct = (text: string, rest = {}) => slack.message({ channel: DIRECT, channel_type: "im", text, ...rest });
  return { ...slack, open: script.open, called, direct };
}

for (const mode of ["socket", "http"] as const) {
  test(`an answer that takes its time says so, and takes that back (${mode})`, async () => {
    const slack = await stage({ mode });
    const ts = await slack.direct("slow");
    await until(() => slack.called("setStatus").length === 1, "the status");
    expect(slack.called("setStatus")[0]?.args).toMatchObject({ channel_id: DIRECT, thread_ts: ts });
    expect(slack.posted()).toEqual([]);
    slack.open();
    await until(() => slack.called("setStatus").length === 2, "the status to go");
    expect(slack.called("setStatus")[1]?.args.status).toBe("");
    expect(slack.posted()).toHaveLength(1);
  });

  test(`a thread of the tab is named once, after what was asked first (${mode})`, async () => {
    const slack = await stage({ mode });
    const thread_ts = slack.server.nextTs();
    await slack.direct("echo first", { thread_ts });
    await until(() => slack.called("setTitle").length === 1, "the title");
    await slack.direct("echo second", { thread_ts });
    await until(() => slack.posted().length === 2, "the second answer");
    expect(slack.called("setTitle").map(({ args }) => args.title)).toEqual(["echo first"]);
    expect(slack.server.posts.map(({ thread }) => thread)).toEqual([thread_ts, thread_ts]);
  });

  test(`without the scope or the plan for agents every answer comes, and it is not tried for ever (${mode})`, async () => {
    const slack = await stage({ mode, scopes: ["app_mentions:read", "chat:write", "commands", "im:history"] });
    slack.server.fate("assistant.threads.setStatus", { kind: "error", error: "not_allowed" });
    await slack.direct("slow", { thread_ts: "1764000000.000100" });
    await until(() => slack.called("setStatus").length === 1, "the status that fails");
    slack.open();
    await until(() => slack.called("setTitle").length === 1, "the title that fails");
    await slack.direct("echo next", { thread_ts: "1764000000.000200" });
    await slack.direct("echo last", { thread_ts: "1764000000.000300" });
    await until(() => slack.posted().length === 3, "all answers");
    expect(slack.called("setTitle")).toHaveLength(1);
    expect(slack.called("setStatus")).toHaveLength(1);
  });
}
