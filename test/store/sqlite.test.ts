/** The contract on SQLite, in memory and in a file; and what only a file can show. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { distrust } from "../../src/store/inbox.ts";
import { openStore, storeOver } from "../../src/store/open.ts";
import { MEMORY, openSqlite } from "../../src/store/sqlite.ts";
import { MARKER, plant } from "../support/marked.ts";
import { folder } from "../support/scratch.ts";
import { NOW, person, subscription, TOKEN_KEY, turn } from "../support/store.ts";
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

  test("a commit is waited for on the disk, one that may be lost is not", async () => {
    const syncs: (() => void)[] = [];
    const db = openSqlite(join(folder(), "disk.db"), keptLog(), () => new Promise((done) => syncs.push(done)));
    const order: string[] = [];
    const say = (word: string) => () => void order.push(word);
    const created = db.run("create table note (n integer)").then(say("created"));
    await db.soon((sql) => sql.run("insert into note values (1)")).then(say("soon"));
    const early = await db.early("insert into note values (2) returning n");
    early.landed.then(say("landed"));
    expect(early.rows).toEqual([{ n: 2 }]);
    expect(await db.all("select n from note")).toHaveLength(2);
    expect(order).toEqual(["soon"]);
    expect(syncs).toHaveLength(1);
    syncs[0]?.();
    await created;
    // The sync that ran had begun before the second commit.
    expect(order).toEqual(["soon", "created"]);
    await expect.poll(() => syncs.length).toBe(2);
    const third = db.transaction((sql) => sql.run("insert into note values (3)")).then(say("third"));
    syncs[1]?.();
    await early.landed;
    await expect.poll(() => syncs.length).toBe(3);
    expect(order).toEqual(["soon", "created", "landed"]);
    syncs[2]?.();
    await third;
    await db.close();
  });

  test("a disk that fails is said, and the next commit tries again", async () => {
    let works = false;
    const sync = async () => {
      if (!works) throw new Error("EIO: i/o error, fdatasync");
    };
    const db = openSqlite(join(folder(), "failing.db"), keptLog(), sync);
    onTestFinished(() => db.close());
    await expect(db.run("create table note (n integer)")).rejects.toThrow("cannot be read or written");
    works = true;
    expect(await db.run("insert into note values (1)")).toBe(1);
  });

  test("after another boot what was not settled may have been posted", async () => {
    const db = openSqlite(join(folder(), "boot.db"), keptLog());
    onTestFinished(() => db.close());
    const { inbox } = await storeOver(db, {}, keptLog());
    for (const id of ["open", "settled"]) {
      const taken = await inbox.claim(id, turn(id), NOW, 1000);
      if (typeof taken === "string") throw new Error(taken);
      if (id === "settled") await inbox.settle(taken, NOW);
    }
    const posting = async () =>
      (await inbox.abandoned(NOW + 5000, 1000, 9)).map((each) => [each.turn.id, each.posting]);
    await distrust(db, "one");
    await db.run("update inbox set posting = 0");
    await distrust(db, "one");
    expect(await posting()).toEqual([["open", false]]);
    await distrust(db, "another");
    await db.run("update inbox set leased_until = 0");
    expect(await posting()).toEqual([["open", true]]);
  });

  test("what is not waited for on the disk is whole or not there", async () => {
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
