/** The manifest and the code say the same: every event heard, every method called, no scope too many. */
import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { manifest } from "../../../adapters/slack/manifest.ts";
import { SCOPES } from "../../../adapters/slack/scopes.ts";
import { tutor } from "../../support/tutor.ts";

const ROOT = join(import.meta.dirname, "../../..");
const code = globSync("adapters/slack/*.ts", { cwd: ROOT })
  .map((file) => readFileSync(join(ROOT, file), "utf8"))
  .join("\n");
const { commands } = tutor();
const full = manifest({ commands, least: false });
const least = manifest({ commands, least: true });

/** By Slack's pages of these methods; undefined needs none. */
const SCOPE_OF: Readonly<Record<string, readonly string[]>> = {
  "auth.test": [],
  "chat.postMessage": ["chat:write"],
  "chat.postEphemeral": ["chat:write"],
  "chat.delete": ["chat:write"],
  "views.open": [],
  "views.publish": [],
  "users.info": ["users:read"],
  "conversations.replies": ["channels:history", "groups:history", "im:history"],
  "conversations.history": ["channels:history", "groups:history", "im:history"],
  "files.getUploadURLExternal": ["files:write"],
  "files.completeUploadExternal": ["files:write"],
  "assistant.threads.setSuggestedPrompts": ["assistant:write"],
  "assistant.threads.setStatus": ["chat:write"],
  "assistant.threads.setTitle": ["assistant:write"],
  "oauth.v2.access": [],
};
const SCOPE_OF_EVENT: Readonly<Record<string, readonly string[]>> = {
  app_mention: ["app_mentions:read"],
  "message.im": ["im:history"],
  "message.channels": ["channels:history"],
  "message.groups": ["groups:history"],
  app_home_opened: [],
  member_joined_channel: ["channels:read"],
  app_uninstalled: [],
  tokens_revoked: [],
};

const called = new Set([
  ...[...code.matchAll(/\b(?:client|slack)\.([a-z]+(?:\.\w+)?\.[a-zA-Z]+)\(/g)].map((each) => each[1] ?? ""),
  ...[...code.matchAll(/client\.apiCall\("([\w.]+)"/g)].map((each) => each[1] ?? ""),
]);

test("every method that is called is known, and its scopes are asked for", () => {
  expect([...called].filter((method) => !(method in SCOPE_OF))).toEqual([]);
  const asked = full.oauth_config.scopes.bot;
  expect([...called].flatMap((method) => SCOPE_OF[method] ?? []).filter((scope) => !asked.includes(scope))).toEqual([]);
});

test("every event that is listened to is subscribed, with its scope, and no other", () => {
  const heard = new Set([...code.matchAll(/app\.event\("(\w+)"/g)].map((each) => each[1] ?? ""));
  for (const { settings, oauth_config } of [full, least]) {
    const events = settings.event_subscriptions.bot_events;
    expect(events.filter((event) => !heard.has(event.split(".")[0] ?? ""))).toEqual([]);
    for (const event of events)
      for (const scope of SCOPE_OF_EVENT[event] ?? ["unknown"]) expect(oauth_config.scopes.bot).toContain(scope);
  }
  const subscribed = new Set(full.settings.event_subscriptions.bot_events.map((event) => event.split(".")[0]));
  expect([...heard].filter((event) => !subscribed.has(event))).toEqual([]);
});

test("no scope is asked for without a use", () => {
  const used = new Set([
    "commands",
    ...[...called].flatMap((method) => SCOPE_OF[method] ?? []),
    ...full.settings.event_subscriptions.bot_events.flatMap((event) => SCOPE_OF_EVENT[event] ?? []),
  ]);
  expect(full.oauth_config.scopes.bot.filter((scope) => !used.has(scope))).toEqual([]);
  expect(least.oauth_config.scopes.bot).toEqual(SCOPES.filter(({ needed }) => needed).map(({ name }) => name));
});

test("for installs by workspaces it names where Slack sends people back, lets organisations in and rotates tokens", () => {
  const many = manifest({ commands, least: false, installs: "https://tutor.example.org" });
  expect(many.oauth_config.redirect_urls).toEqual(["https://tutor.example.org/slack/oauth_redirect"]);
  expect(many.settings).toMatchObject({ org_deploy_enabled: true, token_rotation_enabled: true });
  expect(full.oauth_config).not.toHaveProperty("redirect_urls");
});

test("shortcuts are the ones that are listened to", () => {
  for (const { callback_id } of full.features.shortcuts) expect(code).toContain(`SHORTCUT.${callback_id}`);
});

test("the file in docs is the one the code makes", () => {
  const kept: unknown = JSON.parse(readFileSync(join(ROOT, "docs/slack-manifest.json"), "utf8"));
  expect(kept).toEqual(full);
  const printed = execFileSync(
    join(ROOT, "node_modules/.bin/node"),
    ["scripts/slack-manifest.ts", "--http", "https://tutor.example.org", "--least"],
    {
      cwd: ROOT,
      encoding: "utf8",
    },
  );
  expect(JSON.parse(printed)).toMatchObject({
    settings: {
      socket_mode_enabled: false,
      event_subscriptions: { request_url: "https://tutor.example.org/slack/events" },
    },
  });
});
