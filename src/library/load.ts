/** knowledge folders -> pages. The only reader of those files; every fault names file, line and cure. */
import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { z } from "zod";
import { TutorError } from "../core/errors.ts";
import { checkYaml, fault } from "./matter.ts";
import type { Aspects, Cli, Page } from "./page.ts";
import { readDocument, readPage } from "./read.ts";
import { aspectsSchema, cliSchema, synonymsSchema } from "./schema.ts";

const FILE_LIMIT = 1024 * 1024;
const FILES_LIMIT = 5000;
export const KNOWLEDGE_PARTS = ["concepts", "comparisons", "commands", "errors"];

export interface Shelf {
  readonly pages: readonly Page[];
  readonly aspects: Aspects;
  /** Absent where the built-in pages are left out. */
  readonly cli?: Cli;
  /** Groups of everyday words that stand for one another. */
  readonly synonyms: readonly (readonly string[])[];
}

export interface KnowledgeFile {
  readonly path: string;
  readonly file: string;
  readonly bytes: number;
  readonly changedMs: number;
}

const unreadable = (name: string, folder: string, cause: unknown): TutorError => {
  const code = (cause as NodeJS.ErrnoException).code ?? "error";
  const cure =
    code === "ENOENT"
      ? "Create the folder or correct the path."
      : code === "ENOTDIR"
        ? "Name a folder, not a file."
        : "Let the tutor's user read it.";
  return new TutorError("knowledge", `${name}: "${folder}" cannot be read (${code}).`, { hint: cure, cause });
};

/**
 * Lists the Markdown files below `folder`, sorted by path. Links are followed inside the folder only, each real
 * folder once, so that a loop ends; files over 1 MB and more than 5,000 files are refused.
 */
export function listMarkdown(
  folder: string,
  name = "KNOWLEDGE_DIR",
  below: readonly string[] = ["."],
): KnowledgeFile[] {
  let root: string;
  try {
    root = realpathSync(folder);
    readdirSync(root);
  } catch (cause) {
    throw unreadable(name, folder, cause);
  }
  const found: KnowledgeFile[] = [];
  const seen = new Set<string>();
  const walk = (directory: string) => {
    const real = realpathSync(directory);
    if (seen.has(real) || !(real === root || real.startsWith(root + sep))) return;
    seen.add(real);
    for (const entry of entriesOf(directory).sort()) {
      if (entry.startsWith(".") || entry === "node_modules") continue;
      const path = join(directory, entry);
      const link = lstatSync(path);
      const isMarkdown = /\.mdx?$/i.test(entry);
      if (link.isDirectory()) walk(path);
      else if (link.isSymbolicLink()) follow(path, isMarkdown);
      else if (link.isFile() && isMarkdown) add(path, link.size, link.mtimeMs);
    }
  };
  const entriesOf = (directory: string): string[] => {
    try {
      return readdirSync(directory);
    } catch (cause) {
      throw unreadable(name, directory, cause);
    }
  };
  const follow = (path: string, isMarkdown: boolean) => {
    let target: ReturnType<typeof statSync>;
    try {
      target = statSync(path);
    } catch {
      return; // a dangling link or a link to itself says nothing
    }
    if (target.isDirectory()) walk(path);
    else if (isMarkdown && realpathSync(path).startsWith(root + sep)) add(path, target.size, target.mtimeMs);
  };
  const add = (file: string, bytes: number, changedMs: number) => {
    const path = relative(root, file).split(sep).join("/");
    if (bytes > FILE_LIMIT)
      throw fault(
        path,
        1,
        `${(bytes / FILE_LIMIT).toFixed(1)} MB in ${folder}, at most 1 MB a page is read.`,
        "Split the page or move it out.",
      );
    if (found.length >= FILES_LIMIT)
      throw new TutorError("knowledge", `${name}: more than ${FILES_LIMIT} Markdown files in "${folder}".`, {
        hint: "Name a smaller folder.",
      });
    found.push({ path, file, bytes, changedMs });
  };
  for (const part of below) {
    const start = join(root, part);
    try {
      readdirSync(start);
    } catch (cause) {
      if (part === ".") throw unreadable(name, folder, cause);
      continue;
    }
    walk(start);
  }
  return found;
}

/** The files directly in `folder` whose name ends so: the lists beside the pages, our own code. */
export const listFiles = (folder: string, ending: RegExp): KnowledgeFile[] =>
  readdirSync(folder)
    .filter((name) => ending.test(name))
    .sort()
    .map((path) => {
      const { size, mtimeMs } = statSync(join(folder, path));
      return { path, file: join(folder, path), bytes: size, changedMs: mtimeMs };
    });

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

/** The built-in kind of folder: concepts, comparisons, commands, errors and aspects.yaml. */
export function loadBuiltin(folder: string): Shelf {
  const { pages, faults } = tryBuiltin(folder);
  if (faults[0]) throw faults[0];
  if (!pages.length)
    throw new TutorError("knowledge", `"${folder}" holds no page.`, {
      hint: "Point it at a folder with concepts/, or set KNOWLEDGE_DIR.",
    });
  return { pages, aspects: loadAspects(folder), cli: loadCli(folder), synonyms: loadSynonyms(folder) };
}

/** Like {@link loadBuiltin}, but collects every page's fault instead of stopping at the first. */
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

/** An operator's own folder of plain Markdown. `prefix` keeps the paths of several folders apart. */
export function loadDocuments(folder: string, prefix = ""): Page[] {
  const files = listMarkdown(folder);
  if (!files.length)
    throw new TutorError("knowledge", `KNOWLEDGE_DIR: "${folder}" holds no Markdown file.`, {
      hint: "Put at least one .md file there, or unset it.",
    });
  return files.map((file) => readDocument(prefix + file.path, textOf(file)));
}
