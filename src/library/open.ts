/**
 * Opens the library from its folders and keeps it fresh: a changed page swaps the whole snapshot at once; a malformed one
 * keeps the old snapshot and says why. Polls file times, because notifications do not cross into containers everywhere.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { TutorError } from "../core/errors.ts";
import type { Log } from "../core/ports.ts";
import { readCache, writeCache } from "./cache.ts";
import { checkPages } from "./check.ts";
import { createLibrary, type Library, prepare } from "./library.ts";
import { KNOWLEDGE_PARTS, listFiles, listMarkdown, loadBuiltin, loadDocuments, type Shelf } from "./load.ts";

export interface LibraryOptions {
  /** Folder of the built-in pages; undefined leaves them out. */
  readonly builtin?: string;
  /** The operator's own folders. */
  readonly own: readonly string[];
  /** Where the operator publishes the pages. */
  readonly baseUrl?: string;
  /** Folder for the stored index; undefined stores none. */
  readonly cacheDir?: string;
  /** Folder with an index of the built-in pages that was made when the program was built; it is never written to. */
  readonly preparedDir?: string;
}

export interface OpenLibrary {
  current(): Library;
  /** Looks once for changed files; resolves to whether the library was swapped. */
  refresh(): Promise<boolean>;
  /** Looks every `everyMs` until the returned function is called. */
  watch(everyMs: number): () => void;
}

function fingerprint({ builtin, own }: LibraryOptions): string {
  const hash = createHash("sha256");
  const add = (files: ReturnType<typeof listMarkdown>) => {
    for (const file of files) hash.update(`${file.path}\0${file.bytes}\0${file.changedMs}\n`);
  };
  if (builtin) {
    add(listMarkdown(builtin, "the built-in knowledge", KNOWLEDGE_PARTS));
    add(listFiles(builtin, /\.yaml$/));
  }
  for (const folder of own) add(listMarkdown(folder));
  // Other code reads and indexes differently: an index of an older version is not used.
  add(listFiles(import.meta.dirname, /\.[jt]s$/));
  return hash.digest("hex").slice(0, 16);
}

/**
 * Names the built-in pages and our code by what they say. File times change on the way into an image and out of it;
 * reading everything takes longer than looking at times, so only a start does it.
 */
function contentVersion(builtin: string): string {
  const hash = createHash("sha256");
  const files = [
    ...listMarkdown(builtin, "the built-in knowledge", KNOWLEDGE_PARTS),
    ...listFiles(builtin, /\.yaml$/),
    ...listFiles(import.meta.dirname, /\.[jt]s$/),
  ];
  for (const { path, file } of files) hash.update(`${path}\0`).update(readFileSync(file)).update("\0");
  return hash.digest("hex").slice(0, 16);
}

/** Makes the index that `preparedDir` names. */
export function prepareIndex(builtin: string, folder: string): void {
  const shelf = readShelf({ builtin, own: [] });
  writeCache(folder, contentVersion(builtin), { shelf, prepared: prepare(shelf.pages) });
}

/** The index that came with the program, where it is that of exactly these pages. */
function readPrepared({ builtin, own, preparedDir }: LibraryOptions) {
  if (!builtin || own.length || !preparedDir || !existsSync(preparedDir)) return undefined;
  return readCache(preparedDir, contentVersion(builtin));
}

/** Reads and checks all pages; the first fatal fault is thrown. */
function readShelf({ builtin, own }: LibraryOptions): Shelf {
  if (!builtin && !own.length)
    throw new TutorError(
      "config",
      'KNOWLEDGE_BUILTIN is "off" and KNOWLEDGE_DIR is empty: there is nothing to answer from.',
      { hint: "Set KNOWLEDGE_DIR to a folder of Markdown." },
    );
  const shelf: Shelf = builtin ? loadBuiltin(builtin) : { pages: [], aspects: {}, synonyms: [] };
  const documents = own.flatMap((folder, i) => loadDocuments(folder, own.length > 1 ? `${i + 1}/` : ""));
  const pages = [...shelf.pages, ...documents];
  const [fault] = checkPages(pages, shelf.aspects).fatal;
  if (fault) throw fault;
  return { ...shelf, pages };
}

function load(options: LibraryOptions, version: string): Library {
  const base = options.baseUrl ? { baseUrl: options.baseUrl } : {};
  const cached = readPrepared(options) ?? (options.cacheDir ? readCache(options.cacheDir, version) : undefined);
  if (cached) return createLibrary({ ...cached.shelf, prepared: cached.prepared, version, ...base });
  const shelf = readShelf(options);
  const prepared = prepare(shelf.pages);
  if (options.cacheDir) writeCache(options.cacheDir, version, { shelf, prepared });
  return createLibrary({ ...shelf, prepared, version, ...base });
}

export function openLibrary(options: LibraryOptions, log: Log): OpenLibrary {
  let version = fingerprint(options);
  let library = load(options, version);
  let refused = "";

  async function refresh(): Promise<boolean> {
    let seen = "";
    try {
      seen = fingerprint(options);
      if (seen === version) refused = "";
      if (seen === version || seen === refused) return false;
      library = load(options, seen);
      version = seen;
      refused = "";
      log.info({ pages: library.pages.length, version }, "knowledge reloaded");
      return true;
    } catch (error) {
      if (!(error instanceof TutorError)) throw error;
      // Said once for each state of the files, not at every look; without files the reason is the state.
      const state = seen || error.sentence;
      if (state !== refused)
        log.error({ fault: error.fault, reason: error.sentence }, "knowledge not reloaded, the old pages stay");
      refused = state;
      return false;
    }
  }

  return {
    current: () => library,
    refresh,
    watch(everyMs) {
      const timer = setInterval(
        () => void refresh().catch((err) => log.error({ err }, "knowledge not reloaded")),
        everyMs,
      );
      timer.unref();
      return () => clearInterval(timer);
    },
  };
}
