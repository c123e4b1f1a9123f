/** Looks whether the database could be used, and makes, moves or migrates nothing. */
import { accessSync, constants, existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { TutorError } from "../core/errors.ts";
import type { Log } from "../core/ports.ts";
import { type Db, number } from "./db.ts";
import { refuseNewer } from "./migrate.ts";
import { MIGRATIONS } from "./migrations.ts";
import { databaseFile, type StoreOptions } from "./open.ts";
import { openSqlite } from "./sqlite.ts";

const TABLE = {
  sqlite: "select count(*) as n from sqlite_master where name = 'schema_migration'",
  postgres: "select count(*) as n from information_schema.tables where table_name = 'schema_migration'",
};

/** One sentence on what is there; throws what a start would throw. */
export async function lookAtStore({ databaseUrl, dataDir }: StoreOptions, log: Log): Promise<string> {
  const file = databaseFile(dataDir);
  if (!databaseUrl && !existsSync(file)) {
    refuseUnwritable(dataDir);
    return `The database ${file} will be made at the first start.`;
  }
  const db = databaseUrl ? (await import("./postgres.ts")).openPostgres(databaseUrl, log) : openSqlite(file, log);
  try {
    return await versionOf(db);
  } finally {
    await db.close();
  }
}

async function versionOf(db: Db): Promise<string> {
  const [there] = await db.all(TABLE[db.kind]);
  if (!number(there?.n)) return `The database ${db.name} is empty; its tables will be made at the first start.`;
  const [row] = await db.all("select coalesce(max(version), 0) as version from schema_migration");
  const version = number(row?.version);
  refuseNewer(version, db.name);
  const behind = MIGRATIONS.length - version;
  return behind
    ? `The database ${db.name} has schema ${version}; the start brings it to ${MIGRATIONS.length}, so back it up first.`
    : `The database ${db.name} has schema ${version}, as this version wants it.`;
}

/** The folder, or the nearest one above it that exists. */
function refuseUnwritable(dataDir: string): void {
  let folder = resolve(dataDir);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new TutorError("config", `DATA_DIR="${dataDir}" cannot be written to.`, {
      hint: "Make it writable for the user that runs the tutor, or set DATA_DIR to one that is.",
      cause,
    });
  }
}
