/** The composition root: config -> parts -> start -> stop. Sees everything, decides nothing. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { jsonl } from "../adapters/jsonl/index.ts";
import { terminal } from "../adapters/terminal/index.ts";
import { capabilities } from "./capabilities/index.ts";
import { moderatorsFrom } from "./capabilities/moderator.ts";
import { type Config, limitsOf, readConfig, retentionOf } from "./config.ts";
import { type Adapter, postThrough } from "./core/adapter.ts";
import { createDesk } from "./core/desk.ts";
import { TutorError } from "./core/errors.ts";
import { runEvery } from "./core/every.ts";
import type { Log } from "./core/ports.ts";
import { plainText } from "./core/reply.ts";
import type { Store } from "./core/store.ts";
import { createTutor, type Tutor } from "./core/tutor.ts";
import { deliverReminders } from "./learning/remind.ts";
import { type OpenLibrary, openLibrary } from "./library/open.ts";
import { createLog } from "./ops/log.ts";
import { shardingOf, slackOf } from "./platforms.ts";
import { databaseFile, openStore } from "./store/open.ts";
import { scheduleBackups } from "./store/schedule.ts";
import { MEMORY } from "./store/sqlite.ts";
import { runTips } from "./tips/run.ts";

const KNOWLEDGE = join(import.meta.dirname, "../knowledge");
/** sysexits.h EX_CONFIG: a supervisor sees that restarting will not help. */
const EX_CONFIG = 78;
const LOOK_EVERY_MS = 5000;
const RECOVER_EVERY_MS = 15_000;
const SWEEP_EVERY_MS = 3_600_000;
const REMIND_EVERY_MS = 30_000;
/** Fewer pages are read before anybody could read how many. */
const MANY = 1000;

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
      // One question from a script waits for its pages; a conversation begins at once.
      background: mode !== "ask",
      progress: progressLine(mode, log),
    },
    log,
  );
  // One question from a script leaves nothing behind.
  const kept = mode === "ask" ? { dataDir: MEMORY } : { dataDir: config.DATA_DIR };
  const url = mode === "ask" ? undefined : config.DATABASE_URL;
  const tokenKeys = config.TOKEN_KEY ? { tokenKeys: config.TOKEN_KEY } : {};
  const store = await openStore({ ...kept, ...tokenKeys, ...(url ? { databaseUrl: url } : {}) }, log);
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

/** How far the pages are read: a line of the log, or one line of a terminal that waits for them. */
function progressLine(mode: Mode, log: Log): (read: number, of: number) => void {
  return (read, of) => {
    if (of < MANY || (read % 500 && read !== of)) return;
    if (mode !== "ask") log.info({ read, of }, "reading knowledge");
    else if (process.stderr.isTTY)
      process.stderr.write(read === of ? "\r\x1b[K" : `\rReading ${read} of ${of} pages ...`);
  };
}

/** Starts the adapters and all that goes on by itself; `stop` ends it, running answers last. */
function serve({ tutor, library, store, log }: Parts, config: Config, adapters: readonly Adapter[]) {
  const post = postThrough(() => adapters);
  const clock = Date.now;
  const adapter = (platform: string) => adapters.find((each) => each.platform === platform);
  const desk = createDesk({ ...store, tutor, limits: limitsOf(config), post, clock, log });
  const started = Promise.all(adapters.map((each) => each.start(tutor, desk)));
  const rhythm = (name: string, everyMs: number) => ({ name, everyMs, clock, log });
  const running = [
    runTips({ ...store, library: library.current, commands: () => tutor.commands, post, clock, log }),
    runEvery(
      (now) => deliverReminders({ ...store, library: library.current, adapter, log }, now),
      rhythm("reminders", REMIND_EVERY_MS),
    ),
    runEvery((_, stopping) => desk.recover(stopping), rhythm("recovery", RECOVER_EVERY_MS)),
    runEvery((now) => store.privacy.sweep(now, retentionOf(config)), rhythm("retention", SWEEP_EVERY_MS)),
  ];
  const unwatch = library.watch(LOOK_EVERY_MS);
  const unschedule = backups(config, store, log);
  const stop = async (): Promise<void> => {
    unwatch();
    await unschedule();
    await Promise.all(running.map((each) => each.stop()));
    await Promise.all(adapters.map((each) => each.stop()));
    await desk.stop();
    await store.close();
  };
  return { started, stop };
}

/** Dated copies of the SQLite file, where they are asked for; PostgreSQL has tools of its own. */
function backups({ BACKUP_EVERY, BACKUP_KEEP, DATA_DIR }: Config, store: Store, log: Log): () => Promise<void> {
  if (!BACKUP_EVERY || store.kind !== "sqlite") return async () => {};
  const schedule = {
    file: databaseFile(DATA_DIR),
    dir: join(DATA_DIR, "backups"),
    everyMs: BACKUP_EVERY,
    keep: BACKUP_KEEP,
  };
  return scheduleBackups(schedule, log);
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
  if (first !== "start" && first !== "chat" && first !== "ask")
    throw new TutorError("config", `There is no "${first}" to run.`, { hint: "Use start, chat or ask." });
  const mode: Mode = first;
  const config = readConfig(process.env);
  const parts = await build(config, mode);
  if (mode === "ask") return ask(parts.tutor, rest).finally(() => parts.store.close());
  const platforms = mode === "chat" ? [] : await chatPlatforms(config, parts);
  const chatting = !platforms.length && (mode === "chat" || process.stdin.isTTY);
  const chat = terminal({ input: process.stdin, output: process.stdout, environment: process.env });
  const ending = asked();
  const { started, stop } = serve(parts, config, chatting ? [chat] : platforms);
  try {
    // A platform that is away is waited for, but not past the wish to stop.
    await Promise.race([started, ending]);
    if (chatting) await Promise.race([chat.closed, ending]);
    else if (platforms.length) {
      process.stdout.write(`Container Tutor is up on ${platforms.map(({ platform }) => platform).join(" and ")}.\n`);
      await ending;
    } else await wait(ending);
    return 0;
  } finally {
    await stop();
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
    "Container Tutor is up; no chat platform is configured and there is no terminal, so it waits for SIGTERM.\n",
  );
  await ending;
  clearInterval(alive);
}

/** Says what is wrong in one sentence; the exit code tells a supervisor whether trying again can help. */
export function explain(error: unknown): number {
  if (error instanceof TutorError) {
    process.stderr.write(`${error.sentence}\n`);
    // A database that is away may come back; a wrong setting or page stays wrong until somebody mends it.
    return error.fault === "config" || error.fault === "knowledge" ? EX_CONFIG : 1;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
}
