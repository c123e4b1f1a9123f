/** What goes wrong with disks and files: refused in one sentence, or survived without losing what was acknowledged. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { damagedFiles } from "../../scripts/chaos/damage.ts";
import { mounts, unmount } from "../../scripts/chaos/mount.ts";
import type { TutorError } from "../../src/core/errors.ts";
import { databaseFile, openStore } from "../../src/store/open.ts";
import { folder } from "../support/scratch.ts";
import { NOW, person } from "../support/store.ts";
import { ask, keptLog, tutor } from "../support/tutor.ts";

const open = (dataDir: string, log = keptLog()) => openStore({ dataDir, clock: () => NOW }, log);
const failure = (dataDir: string): Promise<unknown> =>
  open(dataDir).then(
    (store) => store.close(),
    (error: unknown) => error,
  );

describe("a file that is refused", () => {
  test("one with a newer schema: named, with the cure, and untouched", async () => {
    const dir = folder();
    await (await open(dir)).close();
    const handle = new DatabaseSync(databaseFile(dir));
    handle.exec("insert into schema_migration (version, applied_at) values (9999, 0)");
    handle.close();
    const error = await failure(dir);
    expect(error).toMatchObject({ fault: "config" });
    expect((error as TutorError).sentence).toMatch(
      /tutor\.db has schema 9999.*newer version.*Start the newer version/s,
    );
  });

  test("one that cannot be written, by its mount or its mode", async (context) => {
    const dir = folder();
    await (await open(dir)).close();
    if (process.getuid?.() === 0) {
      if (!mounts("--bind", "-o", "bind,ro", dir, dir)) context.skip("root, and mounting is not allowed here");
      onTestFinished(() => unmount(dir));
    } else {
      for (const name of [databaseFile(dir), dir]) chmodSync(name, name === dir ? 0o555 : 0o444);
      onTestFinished(() => chmodSync(dir, 0o755));
    }
    const error = await failure(dir);
    expect(error).toMatchObject({ fault: "config" });
    expect((error as TutorError).sentence).toMatch(/tutor\.db cannot be .*writable for the user/s);
  });

  test("one whose last page was cut, which SQLite itself reads as if it ended in zeros", async () => {
    const dir = folder();
    await (await open(dir)).close();
    truncateSync(databaseFile(dir), statSync(databaseFile(dir)).size - 21);
    expect(((await failure(dir)) as TutorError).sentence).toMatch(/damaged \(21 bytes are missing.*npm run restore/s);
  });

  test("one that is not a database", async () => {
    const dir = folder();
    writeFileSync(databaseFile(dir), "This is a letter, not a database. ".repeat(100));
    expect(((await failure(dir)) as TutorError).sentence).toMatch(/tutor\.db is not a SQLite.*npm run restore/s);
  });

  test("a data folder that is a file", async () => {
    const dir = folder();
    writeFileSync(join(dir, "data"), "");
    expect(((await failure(join(dir, "data"))) as TutorError).sentence).toMatch(/DATA_DIR=".*data".*Create it/s);
  });

  test("an empty file is started anew, but not silently", async () => {
    const dir = folder();
    writeFileSync(databaseFile(dir), "");
    const log = keptLog();
    await (await open(dir, log)).close();
    expect(log.lines.filter(({ level }) => level === "warn")).toHaveLength(1);
  });
});

describe("damaged files", () => {
  test("of 100, each cut file and each lost page is refused with the cure, and no other error ever comes out", async () => {
    const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
    const { refused, faults } = await damagedFiles(folder(), 100, seed);
    expect(faults, `SEED=${seed}`).toEqual([]);
    console.log(`SEED=${seed}: ${refused} of 100 damaged files refused`);
  });
});

describe("a full disk", () => {
  test("is told as one, loses nothing acknowledged, and the same store goes on once there is room", async (context) => {
    const dir = join(folder(), "small");
    mkdirSync(dir);
    if (process.getuid?.() !== 0) context.skip("a small disk needs root to mount it");
    if (!mounts("-t", "tmpfs", "-o", "size=4m", "tmpfs", dir)) context.skip("mounting is not allowed here");
    onTestFinished(() => unmount(dir));
    const ballast = join(dir, "ballast");
    const store = await open(dir);
    onTestFinished(() => store.close());
    const acknowledged: string[] = [];
    const write = async (n: number): Promise<unknown> => {
      try {
        await store.learners.note(person("ann"), `n${n}`, "x".repeat(2000));
        acknowledged.push(`n${n}`);
        return undefined;
      } catch (error) {
        return error;
      }
    };
    expect(await store.healthy()).toBe(true);
    writeFileSync(ballast, Buffer.alloc(3_200_000));
    // Small writes still pass, and would for a while on a full disk.
    expect(await write(0)).toBeUndefined();
    expect(await store.healthy()).toBe(false);
    let error: unknown;
    let n = 1;
    for (; n < 5000 && !error; n += 1) error = await write(n);
    expect(error).toMatchObject({ name: "TutorError", fault: "dependency" });
    expect((error as TutorError).sentence).toMatch(/disk is full.*Free some space/);
    const before = acknowledged.length;
    expect(before).toBeGreaterThan(10);
    expect(Object.keys(await store.learners.notes(person("ann")))).toHaveLength(before);
    expect(await store.healthy()).toBe(false);

    rmSync(ballast);
    expect(await store.healthy()).toBe(true);
    for (let more = 0; more < 20; more += 1) expect(await write(n + more)).toBeUndefined();
    expect(Object.keys(await store.learners.notes(person("ann"))).sort()).toEqual([...acknowledged].sort());
    await store.close();
    const again = await open(dir);
    onTestFinished(() => again.close());
    expect(Object.keys(await again.learners.notes(person("ann")))).toHaveLength(before + 20);
  });
});

describe("a disk that becomes read-only while the tutor runs", () => {
  test("refuses writes as that, answers on, says it once, and the same store goes on", async (context) => {
    const dir = folder();
    const log = keptLog();
    const store = await open(dir, log);
    onTestFinished(() => store.close());
    await store.learners.note(person("ann"), "kept", "1");
    const frozen = (flag: "+i" | "-i") => {
      const files = [databaseFile(dir), `${databaseFile(dir)}-wal`];
      execFileSync("chattr", [flag, ...files], { stdio: "ignore" });
    };
    try {
      frozen("+i");
    } catch {
      context.skip("this file system has no immutable files, or they need root");
    }
    onTestFinished(() => frozen("-i"));
    const error: unknown = await store.learners.note(person("ann"), "lost", "1").catch((refused: unknown) => refused);
    expect(error).toMatchObject({ name: "TutorError", fault: "dependency" });
    expect((error as TutorError).sentence).toMatch(
      /no longer be written to: its disk became read-only.*goes on by itself/,
    );
    for (let asked = 0; asked < 3; asked++) expect(await store.healthy()).toBe(false);
    expect(log.lines.filter(({ level }) => level === "warn")).toHaveLength(1);
    expect((await ask(tutor({ store, log: keptLog() }), "what is a volume?")).about.outcome).toBe("answered");
    expect(await store.learners.notes(person("ann"))).toEqual({ kept: "1" });

    frozen("-i");
    expect(await store.healthy()).toBe(true);
    expect(log.lines.at(-1)).toMatchObject({ level: "info" });
    await store.learners.note(person("ann"), "again", "1");
    expect(await store.learners.notes(person("ann"))).toEqual({ again: "1", kept: "1" });
  });
});
