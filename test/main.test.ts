/** The program as an operator starts it: what it prints, how it ends, and what it says of a wrong setting. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { VARIABLES } from "../src/config.ts";
import { folder } from "./support/folder.ts";

const TUTOR = join(import.meta.dirname, "../bin/tutor.mjs");

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

let data: string;
const children: ChildProcess[] = [];
beforeAll(() => {
  data = folder();
});
// A test that failed half-way leaves no process behind.
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
});

/** Without a terminal, and with nothing set but what the test sets. */
function start(args: readonly string[], environment: Record<string, string> = {}): ChildProcess {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !(name in VARIABLES)));
  const child = spawn(process.execPath, [TUTOR, ...args], {
    env: { ...inherited, DATA_DIR: data, OPS_PORT: "0", ...environment },
  });
  children.push(child);
  return child;
}

async function ended(child: ChildProcess): Promise<Ended> {
  if (!child.stdout || !child.stderr) throw new Error("unreachable");
  const [[code], out, err] = await Promise.all([once(child, "close"), text(child.stdout), text(child.stderr)]);
  return { code: code as number | null, out, err };
}

async function run(args: readonly string[], environment?: Record<string, string>, input = ""): Promise<Ended> {
  const child = start(args, environment);
  child.stdin?.end(input);
  return ended(child);
}

describe("start without a terminal", () => {
  test.each(["SIGTERM", "SIGINT"] as const)(
    "says what it waits for, stays alive, and ends with 0 on %s",
    async (signal) => {
      const child = start(["start"]);
      const said = new Promise<string>((done) => child.stdout?.once("data", (chunk: Buffer) => done(String(chunk))));
      const end = ended(child);
      expect(await said).toMatch(/^Container Tutor is up.*SIGTERM\. Set SLACK_BOT_TOKEN or DISCORD_TOKEN.*\n$/);
      child.stdin?.end();
      await new Promise((done) => setTimeout(done, 300));
      expect(child.exitCode).toBeNull();
      child.kill(signal);
      const { code, out } = await end;
      expect(code).toBe(0);
      expect(out.trim().split("\n")).toHaveLength(1);
    },
  );

  test("is what happens where nothing is asked for", async () => {
    const child = start([]);
    const end = ended(child);
    child.stdout?.once("data", () => child.kill("SIGTERM"));
    const { code, err } = await end;
    expect(code).toBe(0);
    // The log, and nothing in it to worry about.
    for (const line of err.split("\n").filter(Boolean)) expect(JSON.parse(line)).toMatchObject({ level: 30 });
  });
});

describe("start -- --check", () => {
  test("is what npm hands over: whatever follows `npm start --` comes after the word start", () => {
    const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8"));
    expect(scripts.start).toMatch(/ start$/);
  });

  test("says what would start, and makes nothing", async () => {
    const empty = join(folder(), "none");
    const { code, out, err } = await run(["start", "--check"], { DATA_DIR: empty });
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(
      /No platform is configured[^\n]*\nThe library has \d+ pages[^\n]*\nThe database .* will be made/,
    );
    expect(existsSync(empty)).toBe(false);
    const slack = { SLACK_BOT_TOKEN: "xoxb-1-check", SLACK_SIGNING_SECRET: "0123456789" };
    expect((await run(["start", "--check"], { ...slack, DATA_DIR: data })).out).toMatch(
      /^The tutor would start on Slack \(http\)[\s\S]*has schema \d+, as this version wants it\.\n$/,
    );
  });

  test.each([
    ["a token that is half of what is needed", { SLACK_BOT_TOKEN: "xoxb-1-check" }, /Set SLACK_APP_TOKEN/],
    ["pages that cannot be read", { KNOWLEDGE_DIR: "/nowhere" }, /cannot be read/],
    ["a database that is away", { DATABASE_URL: "postgres://tutor:hunter2@127.0.0.1:1/tutor" }, /127\.0\.0\.1:1/],
    ["a database that is none", { DATA_DIR: folder({ "tutor.db": "no database" }) }, /not a SQLite database/],
  ])("ends with 78 for %s", async (_, environment, says) => {
    const { code, out, err } = await run(["start", "--check"], environment);
    expect([code, out]).toEqual([78, ""]);
    expect(err.trim()).toMatch(says);
    expect(err).not.toMatch(/hunter2|xoxb/);
  });

  test("is the only thing that may follow", async () => {
    const { code, err } = await run(["start", "--chekc"]);
    expect([code, err]).toEqual([78, '"start" does not know "--chekc". Use: npm start -- --check, or nothing.\n']);
  });
});

describe("ask", () => {
  test("answers one question and ends", async () => {
    const { code, out, err } = await run(["ask", "what", "is", "a", "volume?"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/volume/i);
    expect(out).toMatch(/Source: .*Volume/);
  });

  test("without a question says how to ask", async () => {
    const { code, err } = await run(["ask"]);
    expect(code).toBe(78);
    expect(err).toMatch(/^`ask` got no question\. Try: npm run ask -- ".*"\n$/);
  });

  test("--jsonl answers each line, and ends with 1 where none could be read", async () => {
    const { code, out } = await run(["ask", "--jsonl"], {}, '{"id":"a","question":"hello"}\nx\n');
    expect(code).toBe(0);
    expect(
      out
        .trim()
        .split("\n")
        .map((line) => Object.keys(JSON.parse(line))[0]),
    ).toEqual(["id", "error"]);
    expect((await run(["ask", "--jsonl"], {}, "x\n")).code).toBe(1);
  });
});

describe("chat", () => {
  test("answers piped lines and ends with them", async () => {
    const { code, out, err } = await run(["chat"], {}, "what is a volume?\ncompare vm container\n");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/Volume[\s\S]*Virtual machine/);
  });
});

describe("a wrong setting", () => {
  test.each([
    ["KNOWLEDGE_DIR", "/nowhere/at/all", /cannot be read \(ENOENT\)\. Create the folder/],
    ["KNOWLEDGE_BUILTIN", "perhaps", /neither on nor off.*Correct KNOWLEDGE_BUILTIN/],
    ["KNOWLEDGE_BUILTIN", "off", /KNOWLEDGE_DIR is empty.*Set KNOWLEDGE_DIR/],
    ["KNOWLEDGE_URL", "ftp://example.org", /http.*Correct KNOWLEDGE_URL/],
    ["OPS_PORT", "high", /is no port; write 9090, or off.*Correct OPS_PORT/],
    ["LOG_LEVEL", "loud", /use trace, debug, info, warn, error or silent.*Correct LOG_LEVEL/],
  ])("of %s=%s ends with 78 and one sentence that names it, its value and the cure", async (name, value, cure) => {
    for (const mode of name === "LOG_LEVEL" ? ["start", "ask"] : ["start"]) {
      const { code, out, err } = await run(mode === "ask" ? [mode, "hello"] : [mode], { [name]: value });
      expect([code, out]).toEqual([78, ""]);
      expect(err.trim().split("\n")).toHaveLength(1);
      expect(err).toContain(name);
      expect(err).toContain(value);
      expect(err).toMatch(cure);
      expect(err).not.toMatch(/\bat .*\.ts/);
    }
  });

  test("that is empty counts as none", async () => {
    const empty = Object.fromEntries(Object.keys(VARIABLES).map((name) => [name, ""]));
    expect(await run(["ask", "hello"], { ...empty, DATA_DIR: data })).toMatchObject({ code: 0, err: "" });
  });

  test("of what to run names what there is", async () => {
    const { code, err } = await run(["strat"]);
    expect(code).toBe(78);
    expect(err).toBe('There is no "strat" to run. Use start, chat or ask.\n');
  });
});

describe("somebody's own folder", () => {
  test("is read beside the built-in pages, or instead of them", async () => {
    const own = folder({ "coffee.md": "# Coffee machine\n\n## Cleaning\nUse the brush every Friday.\n" });
    const beside = await run(["ask", "how do I clean the coffee machine?"], { KNOWLEDGE_DIR: own });
    expect(beside.out).toMatch(/brush every Friday[\s\S]*Source: Coffee machine > Cleaning/);
    const alone = await run(["ask", "what is a volume?"], { KNOWLEDGE_DIR: own, KNOWLEDGE_BUILTIN: "off" });
    expect(alone.code).toBe(0);
    expect(alone.out).not.toMatch(/Source: /);
  });

  test("with a file that is no text is refused with file, line and cure", async () => {
    const { code, err } = await run(["ask", "hello"], { KNOWLEDGE_DIR: folder({ "a.md": "# A\n\0" }) });
    expect(code).toBe(78);
    expect(err).toMatch(/^a\.md:2: a NUL character.*Save it as UTF-8 Markdown\.\n$/);
  });
});
