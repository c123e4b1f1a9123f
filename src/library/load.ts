/** Knowledge folders -> a shelf of pages. A page whose file did not change is taken over; every fault names file, line and cure. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { TutorError } from "../core/errors.ts";
import { checkPages } from "./check.ts";
import { type KnowledgeFile, listFiles, listMarkdown, unreadable } from "./files.ts";
import { checkYaml, fault } from "./matter.ts";
import type { Aspects, Cli, Page } from "./page.ts";
import { readDocument, readPage } from "./read.ts";
import { aspectsSchema, cliSchema, synonymsSchema } from "./schema.ts";

export const KNOWLEDGE_PARTS = ["concepts", "comparisons", "commands", "errors"];

export interface Shelf {
  readonly pages: readonly Page[];
  readonly aspects: Aspects;
  /** Absent where the built-in pages are left out. */
  readonly cli?: Cli;
  /** Groups of everyday words that stand for one another. */
  readonly synonyms: readonly (readonly string[])[];
}

/** Where pages come from. */
export interface Folders {
  /** Folder of the built-in pages; undefined leaves them out. */
  readonly builtin?: string;
  /** The operator's own folders. */
  readonly own: readonly string[];
}

/** A file that becomes a page: its path in the library, and whose it is. */
export interface PageFile extends KnowledgeFile {
  readonly own: boolean;
}

export interface Listing {
  readonly pages: readonly PageFile[];
  /** The lists beside the built-in pages. */
  readonly lists: readonly KnowledgeFile[];
  readonly bytes: number;
}

/** Pages read before, by {@link stampOf}. */
export type Known = ReadonlyMap<string, Page>;
export type Progress = (read: number, of: number) => void;

/** The same stamp, the same page. */
export const stampOf = ({ own, path, bytes, changedMs }: PageFile): string =>
  `${own ? "own" : "built-in"}\0${path}\0${bytes}\0${changedMs}`;

/** Looks at every file without reading any. Paths of several own folders begin with the folder's number. */
export function listPages({ builtin, own }: Folders): Listing {
  const pages: PageFile[] = builtin
    ? listMarkdown(builtin, "the built-in knowledge", KNOWLEDGE_PARTS).map((file) => ({ ...file, own: false }))
    : [];
  const lists = builtin ? listFiles(builtin, /\.yaml$/) : [];
  for (const [i, folder] of own.entries()) {
    const files = listMarkdown(folder);
    if (!files.length)
      throw new TutorError("knowledge", `KNOWLEDGE_DIR: "${folder}" holds no Markdown file.`, {
        hint: "Put at least one .md file there, or unset it.",
      });
    const prefix = own.length > 1 ? `${i + 1}/` : "";
    for (const file of files) pages.push({ ...file, path: prefix + file.path, own: true });
  }
  return { pages, lists, bytes: pages.reduce((sum, file) => sum + file.bytes, 0) };
}

/** Reads and checks all pages of a listing; the first fatal fault is thrown. */
export function readShelf({ builtin, own }: Folders, listing: Listing, known?: Known, progress?: Progress): Shelf {
  if (!builtin && !own.length)
    throw new TutorError(
      "config",
      'KNOWLEDGE_BUILTIN is "off" and KNOWLEDGE_DIR is empty: there is nothing to answer from.',
      { hint: "Set KNOWLEDGE_DIR to a folder of Markdown." },
    );
  const pages = listing.pages.map((file, i) => {
    progress?.(i, listing.pages.length);
    return known?.get(stampOf(file)) ?? pageOf(file);
  });
  progress?.(pages.length, pages.length);
  if (builtin && pages.every((page) => page.own))
    throw new TutorError("knowledge", `"${builtin}" holds no page.`, {
      hint: "Point it at a folder with concepts/, or set KNOWLEDGE_DIR.",
    });
  const lists = builtin
    ? { aspects: loadAspects(builtin), cli: loadCli(builtin), synonyms: loadSynonyms(builtin) }
    : { aspects: {}, synonyms: [] };
  const [fatal] = checkPages(pages, lists.aspects).fatal;
  if (fatal) throw fatal;
  return { pages, ...lists };
}

const pageOf = (file: PageFile): Page => (file.own ? readDocument : readPage)(file.path, textOf(file));

function textOf(file: KnowledgeFile): string {
  let text: string;
  try {
    text = readFileSync(file.file, "utf8");
  } catch (cause) {
    throw fault(
      file.path,
      1,
      `cannot be read (${(cause as NodeJS.ErrnoException).code}).`,
      "Let the tutor's user read it.",
    );
  }
  if (text.includes("\0"))
    throw fault(
      file.path,
      text.slice(0, text.indexOf("\0")).split("\n").length,
      "a NUL character: this is not a text file.",
      "Save it as UTF-8 Markdown.",
    );
  return text;
}

/** The built-in pages with every page's fault, instead of stopping at the first. */
export function tryBuiltin(folder: string): { pages: Page[]; faults: TutorError[] } {
  const pages: Page[] = [];
  const faults: TutorError[] = [];
  for (const file of listMarkdown(folder, "the built-in knowledge", KNOWLEDGE_PARTS)) {
    try {
      pages.push(readPage(file.path, textOf(file)));
    } catch (error) {
      if (!(error instanceof TutorError)) throw error;
      faults.push(error);
    }
  }
  return { pages, faults };
}

export const loadAspects = (folder: string): Aspects => loadYaml(folder, "aspects.yaml", aspectsSchema);
const loadSynonyms = (folder: string): string[][] => loadYaml(folder, "synonyms.yaml", synonymsSchema);
const loadCli = (folder: string): Cli => loadYaml(folder, "cli.yaml", cliSchema);

function loadYaml<T extends z.ZodType>(folder: string, file: string, schema: T): z.output<T> {
  try {
    return checkYaml(file, readFileSync(join(folder, file), "utf8"), schema, 1);
  } catch (cause) {
    if (cause instanceof TutorError) throw cause;
    throw unreadable(file, folder, cause);
  }
}
