/**
 * The SQLite driver: one handle, one mutex. Statements are synchronous, so the driver gives the event loop its turns; the
 * disk is waited for outside of both.
 */
import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { setTimeout as pause, setImmediate as turnOfTheLoop } from "node:timers/promises";
import { TutorError } from "../core/errors.ts";
import type { Log } from "../core/ports.ts";
import type { Db, Row, Sql, Value } from "./db.ts";
import { noDisk, openDisk, type Sync } from "./disk.ts";
import { BUSY_MS, explained, isEmptyFile, LEAST_ROOM, openFile } from "./file.ts";
import { holds, rewrite } from "./scrub.ts";

/** After so much work the loop gets a turn before the next statement or transaction. */
const WORK_MS = 8;
/** Lists of tuples make many shapes of one statement; the oldest are prepared again. */
const KEPT_STATEMENTS = 300;
/** Another process that reads, such as a backup, keeps the log from being emptied for a moment. */
const TRIES = 20;
const PAUSE_MS = 100;
/** What changes nothing has nothing to bring to the disk. */
const READS = /^\s*(?:select|pragma)\b/i;
/** A database that lives as long as the process. */
export const MEMORY = ":memory:";

/** Opens `file`, or {@link MEMORY}. */
export function openSqlite(file: string, log: Log, sync?: Sync): Db {
  if (isEmptyFile(file)) log.warn({ file }, "the database file is empty, starting anew");
  const handle = openFile(file);
  const disk = file === MEMORY ? noDisk : openDisk(file, sync);
  // From here on a commit reaches the log at once and the disk by `landed`.
  handle.exec("pragma synchronous = normal");
  const exclusive = mutex();
  const sql = statements(handle, file);
  let worked = 0;

  /** One caller at a time: a second one would run inside the first one's transaction. */
  const alone = <T>(work: () => Promise<T>): Promise<T> =>
    exclusive(async () => {
      if (worked > WORK_MS) {
        worked = 0;
        await turnOfTheLoop();
      }
      const from = performance.now();
      try {
        return await work();
      } finally {
        worked += performance.now() - from;
      }
    });

  async function whole<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    await sql.run("begin immediate");
    try {
      const result = await work(sql);
      await sql.run("commit");
      return result;
    } catch (error) {
      // A full disk has rolled back already.
      if (handle.isTransaction) handle.exec("rollback");
      throw error;
    }
  }
  const soon = <T>(work: (sql: Sql) => Promise<T>): Promise<T> => alone(() => whole(work));
  async function landed<T>(work: Promise<T>): Promise<T> {
    const result = await work;
    await disk.landed();
    return result;
  }
  const transaction = <T>(work: (sql: Sql) => Promise<T>): Promise<T> => landed(soon(work));
  const all = (text: string, values?: readonly Value[]) => alone(() => sql.all(text, values));

  return {
    kind: "sqlite",
    name: file,
    all: (text, values) => (READS.test(text) ? all(text, values) : landed(all(text, values))),
    run: (text, values) => landed(alone(() => sql.run(text, values))),
    transaction,
    soon,
    async early(text, values) {
      const rows = await all(text, values);
      return { rows, landed: disk.landed() };
    },
    alone: transaction,
    scrub: (text) =>
      alone(async () => {
        if (file === MEMORY) return;
        await emptyLog(handle, file);
        if (!(await holds(file, text))) return;
        await rewrite(file).catch((error: unknown) => {
          throw explained(error, file, "dependency");
        });
        await emptyLog(handle, file);
      }),
    async room() {
      if (file === MEMORY) return;
      const { bavail, bsize } = await statfs(dirname(file));
      if (bavail * bsize < LEAST_ROOM) throw explained({ errcode: 13 }, file, "dependency");
    },
    close: () =>
      exclusive(async () => {
        if (!handle.isOpen) return;
        await disk.close();
        handle.close();
      }),
  };
}

/** Brings the log into the file and cuts it to nothing. */
async function emptyLog(handle: DatabaseSync, file: string): Promise<void> {
  // Without waiting inside SQLite: that would hold the event loop.
  handle.exec("pragma busy_timeout = 0");
  try {
    for (let tried = 0; tried < TRIES; tried += 1) {
      if (handle.prepare("pragma wal_checkpoint(truncate)").get()?.busy === 0) return;
      await pause(PAUSE_MS);
    }
  } catch (error) {
    throw explained(error, file, "dependency");
  } finally {
    handle.exec(`pragma busy_timeout = ${BUSY_MS}`);
  }
  throw new TutorError("dependency", `The log of the database ${file} cannot be emptied: another process reads it.`, {
    hint: "Try again once the backup, or whatever reads it, has ended.",
  });
}

function statements(handle: DatabaseSync, file: string): Sql {
  const prepared = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const known = prepared.get(sql);
    if (known) return known;
    const statement = handle.prepare(sql.replaceAll("for update skip locked", ""));
    const oldest = prepared.keys().next().value;
    if (prepared.size >= KEPT_STATEMENTS && oldest !== undefined) prepared.delete(oldest);
    prepared.set(sql, statement);
    return statement;
  };
  const explaining = async <T>(work: () => T): Promise<T> => {
    try {
      return work();
    } catch (error) {
      throw explained(error, file, "dependency");
    }
  };
  return {
    all: (sql, values: readonly Value[] = []) => explaining(() => prepare(sql).all(...values) as readonly Row[]),
    run: (sql, values: readonly Value[] = []) => explaining(() => Number(prepare(sql).run(...values).changes)),
  };
}

/** Runs works one after the other, whatever becomes of them. */
function mutex(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const run = last.then(work);
    last = run.catch(() => {});
    return run;
  };
}
