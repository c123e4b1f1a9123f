/** All stores over one database: PostgreSQL where an address is given, else one SQLite file. */
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TutorError } from "../core/errors.ts";
import type { Log, Ms } from "../core/ports.ts";
import type { Store } from "../core/store.ts";
import { breaking } from "./breaker.ts";
import { createConversationStore } from "./conversations.ts";
import { type Db, text } from "./db.ts";
import { createFeedback } from "./feedback.ts";
import { createInbox, distrust } from "./inbox.ts";
import { createInstallations, reseal } from "./installations.ts";
import { hashWith } from "./keys.ts";
import { createLearners } from "./learners.ts";
import { createLimiter } from "./limiter.ts";
import { migrate } from "./migrate.ts";
import { createPrivacy } from "./privacy.ts";
import { createSeals } from "./seal.ts";
import { createSettings } from "./settings.ts";
import { MEMORY, openSqlite } from "./sqlite.ts";
import { createTips } from "./tips.ts";

const FILE = "tutor.db";

export interface StoreOptions {
  readonly databaseUrl?: string;
  /** Holds the SQLite file; `:memory:` keeps everything in memory, for tests and trials. */
  readonly dataDir: string;
  /** For hashes of people; without one the database keeps its own. */
  readonly salt?: string;
  /** For tokens of installations: the first seals, all open. */
  readonly tokenKeys?: readonly Uint8Array[];
  readonly clock?: () => Ms;
}

/** Where the database of a data folder lies. */
export const databaseFile = (dataDir: string): string => (dataDir === MEMORY ? MEMORY : join(dataDir, FILE));

/** Opens the database, brings it to this version's schema, and hands out its stores. */
export async function openStore(options: StoreOptions, log: Log): Promise<Store> {
  const { databaseUrl, dataDir } = options;
  // The driver of PostgreSQL is read from the disk only where it is used.
  const db = databaseUrl
    ? breaking((await import("./postgres.ts")).openPostgres(databaseUrl, log))
    : openSqlite(fileIn(dataDir), log);
  try {
    return await storeOver(db, options, log);
  } catch (error) {
    await db.close().catch(() => {});
    throw error;
  }
}

/** All stores over an open database; closing the store closes it. */
export async function storeOver(
  db: Db,
  { salt, tokenKeys = [], clock = Date.now }: Pick<StoreOptions, "salt" | "tokenKeys" | "clock">,
  log: Log,
): Promise<Store> {
  const before = await migrate(db, clock());
  log.info({ database: db.name, schema: before }, "database open");
  if (db.kind === "sqlite") await distrust(db, boot());
  const seals = createSeals(tokenKeys);
  const resealed = tokenKeys.length ? await reseal(db, seals) : 0;
  if (resealed) log.info({ resealed }, "tokens are sealed with the newest key");
  const hash = hashWith(salt ?? (await ownSalt(db)));
  return {
    kind: db.kind,
    inbox: createInbox(db),
    conversations: createConversationStore(db, clock),
    tips: createTips(db, clock),
    learners: createLearners(db, clock),
    feedback: createFeedback(db, hash),
    settings: createSettings(db),
    privacy: createPrivacy(db, hash),
    limiter: createLimiter(db, hash),
    installations: createInstallations(db, seals),
    logSalt: hash("log"),
    healthy: watched(() => probe(db, clock()), log),
    close: () => db.close(),
  };
}

function fileIn(dataDir: string): string {
  if (dataDir === MEMORY) return MEMORY;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new TutorError("config", `The folder DATA_DIR="${dataDir}" cannot be made.`, {
      hint: "Create it, writable for the user that runs the tutor, or set DATA_DIR to one that is.",
      cause: error,
    });
  }
  return databaseFile(dataDir);
}

/** The running system's name for its boot; elsewhere than on Linux each start counts as one. */
function boot(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return randomBytes(16).toString("base64url");
  }
}

/** Made by the first process on this database; replicas and restarts find the same one. */
async function ownSalt(db: Db): Promise<string> {
  await db.run("insert into store_fact (name, value) values ('salt', ?) on conflict (name) do nothing", [
    randomBytes(32).toString("base64url"),
  ]);
  const rows = await db.all("select value from store_fact where name = 'salt'");
  return text(rows[0]?.value);
}

/** A real write, down to the disk: reads go on when it is full. */
async function probe(db: Db, now: Ms): Promise<void> {
  await db.room();
  await db.run(
    `insert into store_fact (name, value) values ('probe', ?)
     on conflict (name) do update set value = excluded.value`,
    [String(now)],
  );
}

/** Is asked every few seconds: an outage is one line in the log, and its end another. */
function watched(work: () => Promise<void>, log: Log): () => Promise<boolean> {
  let away = false;
  return async () => {
    try {
      await work();
      if (away) log.info({}, "the database can be written to again");
      away = false;
    } catch (err) {
      if (!away) log.warn({ err }, "the database cannot be written to");
      away = true;
    }
    return !away;
  };
}
