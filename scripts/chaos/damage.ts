/** Copies of a database file, each damaged in its own way: refused with the cure, or read without another error. */
import { readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { TutorError } from "../../src/core/errors.ts";
import type { Store } from "../../src/core/store.ts";
import { databaseFile, openStore } from "../../src/store/open.ts";
import { claim, KEEP, NOW, person, place, subscription } from "../../test/support/store.ts";
import { chance } from "../../test/support/zones.ts";

const PAGE = 4096;
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const open = (dataDir: string) => openStore({ dataDir, clock: () => NOW }, quiet);

type Kind = "cut" | "page" | "stretch";

export async function damagedFiles(dir: string, count: number, seed: number) {
  const random = chance(seed);
  const below = (n: number) => Math.floor(random() * n);
  const file = databaseFile(dir);
  const sound = await open(dir);
  await fill(sound);
  await sound.close();
  const whole = readFileSync(file);
  let refused = 0;
  const faults: string[] = [];
  for (let n = 0; n < count; n += 1) {
    for (const log of ["-wal", "-shm"]) rmSync(file + log, { force: true });
    writeFileSync(file, whole);
    const kind = damage(file, whole.length, below);
    const error = await usedUp(dir);
    if (error instanceof TutorError && /tutor\.db .*npm run restore/s.test(error.sentence)) refused += 1;
    // A stretch inside a text or an unused part of a page leaves the file sound.
    else if (kind !== "stretch" || error !== undefined) faults.push(`file ${n}, ${kind}: ${String(error)}`);
  }
  return { refused, faults };
}

async function fill(store: Store): Promise<void> {
  for (let n = 0; n < 150; n += 1) {
    await store.tips.subscribe(subscription(`ch${n}`), NOW + n);
    await store.learners.note(person(`p${n}`), "about", "x".repeat(200));
  }
}

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
function damage(file: string, size: number, below: (n: number) => number): Kind {
  const kind: Kind = (["cut", "page", "stretch"] as const)[below(3)] ?? "cut";
  if (kind === "cut") {
    truncateSync(file, 1 + below(size - 1));
    return kind;
  }
  const bytes = readFileSync(file);
  const length = kind === "page" ? PAGE : 64 + below(512);
  const from = kind === "page" ? PAGE * below(size / PAGE) : below(size - length);
  for (let at = from; at < Math.min(size, from + length); at += 1) bytes[at] = below(256);
  writeFileSync(file, bytes);
  return kind;
}
