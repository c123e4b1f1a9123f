/** What the lints look at: the pages, their text as written, and the day. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { TutorError } from "../../src/core/errors.ts";
import { loadAspects, tryBuiltin } from "../../src/library/load.ts";
import type { Aspects, Page } from "../../src/library/page.ts";
import { type Manuscript, readManuscripts } from "./manuscript.ts";

export interface KnowledgeSet {
  /** Pages that could be read. */
  readonly pages: readonly Page[];
  /** Why the others could not. */
  readonly faults: readonly TutorError[];
  readonly manuscripts: readonly Manuscript[];
  readonly aspects: Aspects;
  /** Ids of the drawings there are. */
  readonly diagrams: ReadonlySet<string>;
  /** `2026-11-24` */
  readonly today: string;
}

/** Looks at the whole set for one kind of fault. */
export interface Lint {
  readonly name: string;
  /** A fatal one fails the check; a warning asks for a second look. */
  readonly level: "fatal" | "warning";
  readonly find: (set: KnowledgeSet) => readonly TutorError[];
}

/** Reads a folder of built-in pages whole. */
export function readSet(folder: string, today: string): KnowledgeSet {
  const drawings = join(folder, "diagrams");
  return {
    ...tryBuiltin(folder),
    manuscripts: readManuscripts(folder),
    aspects: loadAspects(folder),
    diagrams: new Set(existsSync(drawings) ? readdirSync(drawings).map((name) => name.replace(/\.\w+$/, "")) : []),
    today,
  };
}
