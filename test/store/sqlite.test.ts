/** The contract on SQLite, in memory and in a file; and what only a file can show. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openStore, storeOver } from "../../src/store/open.ts";
import { MEMORY, openSqlite } from "../../src/store/sqlite.ts";
import { MARKER, plant } from "../support/marked.ts";
import { folder } from "../support/scratch.ts";
import { NOW, person, subscription, TOKEN_KEY } from "../support/store.ts";
import { keptLog } from "../support/tutor.ts";
import { type Opened, storeContract } from "./contract.ts";

async function opened(file: string): Promise<Opened> {
  const db = openSqlite(file, keptLog());
  const store = await storeOver(db, { clock: () => NOW, tokenKeys: [TOKEN_KEY] }, keptLog());
  onTestFinished(() => store.close());
  return {
    store,
    replica: store,
    query: (sql) => db.all(sql),
    columns: async () => {
      const rows = await db.all(
        `select m.name as "table", c.name as "column" from sqlite_master m, pragma_table_info(m.name) c
         where m.type = 'table' and lower(c.type) not in ('bigint', 'integer')`,
      );
      return rows.map(({ table, column }) => ({ table: String(table), column: String(column) }));
    },
  };
}

storeContract("SQLite in memory", () => opened(MEMORY));
storeContract("SQLite in a file", () => opened(join(folder(), "tutor.db")));

describe("SQLite file", () => {
  const bytes = (dir: string): string =>
    readdirSync(dir)
      .map((name) => readFileSync(join(dir, name)).toString("latin1"))
      .join("\n")
      .toLowerCase();

  // With these seeds pages are split so that secure_delete alone left the person's id behind (SQLite 3.53).
  test.each([6, 8, 18])("after forget the id is in neither the file nor its log (seed %i)", async (seed) => {
    const dir = folder();
    const store = await openStore({ dataDir: dir, clock: () => NOW }, keptLog());
    onTestFinished(() => store.close());
    let state = seed;
    const below = (n: number): number => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return (state >>> 8) % n;
    };
    for (let n = 0; n < 300; n += 1) {
      const who = person(below(3) ? `U0P${below(9)}` : MARKER);
      await store.learners.note(who, `n${below(40)}`, "v".repeat(below(1500)));
      if (below(4) === 0) await store.learners.note(person(`U0P${below(9)}`), `n${below(40)}`, undefined);
    }
    await plant(store);
    await store.learners.note(person(MARKER, "elsewhere"), "board", "on");
    expect(bytes(dir)).toContain(MARKER.toLowerCase());
    await store.privacy.forget(person(MARKER), NOW);
    expect(bytes(dir)).not.toContain(MARKER.toLowerCase());
    expect(await store.learners.notes(person("U0P1"))).not.toEqual({});
  });

  test("what was stored is there after a restart", async () => {
    const dir = folder();
    const first = await openStore({ dataDir: dir }, keptLog());
    await first.learners.note(person("ann"), "level", "beginner");
    await first.feedback.gap(person("ann"), ["volume"], [], NOW);
    await first.close();
    const second = await openStore({ dataDir: dir }, keptLog());
    onTestFinished(() => second.close());
    expect(await second.learners.notes(person("ann"))).toEqual({ level: "beginner" });
    // The salt is kept too, else a gap could no longer be told to be the person's.
    expect(Object.keys(await second.privacy.export(person("ann")))).toEqual(["learner_note", "gap"]);
  });

  test("what is not waited for on the disk is whole or not there, and what comes after it is waited for", async () => {
    const db = openSqlite(join(folder(), "soon.db"), keptLog());
    onTestFinished(() => db.close());
    await db.run("create table note (n integer)");
    await db.soon((sql) => sql.run("insert into note values (1)"));
    const fails = db.soon(async (sql) => {
      await sql.run("insert into note values (2)");
      throw new Error("no");
    });
    await expect(fails).rejects.toThrow("no");
    expect(await db.all("select n from note")).toEqual([{ n: 1 }]);
    const full = 2;
    expect(await db.all("pragma synchronous")).toEqual([{ synchronous: full }]);
  });

  test("four processes on one file claim each of 200 tips once", async () => {
    const dir = folder();
    const store = await openStore({ dataDir: dir }, keptLog());
    for (let n = 0; n < 200; n += 1) await store.tips.subscribe(subscription(`ch${n}`), NOW);
    await store.close();
    const lists = await Promise.all(Array.from({ length: 4 }, () => claimer(dir)));
    const all = lists.flat();
    expect(all).toHaveLength(200);
    expect(new Set(all).size).toBe(200);
  });
});

/** Another process that claims until nothing is due; resolves to the channels it got. */
function claimer(dir: string): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, "../support/claimer.ts"), dir]);
    let out = "";
    let complaint = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      complaint += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve(JSON.parse(out)) : reject(new Error(complaint))));
  });
}
