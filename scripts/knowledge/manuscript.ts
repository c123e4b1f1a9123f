/** A page as its author sees it: every piece of its text with the line it stands on. */
import { readFileSync } from "node:fs";
import { LineCounter, parseDocument, visit } from "yaml";
import { listMarkdown } from "../../src/library/files.ts";
import { KNOWLEDGE_PARTS } from "../../src/library/load.ts";
import { splitMatter } from "../../src/library/matter.ts";
import { split } from "../../src/library/sections.ts";

/** A value of the front matter, or a paragraph of the body. */
export interface Passage {
  readonly line: number;
  /** `tips.0`, `quiz.1.options.0.why`, or `body`. */
  readonly field: string;
  readonly text: string;
}

/** What stands under one heading; the lead has an empty one. */
export interface Part {
  readonly heading: string;
  readonly line: number;
  readonly passages: readonly Passage[];
  /** Learners' phrasings, which nobody is shown. */
  readonly asks: readonly Passage[];
}

export interface Manuscript {
  readonly path: string;
  readonly front: readonly Passage[];
  readonly parts: readonly Part[];
}

/** Reads every page's text; a page that breaks the schema is read all the same. */
export const readManuscripts = (folder: string): Manuscript[] =>
  listMarkdown(folder, "the built-in knowledge", KNOWLEDGE_PARTS).map((file) =>
    manuscript(file.path, readFileSync(file.file, "utf8")),
  );

export function manuscript(path: string, text: string): Manuscript {
  const matter = splitMatter(text);
  const body = matter?.body ?? text;
  const first = matter?.bodyLine ?? 1;
  const rows = body.split(/\r?\n/);
  const headings = split(body);
  const parts = headings.map((raw, i) => {
    // `split` leaves comments out, so lines are counted in the text itself.
    const start = raw.heading ? raw.line + 1 : raw.line;
    const own = rows.slice(start - 1, (headings[i + 1]?.line ?? rows.length + 1) - 1);
    const asks = own.flatMap((row, at) =>
      COMMENT.test(row) ? [{ line: start + first - 1 + at, field: "asks", text: row }] : [],
    );
    return {
      heading: raw.heading,
      line: raw.line + first - 1,
      passages: paragraphs(own, start + first - 1),
      asks,
    };
  });
  return { path, front: matter ? values(matter.yaml) : [], parts };
}

const COMMENT = /^<!--.*-->\s*$/;

/** Paragraphs with their lines; code blocks and comments are no prose. */
function paragraphs(rows: readonly string[], firstLine: number): Passage[] {
  const out: { line: number; field: string; text: string }[] = [];
  let fenced = false;
  let open = false;
  rows.forEach((row, i) => {
    const fence = /^\s*(?:`{3,}|~{3,})/.test(row);
    if (fence) fenced = !fenced;
    const last = out.at(-1);
    if (fence || fenced || !row.trim() || COMMENT.test(row)) open = false;
    else if (open && last && !/^\s*(?:[-*|]|\d+\.)\s/.test(row)) last.text += ` ${row.trim()}`;
    else {
      out.push({ line: firstLine + i, field: "body", text: row.trim() });
      open = true;
    }
  });
  return out;
}

/** Every text of the front matter, keys left out. */
function values(yaml: string): Passage[] {
  const counter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: counter });
  const out: Passage[] = [];
  visit(document, {
    Scalar(key, node, ancestors) {
      if (key === "key" || node.value === null || !node.range) return;
      const field = [...ancestors, node].flatMap((each, i, all) => {
        const parent = all[i - 1];
        if (each && "key" in each) return [String(each.key)];
        return parent &&
          "items" in parent &&
          !("key" in each) &&
          Array.isArray(parent.items) &&
          !isPair(parent.items[0])
          ? [String((parent.items as unknown[]).indexOf(each))]
          : [];
      });
      out.push({ line: counter.linePos(node.range[0]).line + 1, field: field.join("."), text: String(node.value) });
    },
  });
  return out;
}

const isPair = (item: unknown): boolean => typeof item === "object" && item !== null && "key" in item;

/** Front matter that a reader reads; the rest are names, addresses, code and learners' own words. */
const PROSE =
  /^(?:title|means|verdict|tips|mistakes|confirm|fix|also|aspects|use|often|rows\.\d+\.cells|quiz\.\d+\.(?:question|options\.\d+\.(?:text|belief|why))|flags\.\d+\.(?:does|danger)|examples\.\d+\.does)(?:\.|$)/;

/** Everything on the page that a reader reads, in its order. */
export const proseOf = ({ front, parts }: Manuscript): Passage[] => [
  ...front.filter(({ field }) => PROSE.test(field)),
  ...parts.flatMap(({ line, heading, passages }) => [
    ...(heading ? [{ line, field: "heading", text: heading }] : []),
    ...passages,
  ]),
];

/** Line of a value of the front matter; 2 where it is missing. */
export const lineOf = ({ front }: Manuscript, field: string): number =>
  front.find((each) => each.field === field || each.field.startsWith(`${field}.`))?.line ?? 2;

/** Words only: code, addresses and emphasis taken out. */
export const wordsOnly = (text: string): string =>
  text
    .replace(/`[^`]*`/g, " code ")
    .replace(/!\[[^\]]*\]\([^)]*\)/g, " ")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/https?:\S+/g, " ")
    .replace(/[*_|]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
