/** An hour of Discord in short: real processes, many servers, every event counted, memory read after forced collections. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../../test/adapters/contract.ts";
import { type Loopback, loopback } from "../../test/support/discord/server.ts";
import { BOT, TOKEN } from "../../test/support/discord/world.ts";
import { startPostgres } from "../../test/support/postgres.ts";

export interface Size {
  readonly guilds: number;
  readonly shards: number;
  readonly processes: number;
  /** In each server, over the whole run. */
  readonly chatter: number;
  readonly questions: number;
  /** Servers of the run that memory is compared with; 0: no such run. */
  readonly few: number;
  /** Pages to read instead of the built-in ones, where only delivery matters. */
  readonly pages?: string;
}

/** The busiest hour of the assumed day: a fifth of 2,000 messages and of 20 questions. */
export const HOUR: Size = { guilds: 10_000, shards: 4, processes: 2, chatter: 400, questions: 4, few: 100 };

export interface Soaked {
  readonly events: number;
  readonly questions: number;
  readonly lost: number;
  readonly twice: number;
  readonly refused: number;
  /** Megabytes of all processes together, right after a collection. */
  readonly rssFew: number;
  readonly rssFull: number;
  readonly rssPer1000: number;
  /** Heap at every tenth of the traffic, and its slope from the first to the last. */
  readonly heap: readonly number[];
  readonly slope: number;
  readonly seconds: number;
}

const ROOT = join(import.meta.dirname, "../..");
const SAMPLES = 10;
/** Questions that may be open at once: people wait for answers. */
const OPEN = 16;
const MB = 1024 * 1024;

interface Running {
  readonly server: Loopback;
  memory(): Promise<{ readonly rss: number; readonly heap: number }>;
  stop(): Promise<void>;
}

/** The k-th simulated server; servers spread evenly over shards. */
const guildAt = (k: number): string => String((BigInt(k) << 22n) + 1n);

async function start(size: Size, guilds: number, folder: string, databaseUrl: string): Promise<Running> {
  const server = await loopback({ guilds: Array.from({ length: guilds }, (_, k) => guildAt(k + 1)), forgetful: true });
  const per = size.shards / size.processes;
  const children = Array.from({ length: size.processes }, (_, i) =>
    spawn(
      process.execPath,
      ["--expose-gc", "--import", join(import.meta.dirname, "probe.ts"), join(ROOT, "bin/tutor.mjs"), "start"],
      {
        cwd: ROOT,
        env: {
          PATH: process.env.PATH,
          DISCORD_TOKEN: TOKEN,
          DISCORD_API_URL: server.api,
          SHARD_COUNT: String(size.shards),
          SHARDS: Array.from({ length: per }, (_, s) => i * per + s).join(","),
          DATA_DIR: join(folder, String(i)),
          DATABASE_URL: databaseUrl,
          OPS_PORT: "off",
          ...(size.pages ? { KNOWLEDGE_BUILTIN: "off", KNOWLEDGE_DIR: size.pages } : {}),
          LIMIT_PERSON: "off",
          LIMIT_CHANNEL: "off",
          LIMIT_COMMUNITY: "off",
          LOG_LEVEL: "error",
        },
        stdio: ["ignore", "pipe", "inherit", "ipc"],
      },
    ),
  );
  await Promise.all(children.map(up));
  return {
    server,
    async memory() {
      const each = await Promise.all(children.map(ask));
      return {
        rss: each.reduce((sum, { rss }) => sum + rss, 0) / MB,
        heap: each.reduce((sum, { heapUsed }) => sum + heapUsed, 0) / MB,
      };
    },
    async stop() {
      const gone = children.map((child) => (child.exitCode === null ? once(child, "exit") : undefined));
      for (const child of children) child.kill("SIGTERM");
      await Promise.all(gone);
      await server.close();
    },
  };
}

/** Until it says that it is up; one that ends before is an error. */
function up(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      if (String(chunk).includes("is up on discord")) done();
    });
    child.once("exit", (code) => fail(new Error(`A process ended with ${code} before it was up.`)));
  });
}

async function ask(child: ChildProcess): Promise<{ readonly rss: number; readonly heapUsed: number }> {
  const answer = once(child, "message");
  child.send("memory");
  const [said] = (await answer) as [{ rss: number; heapUsed: number }];
  return said;
}

export async function soakDiscord(size: Size): Promise<Soaked> {
  const began = performance.now();
  // Kept between the two runs, so that the index is made once.
  const folder = mkdtempSync(join(tmpdir(), "soak-"));
  // Several processes share one database.
  const database = await startPostgres();
  // The first start makes the index, which takes memory of its own.
  if (size.few) await (await start(size, size.few, folder, database.url)).stop();
  const small = size.few ? await start(size, size.few, folder, database.url) : undefined;
  const rssFew = small ? (await small.memory()).rss : 0;
  await small?.stop();

  const running = await start(size, size.guilds, folder, database.url);
  const { server } = running;
  const rssFull = (await running.memory()).rss;
  const channels = new Map([...server.world.channels].map(([id, { guild_id }]) => [String(guild_id), id]));
  const answers = new Map<string, number>();
  let [events, asked] = [0, 0];
  /** Counts what was posted since, and forgets it: this process must not grow either. */
  const collect = () => {
    for (const { author, referenced } of server.world.messages)
      if (author === BOT && referenced) answers.set(referenced, (answers.get(referenced) ?? 0) + 1);
    server.world.messages.length = 0;
    server.rest.events.length = 0;
    server.rest.requests.length = 0;
    return answers.size;
  };
  const total = size.guilds * size.questions;
  const between = Math.round(size.chatter / Math.max(1, size.questions));
  const heap = [(await running.memory()).heap];
  for (let i = 0; i < total; i++) {
    const guild = guildAt((i % size.guilds) + 1);
    const where = { guild, channel: channels.get(guild) ?? "" };
    for (let c = 0; c < between; c++) server.say(`somebody says something, number ${c}`, where);
    server.say(`<@${BOT}> what is a volume?`, { ...where, mentions: [BOT], by: `41${String(i).padStart(17, "0")}` });
    asked += 1;
    events += between + 1;
    // Answers come in the order of each connection, so what was said before them has been heard too.
    if (asked - collect() >= OPEN) await until(() => asked - collect() < OPEN / 2, "answers");
    if ((i + 1) % Math.ceil(total / SAMPLES) === 0) heap.push((await running.memory()).heap);
  }
  await until(() => collect() >= asked, "the last answers").catch(() => undefined);
  heap.push((await running.memory()).heap);
  const soaked: Soaked = {
    events,
    questions: asked,
    lost: asked - answers.size,
    twice: [...answers.values()].filter((times) => times > 1).length,
    refused: server.rest.faults.length,
    rssFew,
    rssFull,
    rssPer1000: ((rssFull - rssFew) / (size.guilds - size.few)) * 1000,
    heap,
    slope: slopeOf(heap.slice(1)),
    seconds: Math.round((performance.now() - began) / 1000),
  };
  await running.stop();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
  return soaked;
}

/** Growth over the whole of the samples, by least squares. */
export function slopeOf(values: readonly number[]): number {
  const n = values.length;
  if (n < 2) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const middle = (n - 1) / 2;
  const up = values.reduce((sum, value, x) => sum + (x - middle) * (value - mean), 0);
  const across = values.reduce((sum, _, x) => sum + (x - middle) ** 2, 0);
  return (up / across) * (n - 1);
}
