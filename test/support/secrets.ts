/** Twelve secrets that nobody else has, and the forty ways in which something goes wrong with them at hand. */
import type { createLog } from "../../src/ops/log.ts";

export const SECRETS = {
  SLACK_BOT_TOKEN: "xoxb-000000000001-canary0bot0token",
  SLACK_APP_TOKEN: "xapp-1-A0CANARY-000000000002-canary0app",
  SLACK_SIGNING_SECRET: "canary03signing03secret",
  DISCORD_TOKEN: "Q0FOQVJZMDQwNDA0MDQwNA.CaNaRy.canary04discord04token04abcdef",
  DATABASE_URL: "postgres://tutor:canary05%40pass@127.0.0.1:1/tutor",
} as const;
/** Secrets that no setting holds: what SDKs make or get by themselves. Only their shape gives them away. */
export const STRANGERS = [
  "xoxp-000000000006-canary0user",
  "xoxe.xoxb-1-canary07rotated07",
  "xoxe-1-canary08refresh08",
  "Bearer canary09bearer09token",
  "Bot canary10bot10header10",
  "https://user:canary11basic@proxy.example.org/",
  "MTA1MDAwMDAwMDAwMDAwMDAw.CaNaR2.canary12discord12token12abcdef",
] as const;

export const ALL: readonly string[] = [...Object.values(SECRETS), ...STRANGERS];
/** What must be nowhere: the part of each that is secret, as it stands and in other spellings. */
export const TRACES = /canary|Q0FOQVJZ|Y2FuYXJ5|CaNaR/i;

const nested = (secret: string): Error => {
  const inner = Object.assign(new Error(`inner ${secret}`), { config: { headers: { Authorization: secret } } });
  return new Error(`outer ${secret}`, { cause: new Error("between", { cause: inner }) });
};

/** Each logs in a way of its own. */
export const WAYS: readonly (readonly [string, (log: ReturnType<typeof createLog>, secret: string) => void])[] = [
  ["the message", (log, s) => log.error({}, `failed with ${s}`)],
  ["a field", (log, s) => log.warn({ token: s }, "x")],
  ["a field with another name", (log, s) => log.info({ warning: `[ws] ${s} refused` }, "x")],
  ["two fields deep", (log, s) => log.error({ a: { b: s } }, "x")],
  ["five fields deep", (log, s) => log.error({ a: { b: { c: { d: { e: { f: s } } } } } }, "x")],
  ["a list", (log, s) => log.error({ list: [s, [s]] }, "x")],
  ["a key", (log, s) => log.error({ [s]: 1 }, "x")],
  ["an error's message", (log, s) => log.error({ err: new Error(`no: ${s}`) }, "x")],
  ["an error under another name", (log, s) => log.error({ failed: new Error(s) }, "x")],
  ["an error's stack", (log, s) => log.error({ err: Object.assign(new Error("x"), { stack: `at ${s}` }) }, "x")],
  ["an error's code", (log, s) => log.error({ err: Object.assign(new Error("x"), { code: s }) }, "x")],
  ["an error's name", (log, s) => log.error({ err: Object.assign(new Error("x"), { name: s }) }, "x")],
  ["causes", (log, s) => log.error({ err: nested(s) }, "x")],
  ["an error's request", (log, s) => log.error({ err: Object.assign(new Error("x"), { request: { url: s } }) }, "x")],
  ["several errors", (log, s) => log.error({ err: new AggregateError([new Error(s)], s) }, "x")],
  ["JSON inside a text", (log, s) => log.error({ body: JSON.stringify({ token: s }) }, "x")],
  ["JSON inside JSON", (log, s) => log.error({ body: JSON.stringify(JSON.stringify({ token: s })) }, "x")],
  ["an address' query", (log, s) => log.error({ url: `https://x.example/a?token=${encodeURIComponent(s)}` }, "x")],
  ["a header line", (log, s) => log.error({ head: `Authorization: ${s}\r\nHost: x` }, "x")],
  ["a header in capitals", (log, s) => log.error({ head: `AUTHORIZATION: ${s}` }, "x")],
  ["an id's field", (log, s) => log.error({ user: s, place: { channel: s } }, "x")],
  ["base64", (log, s) => log.error({ head: `Authorization: Basic ${Buffer.from(s).toString("base64")}` }, "x")],
  ["quotes", (log, s) => log.error({ said: `'${s}' "${s}"` }, "x")],
  ["an end of line", (log, s) => log.error({ said: `a\n${s}\nb` }, "x")],
  ["a very long text", (log, s) => log.error({ said: `${"a ".repeat(900)}${s}` }, "x")],
  ["a thing with toJSON", (log, s) => log.error({ it: { toJSON: () => s } }, "x")],
  ["a Map", (log, s) => log.error({ it: new Map([["a", s]]) }, "x")],
  ["a fatal line", (log, s) => log.fatal({ err: new Error(s) }, s)],
];
