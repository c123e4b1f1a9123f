/** The composition root: config -> parts -> start -> stop. Sees everything, decides nothing. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { jsonl } from "../adapters/jsonl/index.ts";
import { terminal } from "../adapters/terminal/index.ts";
import { capabilities } from "./capabilities/index.ts";
import { moderatorsFrom } from "./capabilities/moderator.ts";
import { type Config, limitsOf, readConfig, retentionOf, shardingOf } from "./config.ts";
import { type Adapter, postThrough } from "./core/adapter.ts";
import { createDesk, type Desk } from "./core/desk.ts";
import { TutorError } from "./core/errors.ts";
import { runEvery } from "./core/every.ts";
import type { Log } from "./core/ports.ts";
import { plainText } from "./core/reply.ts";
import type { Store } from "./core/store.ts";
import { createTutor, type Tutor } from "./core/tutor.ts";
import { type OpenLibrary, openLibrary } from "./library/open.ts";
import { createLog } from "./ops/log.ts";
import { openStore } from "./store/open.ts";
import { runTips } from "./tips/run.ts";

const KNOWLEDGE = join(import.meta.dirname, "../knowledge");
/** sysexits.h EX_CONFIG: a supervisor sees that restarting will not help. */
const EX_CONFIG = 78;
const LOOK_EVERY_MS = 5000;
const RECOVER_EVERY_MS = 15_000;
const SWEEP_EVERY_MS = 3_600_000;

type Mode = "start" | "chat" | "ask";

interface Parts {
  readonly tutor: Tutor;
  readonly library: OpenLibrary;
  readonly store: Store;
  readonly log: Log;
}

async function build(config: Config, mode: Mode): Promise<Parts> {
  const log = createLog(config.LOG_LEVEL ?? (mode === "start" && !process.stdin.isTTY ? "info" : "warn"));
  const library = openLibrary(
    {
      ...(config.KNOWLEDGE_BUILTIN === "on" ? { builtin: KNOWLEDGE } : {}),
      own: config.KNOWLEDGE_DIR,
      ...(config.KNOWLEDGE_URL ? { baseUrl: config.KNOWLEDGE_URL } : {}),
      cacheDir: join(config.DATA_DIR, "cache"),
    },
    log,
  );
  // One question from a script leaves nothing behind.
  const kept = mode === "ask" ? { dataDir: ":memory:" } : { dataDir: config.DATA_DIR };
  const url = mode === "ask" ? undefined : config.DATABASE_URL;
  const store = await openStore({ ...kept, ...(url ? { databaseUrl: url } : {}) }, log);
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
    diagram: async (id) => drawing(id),
  });
  return { tutor, library, store, log };
}

/** All that goes on by itself beside the adapters; the returned function ends it. */
function work({ tutor, library, store, log }: Parts, config: Config, adapters: readonly Adapter[]) {
  const post = postThrough(() => adapters);
  const clock = Date.now;
  const desk = createDesk({ ...store, tutor, limits: limitsOf(config), post, clock, log });
  const rhythm = (name: string, everyMs: number) => ({ name, everyMs, clock, log });
  const running = [
    runTips({ ...store, library: library.current, commands: () => tutor.commands, post, clock, log }),
    runEvery((_, stopping) => desk.recover(stopping), rhythm("recovery", RECOVER_EVERY_MS)),
    runEvery((now) => store.privacy.sweep(now, retentionOf(config)), rhythm("retention", SWEEP_EVERY_MS)),
  ];
  const unwatch = library.watch(LOOK_EVERY_MS);
  return {
    desk,
    async stop(): Promise<void> {
      unwatch();
      await Promise.all(running.map((each) => each.stop()));
      await desk.stop();
      await store.close();
    },
  };
}

/** One of our own drawings; the alternative text is the drawing's own description. */
function drawing(id: string) {
  if (!/^[a-z0-9-]+$/.test(id)) return undefined;
  try {
    const svg = readFileSync(join(KNOWLEDGE, "diagrams", `${id}.svg`), "utf8");
    return {
      svg,
      png: readFileSync(join(KNOWLEDGE, "diagrams", `${id}.png`)),
      alt: /<desc[^>]*>([^<]*)/.exec(svg)?.[1]?.trim() ?? id,
    };
  } catch {
    return undefined;
  }
}

/** Runs until the work is done or a signal asks to stop; resolves to the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const [first = "start", ...rest] = args;
  const mode: Mode = first === "chat" || first === "ask" ? first : "start";
  const config = readConfig(process.env);
  const parts = await build(config, mode);
  if (mode === "ask") return ask(parts.tutor, rest).finally(() => parts.store.close());
  const platforms = mode === "start" ? await chatPlatforms(config, parts.log) : [];
  const chatting = mode === "chat" || (process.stdin.isTTY && !platforms.length);
  const chat = terminal({ input: process.stdin, output: process.stdout, environment: process.env });
  const { desk, stop } = work(parts, config, chatting ? [chat] : platforms);
  try {
    if (!chatting) return await serve(parts.tutor, desk, platforms);
    await chat.start(parts.tutor, desk);
    await chat.closed;
    return 0;
  } finally {
    await stop();
  }
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

/** The chat platforms whose tokens are set; an SDK is loaded only for its own. */
async function chatPlatforms(config: Config, log: Log): Promise<Adapter[]> {
  const found: Adapter[] = [];
  if (config.DISCORD_TOKEN) {
    const { discord } = await import("../adapters/discord/index.ts");
    found.push(
      discord({
        token: config.DISCORD_TOKEN,
        apiUrl: config.DISCORD_API_URL,
        devGuild: config.DISCORD_DEV_GUILD,
        ...shardingOf(config),
        log,
      }),
    );
  }
  return found;
}

/** The service: until it is asked to stop, and then what is being answered is finished first. */
async function serve(tutor: Tutor, desk: Desk, platforms: readonly Adapter[]): Promise<number> {
  const asked = stopSignal();
  try {
    await Promise.all(platforms.map((each) => each.start(tutor, desk)));
    process.stdout.write(
      platforms.length
        ? `Container Tutor is up on ${platforms.map(({ platform }) => platform).join(" and ")}.\n`
        : "Container Tutor is up; no chat platform is configured and there is no terminal, so it waits for SIGTERM.\n",
    );
    await asked;
  } finally {
    await Promise.all(platforms.map((each) => each.stop()));
  }
  return 0;
}

async function stopSignal(): Promise<void> {
  const alive = setInterval(() => {}, 60_000);
  await new Promise<void>((done) => {
    process.once("SIGTERM", done);
    process.once("SIGINT", done);
  });
  clearInterval(alive);
}

/** Says what is wrong in one sentence; the exit code tells a supervisor whether trying again can help. */
export function explain(error: unknown): number {
  if (error instanceof TutorError && (error.fault === "config" || error.fault === "knowledge")) {
    process.stderr.write(`${error.sentence}\n`);
    return EX_CONFIG;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
}
