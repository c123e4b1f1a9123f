/** The composition root: config -> parts -> start -> stop. Sees everything, decides nothing. */
import { setImmediate } from "node:timers/promises";
import { type Config, readConfig } from "./config.ts";
import type { Adapter } from "./core/adapter.ts";
import { TutorError } from "./core/errors.ts";
import type { Log } from "./core/ports.ts";
import { plainText } from "./core/reply.ts";
import { countedLog } from "./ops/counted.ts";
import { type Front, openFront } from "./ops/front.ts";
import { createLog, type ScrubbedLog } from "./ops/log.ts";
import { createMetrics } from "./ops/metrics.ts";
import { secretScrub } from "./ops/scrub.ts";
import type { build as Build, Mode, Parts } from "./parts.ts";
import { refuseSeparateFiles, shardingOf, slackOf } from "./platforms.ts";
import { secretsIn } from "./secrets.ts";

/** sysexits.h EX_CONFIG: a supervisor sees that restarting will not help. */
const EX_CONFIG = 78;

/** Runs until the work is done or a signal asks to stop; resolves to the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const [first = "start", ...rest] = args;
  if (first !== "start" && first !== "chat" && first !== "ask")
    throw new TutorError("config", `There is no "${first}" to run.`, { hint: "Use start, chat or ask." });
  const config = readConfig(process.env);
  const level = config.LOG_LEVEL ?? (first === "start" && !process.stdin.isTTY ? "info" : "warn");
  const written = createLog({ level, secrets: secretsIn(process.env) });
  if (first === "start" && rest.length) return checkOnly(config, rest, written);
  const metrics = createMetrics();
  const made = { written, metrics, log: countedLog(written, metrics) };
  if (first === "ask") return ask(await partsOf(config, first, made), rest);
  if (first === "start") refuseSeparateFiles(config);
  const inChats = first === "start" && (config.DISCORD_TOKEN !== undefined || slackOf(config) !== undefined);
  const chatting = !inChats && (first === "chat" || process.stdin.isTTY);
  const ending = asked();
  crashLoudly(written);
  // Whoever probes is answered from here on, while code and pages are still being read; nobody probes a chat.
  const { OPS_HOST: host, OPS_PORT: port } = config;
  const front = await openFront(chatting ? undefined : { host, port }, metrics, made.log);
  try {
    const parts = await partsOf(config, first, made);
    const ended = chatting ? await chat(parts, config, front, ending) : await service(parts, config, front, ending);
    // What still hangs would keep the process alive past the patience of whoever stops it.
    if (!ended) process.exit(0);
    return 0;
  } finally {
    await front.stop();
  }
}

async function partsOf(config: Config, mode: Mode, made: Parameters<typeof Build>[2]): Promise<Parts> {
  const { build } = await import("./parts.ts");
  // Those who asked meanwhile get their answer before the pages are read in one go.
  await setImmediate();
  return build(config, mode, made);
}

/** In the terminal, until the line is closed; resolves to whether all ended in time. */
async function chat(parts: Parts, config: Config, front: Front, ending: Promise<void>): Promise<boolean> {
  const { terminal } = await import("../adapters/terminal/index.ts");
  const { serve } = await import("./serve.ts");
  const line = terminal({ input: process.stdin, output: process.stdout, environment: process.env });
  const { started, stop } = serve(parts, config, [line], front);
  let ended = true;
  try {
    await Promise.race([started, ending]);
    await Promise.race([line.closed, ending]);
  } finally {
    ended = await stop();
  }
  return ended;
}

/** In the chats that have a token, until it is asked to stop; resolves to whether all ended in time. */
async function service(parts: Parts, config: Config, front: Front, ending: Promise<void>): Promise<boolean> {
  const { serve } = await import("./serve.ts");
  const platforms = await chatPlatforms(config, parts);
  const { started, stop } = serve(parts, config, platforms, front);
  let ended = true;
  try {
    // A platform that is away is waited for, but not past the wish to stop.
    await Promise.race([started, ending]);
    process.stdout.write(platforms.length ? upOn(platforms) : WAITING);
    await stay(ending);
  } finally {
    ended = await stop();
  }
  return ended;
}

/** `--check`, the only thing that may follow `start`. */
async function checkOnly(config: Config, rest: readonly string[], log: Log): Promise<number> {
  if (rest.length > 1 || rest[0] !== "--check")
    throw new TutorError("config", `"start" does not know "${rest.join(" ")}".`, {
      hint: "Use: npm start -- --check, or nothing.",
    });
  try {
    const { check } = await import("./check.ts");
    const { libraryOf } = await import("./parts.ts");
    const lines = await check(config, () => libraryOf(config, "check", undefined, log), log);
    process.stdout.write(`${lines.join("\n")}\n`);
    return 0;
  } catch (error) {
    explain(error);
    return EX_CONFIG;
  }
}

/** The platforms that have a token; an SDK is read from the disk only then. */
async function chatPlatforms(config: Config, { store, metrics, log }: Parts): Promise<Adapter[]> {
  const found: Adapter[] = [];
  const forSlack = slackOf(config);
  if (forSlack) {
    const { slack } = await import("../adapters/slack/index.ts");
    const { install, ...rest } = forSlack;
    const installs = install ? { install: { ...install, store: store.installations, limiter: store.limiter } } : {};
    const { installations: communities } = store;
    found.push(slack({ ...rest, ...installs, admins: config.ADMIN_IDS, communities, metrics, log }));
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

async function ask({ tutor, store }: Parts, rest: readonly string[]): Promise<number> {
  try {
    if (rest.includes("--jsonl")) {
      const { jsonl } = await import("../adapters/jsonl/index.ts");
      return await jsonl(tutor, process.stdin, process.stdout);
    }
    const text = rest.join(" ");
    if (!text.trim())
      throw new TutorError("config", "`ask` got no question.", { hint: 'Try: npm run ask -- "vm vs container"' });
    const place = { platform: "terminal", community: "local", channel: "ask" } as const;
    const turn = { id: "ask", person: { id: "you" }, place, said: { kind: "text", text } } as const;
    const reply = await tutor.answer(tutor.hear(turn));
    process.stdout.write(`${plainText(reply.blocks)}\n`);
    return 0;
  } finally {
    await store.close();
  }
}

const upOn = (platforms: readonly Adapter[]): string =>
  `Container Tutor is up on ${platforms.map(({ platform }) => platform).join(" and ")}.\n`;
const WAITING =
  "Container Tutor is up; no chat platform is configured and there is no terminal, so it waits for SIGTERM. " +
  "Set SLACK_BOT_TOKEN or DISCORD_TOKEN to bring it into a chat (docs/run.md).\n";

/** Stays until it is asked to stop, also where nothing else keeps the process alive. */
async function stay(ending: Promise<void>): Promise<void> {
  const alive = setInterval(() => {}, 60_000);
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
