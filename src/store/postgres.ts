/** The PostgreSQL driver: a pool that gives up in time, survives a killed backend and retries conflicts. */
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { TutorError } from "../core/errors.ts";
import type { Log } from "../core/ports.ts";
import type { Db, Row, Sql, Value } from "./db.ts";

/** Without limits a frozen server hung the pool for good; what was given up may still land, hence keys everywhere. */
const CONNECT_MS = 2000;
const QUERY_MS = 3000;
const IDLE_MS = 30_000;
/** Twenty replicas with four connections each stay under PostgreSQL's default of a hundred. */
const CONNECTIONS = 4;
const MIGRATION_MS = 600_000;
/** "tutor" in ASCII: the advisory lock of migrations; held by the transaction, so PgBouncer does not mind. */
const MIGRATION_LOCK = 0x7475746f;
const TRIES = 5;
/** Serialization failure and deadlock: the same transaction may well succeed now. */
const CONFLICTS: readonly unknown[] = ["40001", "40P01"];
const INT8 = 20;

interface Querying {
  query(config: pg.QueryConfig): Promise<pg.QueryResult<Record<string, Value>>>;
}

export function openPostgres(databaseUrl: string, log: Log): Db {
  const name = nameOf(databaseUrl);
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: "container-tutor",
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
    idleTimeoutMillis: IDLE_MS,
    types: { getTypeParser: (id: number) => (id === INT8 ? Number : pg.types.getTypeParser(id)) },
  });
  // An idle connection that dies would otherwise end the process.
  pool.on("error", (error) => log.warn({ database: name, err: error }, "an idle database connection was lost"));

  async function once<T>(work: (sql: Sql) => Promise<T>, timeoutMs: number | undefined): Promise<T> {
    const client = await pool.connect().catch((error: unknown) => {
      throw explained(error, name);
    });
    let broken: Error | undefined;
    // Lost in mid-transaction: the statement's own error tells the caller.
    const lost = (error: Error) => {
      broken = error;
    };
    client.on("error", lost);
    const sql = statements(client, name, timeoutMs);
    try {
      await sql.run("begin");
      const result = await work(sql);
      await sql.run("commit");
      return result;
    } catch (error) {
      // A server that did not answer would not answer a rollback either: the connection is given up instead.
      if (error instanceof TutorError && error.fault === "dependency") broken = error;
      else
        await sql.run("rollback").catch((failed: Error) => {
          broken = failed;
        });
      throw error;
    } finally {
      client.off("error", lost);
      client.release(broken);
    }
  }

  async function transaction<T>(work: (sql: Sql) => Promise<T>, timeoutMs?: number): Promise<T> {
    for (let tried = 1; ; tried += 1) {
      try {
        return await once(work, timeoutMs);
      } catch (error) {
        if (tried === TRIES || !CONFLICTS.includes(codeOf(error))) throw error;
        await pause(tried * 10);
      }
    }
  }

  const { all, run } = statements(pool, name);
  return {
    kind: "postgres",
    name,
    all,
    run,
    transaction: (work) => transaction(work),
    soon: (work) =>
      transaction(async (sql) => {
        await sql.run("set local synchronous_commit = off");
        return work(sql);
      }),
    // Its commit waits for the server's disk, and holds no event loop up.
    early: async (sql, values) => ({ rows: await all(sql, values), landed: Promise.resolve() }),
    alone: (work) =>
      transaction(async (sql) => {
        await sql.all(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
        return work(sql);
      }, MIGRATION_MS),
    // Dead rows go with autovacuum and recycled log segments: the server's own affair.
    scrub: async () => {},
    // The server's disk is its own affair, and its refusal reaches the probe.
    room: async () => {},
    close: async () => {
      if (!pool.ending) await pool.end();
    },
  };
}

function statements(client: Querying, database: string, timeoutMs?: number): Sql {
  const query = async (sql: string, values: readonly Value[] = []) => {
    try {
      const config = { text: numbered(sql), values: [...values] };
      return await client.query(timeoutMs ? Object.assign(config, { query_timeout: timeoutMs }) : config);
    } catch (error) {
      throw explained(error, database);
    }
  };
  return {
    all: async (sql, values) => (await query(sql, values)).rows as readonly Row[],
    run: async (sql, values) => (await query(sql, values)).rowCount ?? 0,
  };
}

/** No statement of ours has a question mark inside a text. */
function numbered(sql: string): string {
  let n = 0;
  return sql.replaceAll("?", () => {
    n += 1;
    return `$${n}`;
  });
}

const codeOf = (error: unknown): unknown =>
  typeof error === "object" && error !== null && "code" in error ? error.code : undefined;

/** Classes of SQLSTATE that are the server's trouble: connection, resources, intervention, system. */
const SERVER_TROUBLE = /^(08|53|57|58|XX|25006|28|3D000)/;
/** SQLSTATE has five characters; ECONNREFUSED and its kin are Node's. */
const NODE_CODE = /^E[A-Z_]{4,}$/;

/** An operator's sentence where the server is in trouble; a wrong statement is a bug and stays what it is. */
function explained(error: unknown, database: string): unknown {
  const code = codeOf(error);
  // Time-outs and ended connections come as plain errors without a code.
  const theirs = typeof code === "string" ? NODE_CODE.test(code) || SERVER_TROUBLE.test(code) : code === undefined;
  if (!theirs || !(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) return error;
  return new TutorError("dependency", `The database ${database} does not do its work (${error.message || code}).`, {
    hint: "Look at the server; the tutor goes on by itself once it answers.",
    cause: error,
  });
}

/** Host and database, without who and with which password. */
function nameOf(databaseUrl: string): string {
  const hint = "Use postgres://user:password@host:5432/database, or leave DATABASE_URL empty for SQLite.";
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(databaseUrl)?.[0] ?? "";
  if (!/^postgres(ql)?:$/i.test(scheme))
    throw new TutorError("config", `DATABASE_URL starts with "${scheme || databaseUrl.slice(0, 4)}".`, { hint });
  try {
    const { host, pathname } = new URL(databaseUrl);
    return `postgres://${host}${pathname}`;
  } catch {
    throw new TutorError("config", "DATABASE_URL is not an address.", { hint });
  }
}
