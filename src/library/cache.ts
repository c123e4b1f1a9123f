/** The finished index on disk: reading it is several times faster than building it. Losing it costs time, nothing else. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Shelf } from "./load.ts";
import type { IndexState } from "./search.ts";

interface Cached {
  readonly shelf: Shelf;
  readonly state: IndexState;
}

const NAME = /^library-[0-9a-f]+\.json$/;
const fileOf = (version: string) => `library-${version}.json`;

/** The stored library of exactly this version; undefined when there is none or it cannot be read. */
export function readCache(folder: string, version: string): Cached | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, fileOf(version)), "utf8")) as Cached;
  } catch {
    return undefined; // absent or cut short: it is built again
  }
}

/** Stores it whole or not at all, and removes older ones. A read-only or full disk is no reason not to answer. */
export function writeCache(folder: string, version: string, cached: Cached): void {
  const temporary = join(folder, `.${fileOf(version)}.${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(temporary, JSON.stringify(cached));
    renameSync(temporary, join(folder, fileOf(version)));
    for (const name of readdirSync(folder))
      if (NAME.test(name) && name !== fileOf(version)) rmSync(join(folder, name), { force: true });
  } catch {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // nothing was written
    }
  }
}
