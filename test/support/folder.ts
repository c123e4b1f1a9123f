/** Temporary knowledge folders with real files, gone after the test file. */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import { COMMON_ASPECTS } from "../../src/library/schema.ts";
import { KNOWLEDGE } from "./tutor.ts";

/** File path inside the folder -> its text. */
export type Files = Readonly<Record<string, string>>;

export function write(root: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

const made: string[] = [];
afterAll(() => {
  for (const root of made) rmSync(root, { recursive: true, force: true });
});

/** A folder of an operator's own files. */
export function folder(files: Files = {}): string {
  const root = mkdtempSync(join(tmpdir(), "tutor-test-"));
  made.push(root);
  write(root, files);
  return root;
}

/** A folder of built-in pages: the real lists (aspects.yaml and the like) with these pages. */
export function knowledge(pages: Files): string {
  const root = folder(pages);
  for (const name of readdirSync(KNOWLEDGE))
    if (name.endsWith(".yaml")) copyFileSync(join(KNOWLEDGE, name), join(root, name));
  return root;
}

export interface ConceptPage {
  readonly id: string;
  readonly title?: string;
  readonly aliases?: readonly string[];
  readonly requires?: readonly string[];
  /** Further lines of front matter. */
  readonly more?: string;
  readonly body?: string;
}

/** A small valid concept page. */
export function concept({ id, title = id, aliases = [], requires = [], more = "", body }: ConceptPage): string {
  return `---
id: ${id}
title: ${title}
aliases: [${aliases.join(", ")}]
area: containers
level: beginner
requires: [${requires.join(", ")}]
sources:
  - title: Where ${id} is described
    href: https://example.org/${id}
aspects:
${COMMON_ASPECTS.map((name) => `  ${name}: ${name} of ${id}`).join("\n")}
${more}
---
${body ?? `${title} is a thing that this page describes.\n\n## How it works\nThe inside of ${title} works by itself.`}
`;
}

/** A small valid page of a command or a Dockerfile instruction. */
export const commandPage = (name: string, more = ""): string => `---
name: ${name}
area: building
level: beginner
synopsis: ${name} THIS
sources:
  - title: Reference
    href: https://example.org/reference
aspects:
${COMMON_ASPECTS.map((aspect) => `  ${aspect}: ${aspect} of ${name}`).join("\n")}
${more}
---
${name} does something.
`;
