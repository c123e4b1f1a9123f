/** Requests over HTTP: what Slack did not sign, or not now, or what would harm, is refused before anything hears it. */
import { expect, onTestFinished, test } from "vitest";
import { scripted } from "../../support/scripted.ts";
import { SECRET } from "../../support/slack/server.ts";
import { type SlackStage, type StageOptions, slackStage } from "../../support/slack/stage.ts";
import { until } from "../contract.ts";

async function stage(parts: StageOptions["parts"] = {}): Promise<SlackStage> {
  const script = await scripted();
  const slack = await slackStage(script, { mode: "http", parts });
  onTestFinished(async () => {
    script.open();
    await slack.close();
    await script.store.close();
  });
  return slack;
}

const JSON_TYPE = "application/json";
const event = JSON.stringify({
  type: "event_callback",
  team_id: "T0TEAM",
  event_id: "EvX",
  event: {
    type: "message",
    channel: "D0ANN",
    channel_type: "im",
    user: "U0ANN",
    ts: "1764000001.000001",
    text: "echo x",
  },
});

test("only what Slack signed, and signed just now, is heard", async () => {
  const { server, posted } = await stage();
  const now = Math.floor(Date.now() / 1000);
  const status = async (headers: Record<string, string>) => (await server.request(event, JSON_TYPE, headers)).status;
  const { "x-slack-signature": good = "", ...rest } = server.sign(event, now);
  expect(await status({})).toBe(401);
  expect(await status(rest)).toBe(401);
  expect(await status(server.sign(event, now, "not the secret"))).toBe(401);
  expect(await status(server.sign(event, now - 301))).toBe(401);
  for (const ahead of [310, 86_400]) expect(await status(server.sign(event, now + ahead))).toBe(401);
  expect(await status({ ...rest, "x-slack-signature": `${good}, ${good}` })).toBe(401);
  expect(posted()).toEqual([]);
  expect(await status(server.sign(event, now))).toBe(200);
  await until(() => posted().length === 1, "the answer");
});

test("bodies that are no object, or too large, are refused and harm nothing", async () => {
  const { server, posted, say } = await stage();
  for (const body of ["null", "[]", "1", '"x"', "{", ""]) {
    expect((await server.request(body, JSON_TYPE)).status).toBe(400);
    const form = new URLSearchParams({ payload: body }).toString();
    expect((await server.request(form, "application/x-www-form-urlencoded", server.sign(form))).status).toBe(400);
  }
  expect((await server.request(`{"x":"${"y".repeat(300_000)}"}`, JSON_TYPE)).status).toBe(413);
  const check = JSON.stringify({ type: "url_verification", challenge: "c0ffee", token: "t" });
  const answer = await server.request(check, JSON_TYPE);
  expect(await answer.text()).toContain("c0ffee");
  await say("echo fine");
  await until(() => posted().length === 1, "the answer");
});

test("one changed bit anywhere in the signature, the time or the body, and another version, are refused", async () => {
  const { server, posted } = await stage();
  const now = Math.floor(Date.now() / 1000);
  const headers = server.sign(event, now);
  const { "x-slack-signature": good = "", "x-slack-request-timestamp": time = "" } = headers;
  const flip = (text: string, at: number, bit: number) =>
    text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ bit) + text.slice(at + 1);
  const refused = async (changed: Record<string, string>, body = event) => {
    const status = await server.request(body, JSON_TYPE, { ...headers, ...changed }).then((each) => each.status);
    // A body that is no JSON any more is refused for that.
    expect([400, 401]).toContain(status);
  };
  // The lowest bits keep a header a header.
  for (let at = 0; at < good.length; at += 1)
    for (const bit of [1, 2, 4]) await refused({ "x-slack-signature": flip(good, at, bit) });
  for (let at = 0; at < time.length; at += 1) await refused({ "x-slack-request-timestamp": flip(time, at, 1) });
  for (let at = 0; at < event.length; at += 3) await refused({}, flip(event, at, 1));
  for (const version of ["v1=", "v00=", "V0=", ""])
    await refused({ "x-slack-signature": good.replace("v0=", version) });
  expect(posted()).toEqual([]);
});

test("while the secret is changed both are good, and a third is not", async () => {
  const transport = { mode: "http", signingSecret: `next-secret, ${SECRET}`, host: "127.0.0.1", port: 0 } as const;
  const { server, posted } = await stage({ transport });
  const now = Math.floor(Date.now() / 1000);
  const status = async (text: string, secret: string) => {
    const body = event.replace("echo x", text).replace("000001", `00000${text.length}`);
    return (await server.request(body, JSON_TYPE, server.sign(body, now, secret))).status;
  };
  expect(await status("echo next", "next-secret")).toBe(200);
  expect(await status("echo former", SECRET)).toBe(200);
  expect(await status("echo neither", "third-secret")).toBe(401);
  await until(() => posted().length === 2, "both answers");
});
