/** Twelve secrets through forty paths on which something fails: none is in the log, on a stream, in metrics or in a reply. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { VARIABLES } from "../../src/config.ts";
import { TutorError } from "../../src/core/errors.ts";
import { createTutor } from "../../src/core/tutor.ts";
import { countedLog, countedTutor } from "../../src/ops/counted.ts";
import { createLog } from "../../src/ops/log.ts";
import { createMetrics } from "../../src/ops/metrics.ts";
import { secretsIn } from "../../src/secrets.ts";
import { folder } from "../support/folder.ts";
import { ALL, SECRETS, STRANGERS, TRACES, WAYS } from "../support/secrets.ts";
import { textOf, turn } from "../support/tutor.ts";

test("there are twelve secrets and at least forty paths", () => {
  expect(ALL).toHaveLength(12);
  expect(WAYS.length + FAILURES.length + STARTS.length).toBeGreaterThanOrEqual(40);
});

test.each(WAYS)("in %s a secret does not reach the log", (_, way) => {
  const lines: string[] = [];
  const log = createLog({ level: "trace", secrets: secretsIn(SECRETS), write: (line) => lines.push(line) });
  for (const secret of ALL) way(log, secret);
  expect(lines).toHaveLength(ALL.length);
  for (const line of lines) {
    expect(() => JSON.parse(line)).not.toThrow();
    expect(line).not.toMatch(TRACES);
  }
});

/** What a command may fail with. */
const FAILURES: readonly (readonly [string, (secret: string) => unknown])[] = [
  ["a bug", (s) => new TypeError(`cannot read ${s}`)],
  ["a text", (s) => s],
  ["a dependency", (s) => new TutorError("dependency", "The database is away.", { cause: new Error(s) })],
  ["a platform", (s) => new TutorError("platform", "Refused.", { cause: { token: s } })],
  ["a request that failed", (s) => Object.assign(new Error("401"), { config: { headers: { authorization: s } } })],
];

test.each(FAILURES)("a command that fails with %s shows it nowhere", async (_, fail) => {
  const lines: string[] = [];
  const metrics = createMetrics();
  const written = createLog({ level: "trace", secrets: secretsIn(SECRETS), write: (line) => lines.push(line) });
  let secret = "";
  const command = {
    name: "fail",
    summary: "",
    usage: "",
    listed: false,
    audience: "asker",
    options: [],
    form: undefined,
    run: async () => {
      throw fail(secret);
    },
  };
  const capability = { name: "fail", examples: [], commands: [command], hear: () => ({ command: "fail", args: {} }) };
  const subject = countedTutor(
    createTutor({
      capabilities: [capability] as unknown as Parameters<typeof createTutor>[0]["capabilities"],
      conversations: { recall: async () => undefined, remember: async () => {} },
      log: countedLog(written, metrics),
      diagram: async () => undefined,
    }),
    metrics,
    () => 0,
  );
  for (secret of ALL) {
    const reply = await subject.answer(subject.hear(turn(`say ${secret}`)));
    expect(textOf(reply)).not.toMatch(TRACES);
    expect(JSON.stringify(reply)).not.toMatch(TRACES);
  }
  expect(lines.length).toBeGreaterThanOrEqual(ALL.length);
  expect(lines.join("")).not.toMatch(TRACES);
  expect(await metrics.text()).not.toMatch(TRACES);
});

/** Starts that are refused: settings that hold a secret and are wrong, or are right while another is not. */
const STARTS: readonly (readonly [string, readonly string[], Record<string, string>])[] = [
  ["a token without its partner", ["start"], { SLACK_BOT_TOKEN: SECRETS.SLACK_BOT_TOKEN }],
  ["a token of the wrong kind", ["start"], { SLACK_BOT_TOKEN: SECRETS.SLACK_APP_TOKEN }],
  ["an app token of the wrong kind", ["start"], { SLACK_APP_TOKEN: STRANGERS[0] }],
  ["an address that is none", ["start"], { DATABASE_URL: "mysql://tutor:canary05@h/d" }],
  ["a database that is away", ["start"], { DATABASE_URL: SECRETS.DATABASE_URL }],
  ["a check of a database that is away", ["start", "--check"], { DATABASE_URL: SECRETS.DATABASE_URL }],
  ["shards without a count", ["start"], { DISCORD_TOKEN: SECRETS.DISCORD_TOKEN, SHARDS: "0" }],
  ["a word too much", ["start", SECRETS.SLACK_BOT_TOKEN], { SLACK_BOT_TOKEN: SECRETS.SLACK_BOT_TOKEN }],
];

describe.each(STARTS)("a start refused for %s", (_, args, environment) => {
  test("prints no secret", async () => {
    const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !(name in VARIABLES)));
    const child = spawn(process.execPath, [join(import.meta.dirname, "../../bin/tutor.mjs"), ...args], {
      env: { ...inherited, OPS_PORT: "0", DATA_DIR: folder(), ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [[code], out, err] = await Promise.all([once(child, "close"), text(child.stdout), text(child.stderr)]);
    expect(code).toBeGreaterThan(0);
    expect(out + err).not.toMatch(TRACES);
    expect(err.length).toBeGreaterThan(10);
  });
});
