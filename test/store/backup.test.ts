/** Backups: taken under writes, checked, put back, rotated. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Store } from "../../src/core/store.ts";
import { backupTo, restoreFrom } from "../../src/store/backup.ts";
import { databaseFile, openStore } from "../../src/store/open.ts";
import { rotate, scheduleBackups } from "../../src/store/schedule.ts";
import { folder } from "../support/folder.ts";
import { HOUR, NOW, person } from "../support/store.ts";
import { keptLog } from "../support/tutor.ts";

const ann = person("ann");

async function opened(dir = folder()): Promise<{ dir: string; store: Store }> {
  const store = await openStore({ dataDir: dir, clock: () => NOW }, keptLog());
  onTestFinished(() => store.close());
  return { dir, store };
}

/** Names of the notes in a copy, read past the store. */
function rows(file: string): readonly number[] {
  const handle = new DatabaseSync(file, { readOnly: true });
  try {
    expect(handle.prepare("pragma quick_check").get()).toEqual({ quick_check: "ok" });
    return handle
      .prepare("select cast(substr(name, 2) as integer) as n from learner_note order by 1")
      .all()
      .map(({ n }) => Number(n));
  } finally {
    handle.close();
  }
}

const write = (store: Store, n: number) => store.learners.note(ann, `n${n}`, "x".repeat(500));

describe("backup", () => {
  test("under writes it is sound and holds all that was acknowledged before it began", async () => {
    const { dir, store } = await opened();
    let n = 0;
    for (; n < 300; n += 1) await write(store, n);
    for (let round = 0; round < 5; round += 1) {
      const target = join(dir, `copy${round}.db`);
      const before = n;
      let done = false;
      const copied = backupTo(databaseFile(dir), target).finally(() => {
        done = true;
      });
      do {
        await write(store, n);
        n += 1;
      } while (!done);
      await copied;
      const kept = rows(target);
      expect(kept.length).toBeGreaterThanOrEqual(before);
      expect(kept).toEqual(Array.from({ length: kept.length }, (_, i) => i));
      expect(readdirSync(dir).filter((name) => name.startsWith(`copy${round}`))).toEqual([`copy${round}.db`]);
    }
    expect(Object.keys(await store.learners.notes(ann))).toHaveLength(n);
  });

  test("of a database that is not there is refused, and leaves an older copy alone", async () => {
    const dir = folder();
    const target = join(dir, "copy.db");
    writeFileSync(target, "older");
    await expect(backupTo(join(dir, "none.db"), target)).rejects.toMatchObject({ fault: "config" });
    writeFileSync(join(dir, "junk.db"), "junk ".repeat(1000));
    await expect(backupTo(join(dir, "junk.db"), target)).rejects.toMatchObject({ fault: "config" });
    expect(readFileSync(target, "utf8")).toBe("older");
    expect(readdirSync(dir).sort()).toEqual(["copy.db", "junk.db"]);
  });
});

describe("restore", () => {
  test("brings the rows back and keeps the file that was there, twice", async () => {
    const { dir, store } = await opened();
    const file = databaseFile(dir);
    await write(store, 0);
    await backupTo(file, join(dir, "copy.db"));
    await write(store, 1);
    await store.close();
    expect(restoreFrom(join(dir, "copy.db"), file)).toBe(`${file}.before-restore`);
    expect(rows(file)).toEqual([0]);
    expect(rows(`${file}.before-restore`)).toEqual([0, 1]);
    expect(restoreFrom(join(dir, "copy.db"), file)).toBe(`${file}.before-restore-2`);
    const again = await opened(dir);
    expect(Object.keys(await again.store.learners.notes(ann))).toEqual(["n0"]);
  });

  test("puts a backup in the place of a damaged file, which is kept", async () => {
    const { dir, store } = await opened();
    const file = databaseFile(dir);
    await write(store, 0);
    await backupTo(file, join(dir, "copy.db"));
    await store.close();
    writeFileSync(file, "junk ".repeat(1000));
    const kept = restoreFrom(join(dir, "copy.db"), file);
    expect(readFileSync(String(kept), "utf8")).toContain("junk");
    expect(rows(file)).toEqual([0]);
  });

  test("into an empty folder keeps nothing", async () => {
    const { dir, store } = await opened();
    await write(store, 0);
    await backupTo(databaseFile(dir), join(dir, "copy.db"));
    const fresh = join(dir, "fresh", "tutor.db");
    expect(restoreFrom(join(dir, "copy.db"), fresh)).toBeUndefined();
    expect(rows(fresh)).toEqual([0]);
  });

  test("is refused while the tutor runs, and with a file that is damaged, foreign, too new or not there", async () => {
    const { dir, store } = await opened();
    const file = databaseFile(dir);
    const copy = join(dir, "copy.db");
    for (let n = 0; n < 50; n += 1) await write(store, n);
    await backupTo(file, copy);
    const refusal = (source: string) => {
      try {
        restoreFrom(source, file);
      } catch (error) {
        return error;
      }
    };
    expect(refusal(copy)).toMatchObject({ fault: "config", hint: "Stop the tutor first." });
    expect(Object.keys(await store.learners.notes(ann))).toHaveLength(50);
    await store.close();
    const change = (name: string, sql: string) => {
      const handle = new DatabaseSync(join(dir, name));
      handle.exec(sql);
      handle.close();
      return join(dir, name);
    };
    const newer = join(dir, "newer.db");
    writeFileSync(newer, readFileSync(copy));
    change("newer.db", "insert into schema_migration (version, applied_at) values (9999, 0)");
    truncateSync(copy, 20_000);
    for (const source of [copy, newer, change("foreign.db", "create table recipe (name text)"), join(dir, "none.db")])
      expect(refusal(source)).toMatchObject({ name: "TutorError", fault: "config" });
    expect(rows(file)).toHaveLength(50);
    expect(readdirSync(dir).filter((name) => /restor|partial/.test(name))).toEqual([]);
  });
});

describe("scheduled backups", () => {
  test("the newest are kept, other files are left alone", async () => {
    const { dir, store } = await opened();
    await write(store, 0);
    const backups = join(dir, "backups");
    for (let n = 0; n < 5; n += 1) await rotate(databaseFile(dir), backups, 3, NOW + n * HOUR);
    writeFileSync(join(backups, "mine.db"), "");
    await rotate(databaseFile(dir), backups, 2, NOW + 5 * HOUR);
    expect(readdirSync(backups).sort()).toEqual([
      "mine.db",
      "tutor-2026-11-24T13-00-00Z.db",
      "tutor-2026-11-24T14-00-00Z.db",
    ]);
    expect(rows(join(backups, "tutor-2026-11-24T14-00-00Z.db"))).toEqual([0]);
  });

  test("one is made when the newest is old enough, a failure is logged and does not end them", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: NOW });
    onTestFinished(() => void vi.useRealTimers());
    const { dir, store } = await opened();
    await write(store, 0);
    const backups = join(dir, "backups");
    await rotate(databaseFile(dir), backups, 3, NOW - HOUR / 2);
    const heard: string[] = [];
    let tell: () => void = () => {};
    const hear = (fields: object, message: string) => {
      heard.push(message);
      tell();
      return fields;
    };
    const next = () =>
      new Promise<void>((resolve) => {
        tell = resolve;
      });
    const log = { info: hear, warn: hear, error: hear };
    const schedule = { file: databaseFile(dir), dir: backups, everyMs: HOUR, keep: 2 };
    const stop = scheduleBackups(schedule, log);
    onTestFinished(stop);
    await vi.advanceTimersByTimeAsync(HOUR / 2 - 1);
    expect(heard).toEqual([]);
    let told = next();
    await vi.advanceTimersByTimeAsync(1);
    await told;
    expect(heard).toEqual(["backup made"]);
    await store.close();
    const whole = readFileSync(databaseFile(dir));
    truncateSync(databaseFile(dir), 5000);
    told = next();
    await vi.advanceTimersByTimeAsync(HOUR);
    await told;
    expect(heard).toEqual(["backup made", "backup failed"]);
    writeFileSync(databaseFile(dir), whole);
    told = next();
    await vi.advanceTimersByTimeAsync(HOUR);
    await told;
    expect(heard).toEqual(["backup made", "backup failed", "backup made"]);
    await stop();
    expect(vi.getTimerCount()).toBe(0);
    expect(readdirSync(backups)).toEqual(["tutor-2026-11-24T09-30-00Z.db", "tutor-2026-11-24T11-30-00Z.db"]);
  });
});

describe("on the command line", () => {
  const run = (environment: Record<string, string>, ...args: readonly string[]) =>
    spawnSync(process.execPath, [join(import.meta.dirname, "../../scripts/backup.ts"), ...args], {
      env: { PATH: process.env.PATH, ...environment },
      encoding: "utf8",
    });

  test("backup and restore say what they did", async () => {
    const { dir, store } = await opened();
    await write(store, 0);
    const copy = join(dir, "copy.db");
    expect(run({ DATA_DIR: dir }, "backup", copy)).toMatchObject({ status: 0, stderr: "" });
    await store.close();
    const restored = run({ DATA_DIR: dir }, "restore", copy);
    expect(restored).toMatchObject({ status: 0, stderr: "" });
    expect(restored.stdout).toContain("The file before is kept as");
    expect(existsSync(`${databaseFile(dir)}.before-restore`)).toBe(true);
  });

  test("without a file, and on PostgreSQL, one sentence says what to do", () => {
    expect(run({}, "backup")).toMatchObject({ status: 78, stderr: expect.stringContaining("npm run backup -- FILE") });
    const postgres = run({ DATABASE_URL: "postgres://tutor:secret@localhost/tutor" }, "backup", "x");
    expect(postgres).toMatchObject({ status: 78, stderr: expect.stringContaining("pg_dump") });
    expect(postgres.stderr).not.toContain("secret");
  });
});
