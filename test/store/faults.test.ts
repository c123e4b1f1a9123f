/** What goes wrong with disks and files: refused in one sentence, or survived without losing what was acknowledged. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { TutorError } from "../../src/core/errors.ts";
import type { Store } from "../../src/core/store.ts";
import { databaseFile, openStore } from "../../src/store/open.ts";
import { folder } from "../support/folder.ts";
import { claim, KEEP, NOW, person, place, subscription } from "../support/store.ts";
import { keptLog } from "../support/tutor.ts";

const open = (dataDir: string, log = keptLog()) => openStore({ dataDir, clock: () => NOW }, log);
const failure = (dataDir: string): Promise<unknown> =>
  open(dataDir).then(
    (store) => store.close(),
    (error: unknown) => error,
  );

/** A random number below `n` from a printed seed. */
function chance(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

async function fill(store: Store): Promise<void> {
  for (let n = 0; n < 150; n += 1) {
    await store.tips.subscribe(subscription(`ch${n}`), NOW + n);
    await store.learners.note(person(`p${n}`), "about", "x".repeat(200));
  }
}

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
    const below = chance(seed);
    const dir = folder();
    const file = databaseFile(dir);
    const sound = await open(dir);
    await fill(sound);
    await sound.close();
    const whole = readFileSync(file);
    let refused = 0;
    for (let n = 0; n < 100; n += 1) {
      for (const log of ["-wal", "-shm"]) rmSync(file + log, { force: true });
      writeFileSync(file, whole);
      const kind = damage(file, whole.length, below);
      const error = await usedUp(dir);
      // A stretch inside a text or an unused part of a page leaves the file sound.
      if (kind === 2 && error === undefined) continue;
      expect(error, `SEED=${seed}, file ${n}`).toBeInstanceOf(TutorError);
      expect((error as TutorError).sentence, `SEED=${seed}, file ${n}`).toMatch(/tutor\.db .*npm run restore/s);
      refused += 1;
    }
    console.log(`SEED=${seed}: ${refused} of 100 damaged files refused`);
  });
});

/** Opens and reads what there is; resolves to the error that came out. */
async function usedUp(dir: string): Promise<unknown> {
  let store: Store | undefined;
  try {
    store = await open(dir);
    await store.tips.subscription(place("ch7"));
    await store.learners.notes(person("p7"));
    await claim(store, NOW + 10);
    await store.privacy.sweep(NOW, KEEP);
    return undefined;
  } catch (error) {
    return error;
  } finally {
    await store?.close();
  }
}

/** Cuts the file, or writes over a page or a stretch of it. */
function damage(file: string, size: number, below: (n: number) => number): 0 | 1 | 2 {
  const kind = below(3) as 0 | 1 | 2;
  if (kind === 0) {
    truncateSync(file, 1 + below(size - 1));
    return kind;
  }
  const bytes = readFileSync(file);
  const length = kind === 1 ? 4096 : 64 + below(512);
  const from = kind === 1 ? 4096 * below(size / 4096) : below(size - length);
  for (let at = from; at < Math.min(size, from + length); at += 1) bytes[at] = below(256);
  writeFileSync(file, bytes);
  return kind;
}

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

function mounts(...args: readonly string[]): boolean {
  try {
    execFileSync("mount", args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const unmount = (dir: string): void => void execFileSync("umount", [dir], { stdio: "ignore" });
