/** The Markdown files of a folder: found safely, named by their path, told apart by size and time. */
import { lstatSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { TutorError } from "../core/errors.ts";
import { fault } from "./matter.ts";

const FILE_LIMIT = 1024 * 1024;
const FILES_LIMIT = 5000;

export interface KnowledgeFile {
  readonly path: string;
  readonly file: string;
  readonly bytes: number;
  readonly changedMs: number;
}

export const unreadable = (name: string, folder: string, cause: unknown): TutorError => {
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
