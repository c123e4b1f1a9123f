/** The finished index on disk: reading it is several times faster than building it. Losing it costs time, nothing else. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { buildIndex, type Engines } from "./build.ts";
import type { Prepared } from "./library.ts";
import type { Shelf } from "./load.ts";

interface Cached {
  readonly shelf: Shelf;
  readonly prepared: Prepared;
}

const NAME = /^(?:library|engines)-[0-9a-f]+\.(?:json|bin)$/;
/** Two files: what every question needs, and the search engines, which only a search needs. */
const fileOf = (part: "library" | "engines", version: string) =>
  `${part}-${version}.${part === "library" ? "json" : "bin"}`;
const read = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

/** The stored library of exactly this version; undefined when there is none or it cannot be read. */
export function readCache(folder: string, version: string): Cached | undefined {
  try {
    const engines = join(folder, fileOf("engines", version));
    if (!existsSync(engines)) return undefined;
    const { shelf, counts, names } = read(join(folder, fileOf("library", version))) as { shelf: Shelf } & Omit<
      Prepared,
      "engines"
    >;
    return { shelf, prepared: { counts, names, engines: () => readEngines(engines, shelf) } };
  } catch {
    return undefined; // absent or cut short: it is built again
  }
}

/** Read at the first search: the file may be cut short, or gone since, with a newer process's pages in its place. */
function readEngines(file: string, shelf: Shelf): Engines {
  try {
    const found = deserialize(readFileSync(file)) as Engines;
    for (const { starts, units, weights } of [found.sections, found.pages])
      if (units.length !== starts.at(-1) || weights.length !== units.length) throw new Error("cut short");
    return found;
  } catch {
    rmSync(file, { force: true }); // the next start stores it anew
    return buildIndex(shelf.pages).engines;
  }
}

/** Stores each file whole or not at all, and removes older ones. A read-only or full disk is no reason not to answer. */
export function writeCache(folder: string, version: string, { shelf, prepared }: Cached): void {
  const { engines, ...rest } = prepared;
  const store = (name: string, value: string | Buffer) => {
    const temporary = join(folder, `.${name}.${process.pid}`);
    try {
      writeFileSync(temporary, value);
      renameSync(temporary, join(folder, name));
    } finally {
      rmSync(temporary, { force: true });
    }
  };
  try {
    mkdirSync(folder, { recursive: true });
    // The engines first: the other file is what says that both are there.
    store(fileOf("engines", version), serialize(engines()));
    store(fileOf("library", version), JSON.stringify({ shelf, ...rest }));
    for (const name of readdirSync(folder))
      if (NAME.test(name) && !name.includes(version)) rmSync(join(folder, name), { force: true });
  } catch {
    // Nothing depends on it.
  }
}
