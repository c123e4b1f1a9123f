/** Blocks onto messages of a size that Slack takes. */
import { type Block, fit as intoPages, lineText, plainText } from "../../src/core/index.ts";
import { shorten } from "./words.ts";

/** A message fails near 13,200 characters over all of its blocks. */
const PAGE = 11_000;
/** Of 50; the rest is for what the adapter adds. */
const BLOCKS = 45;
const ROWS = 100;
/** Of 10,000, so that empty cells, which need a space, never count. */
const TABLE = 9000;
const BUTTONS = 25;
export const HEAD = 200;
export const BUTTON_TEXT = 75;

export function pagesOf(blocks: readonly Block[]): Block[][] {
  const tables = { size: tableSize, page: TABLE, blocks: 1 };
  const pieces = blocks.flatMap((block) => (block.kind === "table" ? intoPages([block], tables).flat() : [block]));
  return intoPages(pieces, { size, page: PAGE, blocks: BLOCKS }).flatMap(oneTableEach);
}

/** Slack takes one table a message. */
function oneTableEach(page: readonly Block[]): Block[][] {
  const out: Block[][] = [];
  let current: Block[] = [];
  let tables = 0;
  for (const block of page) {
    if (block.kind === "table" && tables > 0) {
      const title = current.at(-1)?.kind === "heading" ? current.pop() : undefined;
      out.push(current);
      current = title ? [title] : [];
      tables = 0;
    }
    if (block.kind === "table") tables += 1;
    current.push(block);
  }
  return [...out, current].filter((each) => each.length);
}

/** Characters as they count for the message; what no message may hold is larger than a page. */
function size(block: Block): number {
  const length = plainText([block]).length + 2;
  switch (block.kind) {
    case "table":
      return tableSize(block);
    case "buttons":
      return block.buttons.length > BUTTONS ? PAGE + 1 : block.buttons.length * BUTTON_TEXT;
    case "sources":
      return length + block.sources.reduce((sum, { href }) => sum + (href?.length ?? 0) + 8, 0);
    case "text":
    case "list":
    case "note":
      return length + linksOf(block).reduce((sum, href) => sum + href.length, 0);
    default:
      return length;
  }
}

/** A table has a limit of its own, in characters and in rows. */
function tableSize(block: Block): number {
  if (block.kind !== "table") return plainText([block]).length;
  if (block.rows.length >= ROWS) return TABLE + 1;
  return [...block.head.map((text) => shorten(text, HEAD)), ...block.rows.flatMap((row) => row.map(lineText))].join(" ")
    .length;
}

function linksOf(block: Extract<Block, { kind: "text" | "list" | "note" }>): string[] {
  const spans = block.kind === "list" ? block.items.flatMap(({ line }) => line) : block.line;
  return spans.flatMap((span) => (typeof span === "object" && span.kind === "link" ? [span.href] : []));
}
