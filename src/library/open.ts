/**
 * Opens the library from its folders and keeps it fresh: a changed page swaps the whole snapshot at once; a malformed one
 * keeps the old snapshot and says why. Polls file times, because notifications do not cross into containers everywhere.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { TutorError } from "../core/errors.ts";
import type { Log } from "../core/ports.ts";
import { readCache, writeCache } from "./cache.ts";
import { listFiles } from "./files.ts";
import { createLibrary, type Library, type Prepared, prepare } from "./library.ts";
import { type Folders, type Listing, listPages, type Progress, readShelf, type Shelf, stampOf } from "./load.ts";
import type { Page } from "./page.ts";
import { readInThread } from "./thread.ts";

export interface LibraryOptions extends Folders {
  /** Where the operator publishes the pages. */
  readonly baseUrl?: string;
  /** Folder for the stored index; undefined stores none. */
  readonly cacheDir?: string;
  /** Much text that is not indexed yet is read while answers go on: from the built-in pages, or saying so. */
  readonly background?: boolean;
  readonly progress?: Progress;
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

/** From this much text on, in bytes, a thread of its own reads it. */
const MUCH = 512 * 1024;

function versionOf({ pages, lists }: Listing): string {
  const hash = createHash("sha256");
  for (const file of pages) hash.update(`${stampOf(file)}\n`);
  // Other code reads and indexes differently: an index of an older version is not used.
  for (const file of [...lists, ...listFiles(import.meta.dirname, /\.[jt]s$/)])
    hash.update(`${file.path}\0${file.bytes}\0${file.changedMs}\n`);
  return hash.digest("hex").slice(0, 16);
}

interface Loaded {
  readonly shelf: Shelf;
  readonly prepared: Prepared;
}

function readHere(
  options: LibraryOptions,
  listing: Listing,
  version: string,
  known?: ReadonlyMap<string, Page>,
): Loaded {
  const shelf = readShelf(options, listing, known, options.progress);
  const loaded = { shelf, prepared: prepare(shelf.pages) };
  if (options.cacheDir) writeCache(options.cacheDir, version, loaded);
  return loaded;
}

/**
 * Names the built-in pages and our code by what they say. File times change on the way into an image and out of it;
 * reading everything takes longer than looking at times, so only a start does it.
 */
function contentVersion(builtin: string): string {
  const hash = createHash("sha256");
  const { pages, lists } = listPages({ builtin, own: [] });
  for (const { path, file } of [...pages, ...lists, ...listFiles(import.meta.dirname, /\.[jt]s$/)])
    hash.update(`${path}\0`).update(readFileSync(file)).update("\0");
  return hash.digest("hex").slice(0, 16);
}

/** Makes the index that `preparedDir` names. */
export function prepareIndex(builtin: string, folder: string): void {
  const folders = { builtin, own: [] };
  const shelf = readShelf(folders, listPages(folders));
  writeCache(folder, contentVersion(builtin), { shelf, prepared: prepare(shelf.pages) });
}

/** The index that came with the program, where it is that of exactly these pages. */
function readPrepared({ builtin, preparedDir }: LibraryOptions): Loaded | undefined {
  if (!builtin || !preparedDir || !existsSync(preparedDir)) return undefined;
  return readCache(preparedDir, contentVersion(builtin));
}

export function openLibrary(options: LibraryOptions, log: Log): OpenLibrary {
  const folders: Folders = { ...(options.builtin ? { builtin: options.builtin } : {}), own: options.own };
  let version = "";
  let known = new Map<string, Page>();
  let library: Library;
  let refused = "";
  let looking: Promise<boolean> | undefined;

  function take({ shelf, prepared }: Loaded, listing: Listing, state: string): void {
    const base = options.baseUrl ? { baseUrl: options.baseUrl } : {};
    library = createLibrary({ ...shelf, prepared, version: state, ...base });
    known = new Map(listing.pages.flatMap((file, i) => (shelf.pages[i] ? [[stampOf(file), shelf.pages[i]]] : [])));
    version = state;
    refused = "";
  }

  /** The built-in pages alone, or none, until the operator's are read. */
  function meanwhile(): Library {
    const base = options.baseUrl ? { baseUrl: options.baseUrl } : {};
    const builtin = options.builtin ? { builtin: options.builtin, own: [] } : undefined;
    const prepared = readPrepared(options);
    const empty = { pages: [], aspects: {}, synonyms: [] };
    const shelf = prepared?.shelf ?? (builtin ? readShelf(builtin, listPages(builtin)) : empty);
    const index = prepared ? { prepared: prepared.prepared } : {};
    return createLibrary({ ...shelf, ...index, version: "reading", reading: true, ...base });
  }

  const listing = listPages(folders);
  const first = versionOf(listing);
  const stored =
    (options.own.length ? undefined : readPrepared(options)) ??
    (options.cacheDir ? readCache(options.cacheDir, first) : undefined);
  if (!stored && options.background && options.own.length && listing.bytes > MUCH) {
    library = meanwhile();
    // What goes wrong is logged by it, and looked at again with the next change.
    void refresh().catch((err) => log.error({ err }, "knowledge not read"));
  } else take(stored ?? readHere(options, listing, first), listing, first);

  async function look(): Promise<boolean> {
    let seen = "";
    try {
      const listing = listPages(folders);
      seen = versionOf(listing);
      if (seen === version) refused = "";
      if (seen === version || seen === refused) return false;
      const task = { folders, listing, version: seen, cacheDir: options.cacheDir };
      const loaded =
        listing.bytes > MUCH
          ? await readInThread(task, known, options.progress)
          : readHere(options, listing, seen, known);
      take(loaded, listing, seen);
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

  /** One look at a time: who asks meanwhile gets the same answer. */
  function refresh(): Promise<boolean> {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
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
