/** The composition root: config -> parts -> start -> stop. Sees everything, decides nothing. */
import { join } from "node:path";
import { jsonl } from "../adapters/jsonl/index.ts";
import { terminal } from "../adapters/terminal/index.ts";
import { capabilities } from "./capabilities/index.ts";
import { moderatorsFrom } from "./capabilities/moderator.ts";
import { check } from "./check.ts";
import { type Config, readConfig, retentionOf, secretsIn } from "./config.ts";
import type { Adapter } from "./core/adapter.ts";
import { TutorError } from "./core/errors.ts";
import type { Log } from "./core/ports.ts";
import { plainText } from "./core/reply.ts";
import { createTutor, type Tutor } from "./core/tutor.ts";
import { readDrawing } from "./library/drawings.ts";
import { openLibrary } from "./library/open.ts";
import { countedLog, countedTutor } from "./ops/counted.ts";
import { createLog, type ScrubbedLog } from "./ops/log.ts";
import { createMetrics } from "./ops/metrics.ts";
import { secretScrub } from "./ops/scrub.ts";
import { shardingOf, slackOf } from "./platforms.ts";
import { type Parts, serve } from "./serve.ts";
import { openStore } from "./store/open.ts";
import { MEMORY } from "./store/sqlite.ts";

const KNOWLEDGE = join(import.meta.dirname, "../knowledge");
/** The index that the image brings with it; in a working copy there is none. */
const PREPARED = join(import.meta.dirname, "../prepared");
/** sysexits.h EX_CONFIG: a supervisor sees that restarting will not help. */
const EX_CONFIG = 78;

type Mode = "start" | "chat" | "ask";

const libraryOf = (config: Config, cacheDir: string | undefined, log: Log) =>
  openLibrary(
    {
      ...(config.KNOWLEDGE_BUILTIN === "on" ? { builtin: KNOWLEDGE } : {}),
      own: config.KNOWLEDGE_DIR,
      ...(config.KNOWLEDGE_URL ? { baseUrl: config.KNOWLEDGE_URL } : {}),
      ...(cacheDir ? { cacheDir } : {}),
      preparedDir: PREPARED,
    },
    log,
  );

async function build(config: Config, mode: Mode, written: ScrubbedLog): Promise<Parts> {
  const metrics = createMetrics();
  const log = countedLog(written, metrics);
  const library = libraryOf(config, join(config.DATA_DIR, "cache"), log);
  // One question from a script leaves nothing behind.
  const kept = mode === "ask" ? { dataDir: MEMORY } : { dataDir: config.DATA_DIR };
  const url = mode === "ask" ? undefined : config.DATABASE_URL;
  const tokenKeys = config.TOKEN_KEY ? { tokenKeys: config.TOKEN_KEY } : {};
  const store = await openStore({ ...kept, ...tokenKeys, ...(url ? { databaseUrl: url } : {}) }, log);
  written.saltWith(store.logSalt);
  const tutor = createTutor({
    capabilities: capabilities({
      ...store,
      library: library.current,
      retention: retentionOf(config),
      moderates: moderatorsFrom(config.ADMIN_IDS),
      clock: Date.now,
    }),
    conversations: store.conversations,
    log,
    diagram: async (id) => readDrawing(KNOWLEDGE, id),
  });
  return { tutor: countedTutor(tutor, metrics, () => performance.now() / 1000), library, store, metrics, log };
}

/** Runs until the work is done or a signal asks to stop; resolves to the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const [first = "start", ...rest] = args;
  if (first !== "start" && first !== "chat" && first !== "ask")
    throw new TutorError("config", `There is no "${first}" to run.`, { hint: "Use start, chat or ask." });
  const mode: Mode = first;
  const config = readConfig(process.env);
  const level = config.LOG_LEVEL ?? (mode === "start" && !process.stdin.isTTY ? "info" : "warn");
  const log = createLog({ level, secrets: secretsIn(process.env) });
  if (mode === "start" && rest.length) return checkOnly(config, rest, log);
  const parts = await build(config, mode, log);
  if (mode === "ask") return ask(parts.tutor, rest).finally(() => parts.store.close());
  const platforms = mode === "chat" ? [] : await chatPlatforms(config, parts);
  const chatting = !platforms.length && (mode === "chat" || process.stdin.isTTY);
  const chat = terminal({ input: process.stdin, output: process.stdout, environment: process.env });
  const ending = asked();
  crashLoudly(log);
  const { started, stop } = await serve(parts, config, chatting ? [chat] : platforms, !chatting);
  let ended = true;
  try {
    // A platform that is away is waited for, but not past the wish to stop.
    await Promise.race([started, ending]);
    if (chatting) await Promise.race([chat.closed, ending]);
    else if (platforms.length) {
      process.stdout.write(`Container Tutor is up on ${platforms.map(({ platform }) => platform).join(" and ")}.\n`);
      await ending;
    } else await wait(ending);
  } finally {
    ended = await stop();
  }
  // What still hangs would keep the process alive past the patience of whoever stops it.
  if (!ended) process.exit(0);
  return 0;
}

/** `--check`, the only thing that may follow `start`. */
async function checkOnly(config: Config, rest: readonly string[], log: Log): Promise<number> {
  if (rest.length > 1 || rest[0] !== "--check")
    throw new TutorError("config", `"start" does not know "${rest.join(" ")}".`, {
      hint: "Use: npm start -- --check, or nothing.",
    });
  try {
    const lines = await check(config, () => libraryOf(config, undefined, log), log);
    process.stdout.write(`${lines.join("\n")}\n`);
    return 0;
  } catch (error) {
    explain(error);
    return EX_CONFIG;
  }
}

/** The platforms that have a token; an SDK is read from the disk only then. */
async function chatPlatforms(config: Config, { store, log }: Parts): Promise<Adapter[]> {
  const found: Adapter[] = [];
  const forSlack = slackOf(config);
  if (forSlack) {
    const { slack } = await import("../adapters/slack/index.ts");
    const { install, ...rest } = forSlack;
    const installs = install ? { install: { ...install, store: store.installations, limiter: store.limiter } } : {};
    found.push(slack({ ...rest, ...installs, admins: config.ADMIN_IDS, communities: store.installations, log }));
  }
  if (config.DISCORD_TOKEN) {
    const { discord } = await import("../adapters/discord/index.ts");
    found.push(
      discord({
        token: config.DISCORD_TOKEN,
        apiUrl: config.DISCORD_API_URL,
        devGuild: config.DISCORD_DEV_GUILD,
        ...shardingOf(config),
        limiter: store.limiter,
        communities: store.installations,
        log,
      }),
    );
  }
  return found;
}

/** Resolves at the first signal that asks to stop. */
function asked(): Promise<void> {
  return new Promise((done) => {
    process.once("SIGTERM", done);
    process.once("SIGINT", done);
  });
}

async function ask(tutor: Tutor, rest: readonly string[]): Promise<number> {
  if (rest.includes("--jsonl")) return jsonl(tutor, process.stdin, process.stdout);
  const text = rest.join(" ");
  if (!text.trim())
    throw new TutorError("config", "`ask` got no question.", { hint: 'Try: npm run ask -- "vm vs container"' });
  const reply = await tutor.answer(
    tutor.hear({
      id: "ask",
      person: { id: "you" },
      place: { platform: "terminal", community: "local", channel: "ask" },
      said: { kind: "text", text },
    }),
  );
  process.stdout.write(`${plainText(reply.blocks)}\n`);
  return 0;
}

/** No token and no terminal: says what it waits for, and stays until it is asked to stop. */
async function wait(ending: Promise<void>): Promise<void> {
  const alive = setInterval(() => {}, 60_000);
  process.stdout.write(
    "Container Tutor is up; no chat platform is configured and there is no terminal, so it waits for SIGTERM. " +
      "Set SLACK_BOT_TOKEN or DISCORD_TOKEN to bring it into a chat (docs/run.md).\n",
  );
  await ending;
  clearInterval(alive);
}

/** Says what is wrong in one sentence; the exit code tells a supervisor whether trying again can help. */
export function explain(error: unknown): number {
  const say = (text: string) => process.stderr.write(`${secretScrub(secretsIn(process.env))(text)}\n`);
  if (error instanceof TutorError) {
    say(error.sentence);
    // A database that is away may come back; a wrong setting or page stays wrong until somebody mends it.
    return error.fault === "config" || error.fault === "knowledge" ? EX_CONFIG : 1;
  }
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}

/** What nobody caught is a bug: it is logged without secrets, and the next process answers what this one had taken. */
function crashLoudly(log: ScrubbedLog): void {
  process.on("uncaughtException", (err) => {
    log.fatal({ err }, "bug that nobody caught, the process ends");
    process.exit(1);
  });
}
