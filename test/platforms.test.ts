/** What the environment means for Slack: one token or installs by workspaces, and no half of either. */
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConfig } from "../src/config.ts";
import { refuseSeparateFiles, slackOf } from "../src/platforms.ts";
import { folder } from "./support/scratch.ts";

const ONE = { SLACK_BOT_TOKEN: "xoxb-1" };
const KEY = randomBytes(32).toString("base64");
const MANY = {
  SLACK_CLIENT_ID: "1.2",
  SLACK_CLIENT_SECRET: "client-secret",
  SLACK_STATE_SECRET: "a secret of sixteen",
  TOKEN_KEY: KEY,
  PUBLIC_URL: "https://tutor.example.org",
};
const HTTP = { SLACK_SIGNING_SECRET: "signing-secret" };
const read = (environment: Record<string, string>) => slackOf(readConfig(environment));

test("without a token, or with nothing but a public address, there is no Slack", () => {
  expect(read({})).toBeUndefined();
  expect(read({ PUBLIC_URL: "https://tutor.example.org" })).toBeUndefined();
});

test("one workspace: Socket Mode where there is an app token, else HTTP", () => {
  expect(read({ ...ONE, SLACK_APP_TOKEN: "xapp-1" })).toMatchObject({
    botToken: "xoxb-1",
    transport: { mode: "socket", appToken: "xapp-1" },
  });
  expect(read({ ...ONE, ...HTTP, PORT: "0" })).toMatchObject({ transport: { mode: "http", port: 0 } });
});

test("many workspaces, by either way", () => {
  expect(read({ ...MANY, ...HTTP })).toMatchObject({
    install: { clientId: "1.2", publicUrl: "https://tutor.example.org" },
    transport: { mode: "http" },
  });
  expect(read({ ...MANY, SLACK_APP_TOKEN: "xapp-1" })).toMatchObject({ transport: { mode: "socket" } });
  const keys = readConfig({ ...MANY, TOKEN_KEY: `${KEY}, ${randomBytes(32).toString("base64")}` }).TOKEN_KEY;
  expect(keys?.map(({ length }) => length)).toEqual([32, 32]);
});

test("each secret may stand in a file", () => {
  const dir = folder();
  const environment = Object.fromEntries(
    Object.entries(MANY).map(([name, value]) => {
      if (name === "PUBLIC_URL") return [name, value];
      writeFileSync(join(dir, name), `${value}\n`);
      return [`${name}_FILE`, join(dir, name)];
    }),
  );
  expect(read({ ...environment, ...HTTP })?.install).toEqual(read({ ...MANY, ...HTTP })?.install);
});

const without = (name: keyof typeof MANY) => Object.fromEntries(Object.entries(MANY).filter(([each]) => each !== name));

test.each<[string, Record<string, string>, RegExp]>([
  ["both ways", { ...ONE, ...MANY, ...HTTP }, /SLACK_BOT_TOKEN and SLACK_CLIENT_ID are both set/],
  ["no key", { ...without("TOKEN_KEY"), ...HTTP }, /SLACK_CLIENT_ID is set, but TOKEN_KEY is not/],
  ["no id", { ...without("SLACK_CLIENT_ID"), ...HTTP }, /SLACK_CLIENT_SECRET is set, but SLACK_CLIENT_ID is not/],
  ["no state secret", { ...without("SLACK_STATE_SECRET"), ...HTTP }, /but SLACK_STATE_SECRET is not/],
  ["no address", { ...without("PUBLIC_URL"), ...HTTP }, /but PUBLIC_URL is not/],
  ["a key alone", { ...ONE, ...HTTP, TOKEN_KEY: KEY }, /TOKEN_KEY is set, but SLACK_CLIENT_ID is not/],
  ["no way in", ONE, /neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET/],
  ["no way in for many", MANY, /neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET/],
  ["socket without its token", { ...ONE, ...HTTP, SLACK_MODE: "socket" }, /SLACK_APP_TOKEN is not set/],
  ["only a signing secret", HTTP, /SLACK_SIGNING_SECRET is set, but neither SLACK_BOT_TOKEN nor SLACK_CLIENT_ID/],
  ["only an app token", { SLACK_APP_TOKEN: "xapp-1" }, /SLACK_APP_TOKEN is set, but neither/],
  ["a short key", { ...MANY, ...HTTP, TOKEN_KEY: "c2hvcnQ=" }, /^TOKEN_KEY is not 32 bytes in Base64/],
  ["a plain address", { ...MANY, ...HTTP, PUBLIC_URL: "http://tutor" }, /PUBLIC_URL="http:\/\/tutor" is not an https/],
  ["a short state secret", { ...MANY, ...HTTP, SLACK_STATE_SECRET: "short" }, /^SLACK_STATE_SECRET is shorter than 16/],
  ["no client id", { ...MANY, ...HTTP, SLACK_CLIENT_ID: "me" }, /^SLACK_CLIENT_ID is no client id/],
])("refused with the cure and without a secret: %s", (_, environment, pattern) => {
  const refused = () => read(environment);
  expect(refused).toThrow(
    expect.objectContaining({ fault: "config", sentence: expect.stringMatching(pattern), hint: expect.anything() }),
  );
  expect(refused).toThrow(expect.not.objectContaining({ sentence: expect.stringMatching(/c2hvcnQ|client-secret/) }));
});

test("several processes with a SQLite file each are refused", () => {
  const look = (environment: Record<string, string>) => () => refuseSeparateFiles(readConfig(environment));
  const shared = { DATABASE_URL: "postgres://db/tutor" };
  const half = { SHARDS: "0,1", SHARD_COUNT: "4" };
  expect(look({ REPLICAS: "2" })).toThrow(
    expect.objectContaining({ sentence: expect.stringMatching(/^REPLICAS="2" .*Set DATABASE_URL/) }),
  );
  expect(look(half)).toThrow(/^SHARDS="0,1" of SHARD_COUNT="4"/);
  for (const fine of [{}, { SHARD_COUNT: "4" }, { SHARDS: "0-3", SHARD_COUNT: "4" }, { ...half, ...shared }])
    expect(look(fine)).not.toThrow();
  expect(look({ REPLICAS: "2", ...shared })).not.toThrow();
});
