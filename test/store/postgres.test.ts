/** The contract on a real PostgreSQL, and what only a server can do: die, race, refuse. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { postgresDatabase } from "../../scripts/chaos/database.ts";
import { tipFaults, tipsUnderFire } from "../../scripts/chaos/tips.ts";
import type { Store } from "../../src/core/store.ts";
import { migrate } from "../../src/store/migrate.ts";
import { openStore } from "../../src/store/open.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { type Server, startPostgres } from "../support/postgres.ts";
import { NOW, person, subscription, TOKEN_KEY } from "../support/store.ts";
import { keptLog } from "../support/tutor.ts";
import { type Opened, storeContract } from "./contract.ts";

let server: Server;
let stores: readonly Store[] = [];
let tables: string;

const open = (databaseUrl = server.url, log = keptLog()) =>
  openStore({ databaseUrl, dataDir: "unused", clock: () => NOW, tokenKeys: [TOKEN_KEY] }, log);

beforeAll(async () => {
  server = await startPostgres();
  // Two replicas that start at once: one migrates, the other waits.
  stores = await Promise.all([open(), open()]);
  const rows = await server.query(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_name not in ('schema_migration', 'store_fact')`,
  );
  tables = rows.map(({ name }) => String(name)).join(", ");
});

afterAll(async () => {
  for (const store of stores) await store.close();
  await server?.stop();
});

storeContract("PostgreSQL", async (): Promise<Opened> => {
  await server.query(`truncate ${tables}`);
  const [store, replica] = stores;
  if (!store || !replica) throw new Error("PostgreSQL is not up.");
  return {
    store,
    replica,
    query: (sql) => server.query(sql),
    columns: async () => {
      const rows = await server.query(
        `select table_name as "table", column_name as "column" from information_schema.columns
         where table_schema = 'public' and data_type not in ('bigint', 'integer')`,
      );
      return rows.map(({ table, column }) => ({ table: String(table), column: String(column) }));
    },
  };
});

describe("PostgreSQL server", () => {
  test("of two processes that post tips one is killed: none comes twice, none is lost that is not counted", async () => {
    const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
    console.log(`SEED=${seed}`);
    const database = await postgresDatabase(server, 2);
    expect(tipFaults(await tipsUnderFire(database, "none", 1, seed)), `SEED=${seed}`).toEqual([]);
  });

  test("two that migrate at once run each statement once", async () => {
    const rows = await server.query(
      "select count(*)::int as n, count(distinct version)::int as v from schema_migration",
    );
    expect(rows[0]?.n).toBe(rows[0]?.v);
  });

  test("killed backends cost one error at most, never the process, and the pool goes on", async () => {
    const log = keptLog();
    const store = await open(server.url, log);
    onTestFinished(() => store.close());
    await store.learners.note(person("ann"), "level", "beginner");
    await server.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'container-tutor'",
    );
    const outcome = await store.learners.notes(person("ann")).catch((error: unknown) => error);
    if (outcome instanceof Error) expect(outcome).toMatchObject({ name: "TutorError", fault: "dependency" });
    expect(await store.learners.notes(person("ann"))).toEqual({ level: "beginner" });
    expect(await store.healthy()).toBe(true);
  });

  test("a conflict between transactions is tried again inside", async () => {
    const db = openPostgres(server.url, keptLog());
    onTestFinished(() => db.close());
    await db.run("insert into store_fact (name, value) values ('left', '0'), ('right', '0')");
    onTestFinished(async () => void (await server.query("delete from store_fact where name in ('left', 'right')")));
    let tries = 0;
    let arrived = 0;
    let meet: () => void = () => {};
    const both = new Promise<void>((resolve) => {
      meet = resolve;
    });
    /** Locks the two rows in opposite orders, each after the other holds its first: a deadlock for certain. */
    const cross = (first: string, second: string) =>
      db.transaction(async (sql) => {
        tries += 1;
        const add = "update store_fact set value = cast(cast(value as integer) + 1 as text) where name = ?";
        await sql.run(add, [first]);
        arrived += 1;
        if (arrived === 2) meet();
        await both;
        await sql.run(add, [second]);
      });
    await Promise.all([cross("left", "right"), cross("right", "left")]);
    expect(tries).toBeGreaterThan(2);
    expect(await db.all("select value from store_fact where name in ('left', 'right')")).toEqual([
      { value: "2" },
      { value: "2" },
    ]);
  });

  test("an older program refuses a newer schema, and leaves it alone", async () => {
    const db = openPostgres(server.url, keptLog());
    onTestFinished(() => db.close());
    await expect(migrate(db, NOW, ["select 1"])).rejects.toMatchObject({ fault: "config" });
  });

  test("the password is in no error and no log line", async () => {
    const log = keptLog();
    const wrong = server.url.replace(/:\d+\//, ":1/");
    const error = await open(wrong, log).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: "TutorError", fault: "dependency" });
    expect(String(error) + JSON.stringify(log.lines)).not.toContain("secret");
    expect(String(error)).toContain("127.0.0.1:1/tutor");
  });

  test("another scheme is refused with the cure", async () => {
    await expect(open("mysql://root:secret@localhost/x")).rejects.toMatchObject({
      fault: "config",
      message: 'DATABASE_URL starts with "mysql:".',
    });
  });

  test("limits go on in memory while the server is away", async () => {
    const store = await open();
    const away = await openStore({ databaseUrl: server.url, dataDir: "unused" }, keptLog());
    await store.tips.subscribe(subscription("general"), NOW);
    await store.close();
    await away.close();
    const limit = { points: 1, seconds: 3600 };
    expect((await away.limiter.take(person("zoe"), 1, limit)).ok).toBe(true);
    expect((await away.limiter.take(person("zoe"), 1, limit)).ok).toBe(false);
    expect(await away.healthy()).toBe(false);
  });
});
