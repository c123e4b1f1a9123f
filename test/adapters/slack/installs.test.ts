/** Many workspaces: each installs the app itself, has its own token and data, and is forgotten when it takes the app away. */
import { expect, onTestFinished, test } from "vitest";
import { slack as slackAdapter } from "../../../adapters/slack/index.ts";
import { remark } from "../../../src/core/reply.ts";
import { createMetrics } from "../../../src/ops/metrics.ts";
import { scripted } from "../../support/scripted.ts";
import { type RealOptions, realSlack } from "../../support/slack/real.ts";
import { ALL_SCOPES, type Json } from "../../support/slack/server.ts";
import { memoryStore } from "../../support/tutor.ts";
import { until } from "../contract.ts";

const HOUR = 3_600_000;
const OTHER = "T0OTHER";
const ORG = "E0ORG";

/** The team that a code or a token is of. */
const teamIn = (text: unknown): string => /[TE]0[A-Z]+/.exec(String(text))?.[0] ?? "";

interface Many extends RealOptions {
  readonly rotates?: boolean;
}

/** The tutor as workspaces install it, over HTTP unless it is said otherwise, with a browser and a clock. */
async function many({ rotates = false, mode = "http", ...options }: Many = {}) {
  const now = { at: Date.now() };
  const store = options.store ?? (await memoryStore(() => now.at));
  if (!options.store) onTestFinished(() => store.close());
  const install = {
    clientId: "1.2",
    clientSecret: "client-secret",
    stateSecret: "a secret for states of ours",
    publicUrl: "https://tutor.example.org",
    store: store.installations,
    limiter: { take: async () => ({ ok: true, retryMs: 0 }) },
  };
  const slack = await realSlack({
    mode,
    ...options,
    store,
    parts: {
      install,
      communities: store.installations,
      clock: () => now.at,
      ...(mode === "socket"
        ? { transport: { mode, appToken: "xapp-1-x", clientPingTimeout: 200, host: "127.0.0.1", port: 0 } }
        : {}),
      ...options.parts,
    },
  });
  let generation = 0;
  slack.server.scripts.set("oauth.v2.access", (args) => {
    const team = teamIn(args.code ?? args.refresh_token);
    if (!team) return { ok: false, error: "invalid_code" };
    generation += 1;
    const organisation = team.startsWith("E");
    return {
      ok: true,
      app_id: "A0APP",
      token_type: "bot",
      access_token: `xoxb-${team}-${generation}`,
      scope: ALL_SCOPES.join(","),
      bot_user_id: `U0BOT${team}`,
      authed_user: { id: "U0ANN" },
      team: organisation ? null : { id: team, name: `<b>${team}</b>` },
      enterprise: organisation ? { id: team, name: "The org" } : null,
      is_enterprise_install: organisation,
      ...(rotates ? { refresh_token: `xoxe-${team}-${generation}`, expires_in: 12 * 3600 } : {}),
    };
  });
  slack.server.scripts.set("auth.test", (_, token) => ({ ok: true, bot_id: `B0${teamIn(token)}`, url: "https://x/" }));

  const page = (path: string, cookie = "") =>
    fetch(`http://127.0.0.1:${slack.adapter.port()}${path}`, { headers: { cookie }, redirect: "manual" });
  async function begin() {
    const shown = await page("/slack/install");
    const cookie = shown.headers.get("set-cookie")?.split(";")[0] ?? "";
    const text = await shown.text();
    const href = /href="([^"]+)"/.exec(text)?.[1]?.replaceAll("&#38;", "&").replaceAll("&amp;", "&") ?? "";
    return { cookie, url: new URL(href), state: new URL(href).searchParams.get("state") ?? "" };
  }
  const finish = (state: string, cookie: string, rest = "code=code-T0TEAM") =>
    page(`/slack/oauth_redirect?${rest}&state=${encodeURIComponent(state)}`, cookie);
  async function add(team: string): Promise<string> {
    const { cookie, state } = await begin();
    const done = await finish(state, cookie, `code=code-${team}`);
    expect(done.status).toBe(200);
    return done.text();
  }
  const say = (team: string, text: string, rest: Json = {}) =>
    slack.server.event(
      { type: "message", channel: `D0${team}`, channel_type: "im", user: "U0ANN", ts: slack.server.nextTs(), text },
      {
        team_id: team,
        event_time: Math.floor(now.at / 1000),
        authorizations: [{ team_id: team, user_id: `U0BOT${team}`, is_bot: true, enterprise_id: null }],
        ...rest,
      },
    );
  const leave = (type: string, team: string, event: Json = {}, rest: Json = {}) =>
    slack.server.event({ type, ...event }, { team_id: team, event_time: Math.floor(now.at / 1000), ...rest });
  const tokens = (method: string) =>
    slack.server.calls.filter((call) => call.method === method).map(({ token }) => token);
  const lines = () => slack.log.lines.map(({ message }) => message);
  return { ...slack, now, page, begin, finish, add, hello: say, leave, tokens, lines };
}

for (const mode of ["http", "socket"] as const) {
  test(`two workspaces install it, and each is answered with its own token (${mode})`, async () => {
    const slack = await many({ mode });
    const text = await slack.add("T0TEAM");
    await slack.add(OTHER);
    expect(text).toContain("is installed");
    // A workspace's name is text, whatever it looks like.
    expect(text).not.toContain("<b>");
    await slack.hello("T0TEAM", "what is a volume?");
    await slack.hello(OTHER, "what is an image?");
    await until(() => slack.posted().length === 2, "both answers");
    expect(slack.tokens("chat.postMessage").sort()).toEqual(["xoxb-T0OTHER-2", "xoxb-T0TEAM-1"]);
    const log = JSON.stringify(slack.log.lines);
    expect(log).not.toMatch(/xox|client-secret/);
  });

  test(`a workspace without the app is answered with nothing, and counted (${mode})`, async () => {
    const metrics = createMetrics();
    const slack = await many({ mode, parts: { metrics } });
    await slack.hello("T0NOBODY", "what is a volume?");
    await until(() => slack.server.acks.length === 1, "the acknowledgement");
    await slack.add("T0TEAM");
    await slack.hello("T0TEAM", "what is an image?");
    await until(() => slack.posted().length === 1, "the answer");
    expect(slack.log.lines).toContainEqual({
      level: "warn",
      fields: { team: "T0NOBODY", unknown: 1 },
      message: "event of a workspace without the app",
    });
    expect(await metrics.text()).toContain("tutor_unknown_workspaces_total 1\n");
    expect(slack.lines()).not.toContain("Slack event failed");
  });
}

test("the way to Slack names our address for the way back, whatever host was asked for, and the scopes", async () => {
  const slack = await many();
  const { url, cookie } = await slack.begin();
  expect(url.origin + url.pathname).toBe("https://slack.com/oauth/v2/authorize");
  expect(url.searchParams.get("redirect_uri")).toBe("https://tutor.example.org/slack/oauth_redirect");
  expect(url.searchParams.get("scope")?.split(",")).toEqual(ALL_SCOPES);
  expect(cookie).not.toBe("");
  const shown = await slack.page("/slack/install");
  expect(shown.headers.get("set-cookie")).toMatch(/Secure; HttpOnly/);
  expect(shown.headers.get("content-security-policy")).toMatch(/default-src 'none'/);
  expect((await slack.page("/slack/other")).status).toBe(404);
});

test("a state is good once, for ten minutes, in the browser that began, and unchanged", async () => {
  const slack = await many();
  const { cookie, state } = await slack.begin();
  const refused = async (answer: Promise<Response>) => {
    const got = await answer;
    expect(got.status).toBe(400);
    expect(await got.text()).toMatch(/used before, is older than ten minutes, or was opened in another browser/);
  };
  await refused(slack.finish(state, ""));
  const name = cookie.split("=")[0];
  for (let at = 0; at < state.length; at += 5) {
    const changed = state.slice(0, at) + (state[at] === "A" ? "B" : "A") + state.slice(at + 1);
    await refused(slack.finish(changed, `${name}=${changed}`));
  }
  expect((await slack.finish(state, cookie)).status).toBe(200);
  await refused(slack.finish(state, cookie));
  const late = await slack.begin();
  slack.now.at += 600_001;
  await refused(slack.finish(late.state, late.cookie));
});

test("cancelled or refused by Slack: a page says so, with a way to start again, and nothing is kept", async () => {
  const slack = await many();
  const first = await slack.begin();
  const cancelled = await slack.finish(first.state, first.cookie, "error=access_denied");
  expect(cancelled.status).toBe(400);
  expect(await cancelled.text()).toMatch(/You cancelled it in Slack[\s\S]*href="\/slack\/install"/);
  const second = await slack.begin();
  const refused = await slack.finish(second.state, second.cookie, "code=nonsense");
  expect(await refused.text()).toMatch(/Slack did not let us finish/);
  expect(await slack.store.installations.of({ platform: "slack", community: "T0TEAM" })).toBeUndefined();
});

test("who tries too often waits", async () => {
  const store = await memoryStore(Date.now);
  onTestFinished(() => store.close());
  const slack = await many({ store });
  const limited = slackAdapter({
    install: {
      clientId: "1.2",
      clientSecret: "client-secret",
      stateSecret: "a secret for states of ours",
      publicUrl: "https://tutor.example.org",
      store: store.installations,
      limiter: store.limiter,
    },
    transport: { mode: "http", signingSecret: "signing-secret", host: "127.0.0.1", port: 0 },
    admins: [],
    log: slack.log,
  });
  const script = await scripted();
  onTestFinished(() => script.store.close());
  await limited.start(script.tutor, script.desk(limited.deliver));
  onTestFinished(() => limited.stop());
  const statuses: number[] = [];
  for (let i = 0; i < 12; i += 1)
    statuses.push((await fetch(`http://127.0.0.1:${limited.port()}/slack/install`)).status);
  expect(statuses).toEqual([...Array(10).fill(200), 429, 429]);
});

for (const [type, event] of [
  ["app_uninstalled", {}],
  ["tokens_revoked", { tokens: { bot: ["U0BOTT0TEAM"], oauth: [] } }],
] as const)
  test(`${type}: the token goes at once, tips there are gone, other workspaces go on`, async () => {
    const slack = await many();
    await slack.add("T0TEAM");
    await slack.add(OTHER);
    slack.now.at += 2000;
    await slack.leave("tokens_revoked", "T0TEAM", { tokens: { oauth: ["U0ANN"] } });
    await slack.leave(type, "T0TEAM", event);
    await until(() => slack.lines().includes("app taken away"), "the removal");
    expect(await slack.store.installations.of({ platform: "slack", community: "T0TEAM" })).toBeUndefined();
    const place = { platform: "slack", community: "T0TEAM", channel: "C1" } as const;
    expect(await slack.adapter.deliver(place, remark(["A tip."]), "k1")).toMatchObject({ kind: "gone" });
    await slack.hello(OTHER, "what is a volume?");
    await until(() => slack.posted().length === 1, "the other's answer");
    // Back again, it is answered as before.
    slack.now.at += 2000;
    await slack.add("T0TEAM");
    await slack.hello("T0TEAM", "what is an image?");
    await until(() => slack.posted().length === 2, "the answer");
  });

test("an organisation installs once for all of its workspaces; a tip finds the way too; it leaves with all of them", async () => {
  const slack = await many();
  expect(await slack.add(ORG)).toContain("The org");
  const within = {
    team_id: null,
    context_team_id: "T0ONE",
    enterprise_id: ORG,
    authorizations: [
      { team_id: null, enterprise_id: ORG, is_enterprise_install: true, is_bot: true, user_id: "U0BOTE0ORG" },
    ],
  };
  await slack.hello("T0ONE", "what is a volume?", within);
  await until(() => slack.posted().length === 1, "the answer");
  expect(slack.tokens("chat.postMessage")).toEqual(["xoxb-E0ORG-1"]);
  const post = slack.server.calls.find(({ method }) => method === "chat.postMessage");
  expect(post?.args.team_id).toBe("T0ONE");
  const place = { platform: "slack", community: "T0ONE", channel: "C1" } as const;
  expect(await slack.adapter.deliver(place, remark(["A tip."]), "k1")).toEqual({ kind: "sent" });
  slack.now.at += 2000;
  await slack.leave("app_uninstalled", "", {}, { ...within, team_id: null });
  await until(() => slack.lines().includes("app taken away"), "the removal");
  expect(await slack.adapter.deliver(place, remark(["A tip."]), "k2")).toMatchObject({ kind: "gone" });
});

test("a token that ends is renewed before an answer and before a tip, once however many ask", async () => {
  const slack = await many({ rotates: true });
  await slack.add("T0TEAM");
  const tip = (n: number) =>
    slack.adapter.deliver({ platform: "slack", community: "T0TEAM", channel: `C${n}` }, remark(["A tip."]), `k${n}`);
  expect(await tip(0)).toEqual({ kind: "sent" });
  slack.now.at += 10.5 * HOUR;
  expect(await Promise.all([1, 2, 3, 4].map(tip))).toEqual(Array(4).fill({ kind: "sent" }));
  expect(slack.tokens("chat.postMessage")).toEqual(["xoxb-T0TEAM-1", ...Array(4).fill("xoxb-T0TEAM-2")]);
  // And again for the next one, for which the second refresh token is good.
  slack.now.at += 20 * HOUR;
  await slack.hello("T0TEAM", "what is a volume?");
  await until(() => slack.posted().length === 6, "the answer");
  expect(slack.tokens("chat.postMessage").at(-1)).toBe("xoxb-T0TEAM-3");
  const renewals = slack.server.calls.filter(({ method, args }) => method === "oauth.v2.access" && args.refresh_token);
  expect(renewals.map(({ args }) => args.refresh_token)).toEqual(["xoxe-T0TEAM-1", "xoxe-T0TEAM-2"]);
});

test("of two replicas one renews, and both post with the new token", async () => {
  const first = await many({ rotates: true });
  await first.add("T0TEAM");
  const second = await many({ store: first.store, parts: { apiUrl: first.server.apiUrl, clock: () => first.now.at } });
  first.now.at += 13 * HOUR;
  const place = { platform: "slack", community: "T0TEAM", channel: "C1" } as const;
  const sent = await Promise.all(
    [first, second].map((each, i) => each.adapter.deliver(place, remark(["Tip."]), `k${i}`)),
  );
  expect(sent).toEqual(Array(2).fill({ kind: "sent" }));
  expect(first.tokens("chat.postMessage")).toEqual(Array(2).fill("xoxb-T0TEAM-2"));
  expect(first.server.calls.filter(({ args }) => args.grant_type === "refresh_token")).toHaveLength(1);
});

test("a renewal that fails leaves the old token in use while it is good, and is tried again", async () => {
  const slack = await many({ rotates: true });
  await slack.add("T0TEAM");
  slack.now.at += 10.5 * HOUR;
  slack.server.fate("oauth.v2.access", { kind: "status", status: 500 });
  await slack.hello("T0TEAM", "what is a volume?");
  await until(() => slack.posted().length === 1, "the answer");
  expect(slack.lines()).toContain("token not renewed");
  expect(slack.tokens("chat.postMessage").at(-1)).toBe("xoxb-T0TEAM-1");
  // A Slack that fails is not asked at every event.
  expect(slack.server.calls.filter(({ args }) => args.grant_type === "refresh_token")).toHaveLength(1);
  slack.now.at += 31_000;
  await slack.hello("T0TEAM", "what is an image?");
  await until(() => slack.posted().length === 2, "the next answer");
  expect(slack.tokens("chat.postMessage").at(-1)).toBe("xoxb-T0TEAM-2");
});
