/** The two databases that experiments run on, each as processes open it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Store } from "../../src/core/store.ts";
import { openStore } from "../../src/store/open.ts";
import { type Server, startPostgres } from "../../test/support/postgres.ts";

export interface Database {
  readonly name: string;
  readonly options: { readonly dataDir: string; readonly databaseUrl?: string };
  /** So many processes share it. */
  readonly processes: number;
  open(clock?: () => number): Promise<Store>;
  close(): Promise<void>;
}

const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const opener = (options: Database["options"]) => (clock?: () => number) =>
  openStore({ ...options, ...(clock ? { clock } : {}) }, quiet);

/** A file of its own, with one process at a time. */
export async function sqliteDatabase(): Promise<Database> {
  const dataDir = mkdtempSync(join(tmpdir(), "tutor-chaos-"));
  const options = { dataDir };
  return {
    name: "SQLite",
    options,
    processes: 1,
    open: opener(options),
    close: async () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

let made = 0;

/** A database of its own on a server that is up. */
export async function postgresDatabase(server: Server, processes: number): Promise<Database> {
  made += 1;
  await server.query(`create database chaos${made}`);
  const options = { dataDir: "", databaseUrl: server.url.replace(/\/tutor$/, `/chaos${made}`) };
  return { name: "PostgreSQL", options, processes, open: opener(options), close: async () => {} };
}

/** Works on an empty database of each kind, as often as there are cases. */
export async function onBoth<Case, T>(
  cases: readonly Case[],
  processes: number,
  work: (database: Database, each: Case) => Promise<T>,
): Promise<readonly T[]> {
  const results: T[] = [];
  const run = async (database: Database, each: Case) => {
    try {
      results.push(await work(database, each));
    } finally {
      await database.close();
    }
  };
  for (const each of cases) await run(await sqliteDatabase(), each);
  const server = await startPostgres();
  try {
    for (const each of cases) await run(await postgresDatabase(server, processes), each);
  } finally {
    await server.stop();
  }
  return results;
}
