/** The SQLite driver: one handle, one mutex. Statements are synchronous, so the driver gives the event loop its turns. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import type { Log } from "../core/ports.ts";
import type { Db, Row, Sql, Value } from "./db.ts";
import { explained, isEmptyFile, openFile } from "./file.ts";

/** After so much work the loop gets a turn before the next statement or transaction. */
const WORK_MS = 8;
/** Lists of tuples make many shapes of one statement; the oldest are prepared again. */
const KEPT_STATEMENTS = 300;
/** Deleted bytes wait in the log while another process reads; sweeping tries again. */
const SCRUB_WAIT_MS = 200;

/** Opens `file`, or `:memory:` for a database that lives as long as the process. */
export function openSqlite(file: string, log: Log): Db {
  if (isEmptyFile(file)) log.warn({ file }, "the database file is empty, starting anew");
  const handle = openFile(file);
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

  const transaction = <T>(work: (sql: Sql) => Promise<T>): Promise<T> =>
    alone(async () => {
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
    });

  return {
    kind: "sqlite",
    name: file,
    all: (text, values) => alone(() => sql.all(text, values)),
    run: (text, values) => alone(() => sql.run(text, values)),
    transaction,
    alone: transaction,
    scrub: () =>
      alone(async () => {
        handle.exec(`pragma busy_timeout = ${SCRUB_WAIT_MS}`);
        try {
          const result = handle.prepare("pragma wal_checkpoint(truncate)").get();
          if (result?.busy) log.warn({ file }, "another process reads the database: its log is emptied later");
        } finally {
          handle.exec("pragma busy_timeout = 5000");
        }
      }),
    close: () => exclusive(async () => handle.close()),
  };
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
