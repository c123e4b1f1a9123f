/** A section -> the blocks of it that answer, within a length. Whole blocks only: no fence and no table row is cut. */
import { toBlocks } from "../core/markdown.ts";
import { type Block, lineText, plainText } from "../core/reply.ts";
import { terms } from "../library/words.ts";

/** What a reader reads, in characters; a picture takes none. */
export const visible = (blocks: readonly Block[]): number =>
  plainText(blocks.filter((block) => block.kind !== "figure"))
    .replace(/```\w*|[`*]/g, "")
    .replace(/\s+/g, " ")
    .trim().length;

const parsed = new Map<string, Block[]>();

/** The section's blocks, parsed once. */
export function blocksOf(markdown: string): Block[] {
  const known = parsed.get(markdown);
  if (known) return known;
  const blocks = toBlocks(markdown);
  if (parsed.size > 2000) parsed.clear();
  parsed.set(markdown, blocks);
  return blocks;
}

/** Blocks that only make sense together: a lead-in with its list or code, and a list that code interrupts. */
function groups(blocks: readonly Block[]): Block[][] {
  const out: Block[][] = [];
  for (const block of blocks) {
    const last = out.at(-1);
    const before = last?.at(-1);
    const leadsIn = before?.kind === "text" && /:\s*$/.test(lineText(before.line));
    const code = block.kind === "code" && (before?.kind === "text" || before?.kind === "list");
    const goesOn = block.kind === "list" && before?.kind === "code" && last?.some((each) => each.kind === "list");
    if (last && (leadsIn || code || goesOn)) last.push(block);
    else out.push([block]);
  }
  return out;
}

/** As many blocks of a group as fit, without a lead-in that leads nowhere at their end. */
function beginning(blocks: readonly Block[], room: number): Block[] {
  const kept: Block[] = [];
  let used = 0;
  for (const block of blocks) {
    const size = visible([block]);
    if (used + size > room) {
      const part = shorten(block, room - used);
      if (part) kept.push(part);
      break;
    }
    kept.push(block);
    used += size;
  }
  const last = kept.at(-1);
  if (kept.length > 1 && last?.kind === "text" && /:\s*$/.test(lineText(last.line))) kept.pop();
  if (last?.kind === "list" && kept.length < blocks.length && blocks[kept.length]?.kind === "code") {
    // The code that the last item announces did not fit: the item goes with it.
    if (last.items.length > 1) kept[kept.length - 1] = { ...last, items: last.items.slice(0, -1) };
    else if (kept.length > 1) kept.pop();
  }
  return kept.length ? kept : blocks.slice(0, 1);
}

/** Whole items or rows of a block that is too long to show whole. */
function shorten(block: Block, room: number): Block | undefined {
  if (block.kind === "list") {
    const items: (typeof block.items)[number][] = [];
    let used = 0;
    for (const item of block.items) {
      used += lineText(item.line).length + 3;
      if (used > room) break;
      items.push(item);
    }
    return items.length ? { ...block, items } : undefined;
  }
  if (block.kind === "table") {
    const rows: (typeof block.rows)[number][] = [];
    let used = block.head.join(" ").length;
    for (const row of block.rows) {
      used += row.map((cell) => lineText(cell)).join(" ").length;
      if (used > room) break;
      rows.push(row);
    }
    return rows.length ? { ...block, rows } : undefined;
  }
  return undefined;
}

/**
 * Keeps the first group, then the groups that share most with the question, in the order of the document, while
 * they fit into `room` visible characters.
 */
export function excerpt(
  markdown: string,
  wanted: ReadonlyMap<string, number>,
  idf: (term: string) => number,
  room: number,
): Block[] {
  const all = blocksOf(markdown);
  if (visible(all) <= room) return all;
  const parts = groups(all).map((blocks, at) => {
    const found = new Set(terms(plainText(blocks)));
    let worth = 0;
    for (const [term, weight] of wanted) if (found.has(term)) worth += weight * idf(term);
    return { blocks, at, size: visible(blocks), worth };
  });
  const kept: { blocks: Block[]; at: number }[] = [];
  let used = 0;
  const [first, ...rest] = parts;
  if (!first) return [];
  const order = [first, ...rest.sort((a, b) => b.worth - a.worth || a.at - b.at)];
  for (const part of order) {
    if (used + part.size <= room) {
      kept.push({ blocks: part.blocks, at: part.at });
      used += part.size;
    } else if (part === first || room - used > 150) {
      const blocks = beginning(part.blocks, room - used);
      if (part !== first && visible(blocks) > room - used) continue;
      kept.push({ blocks, at: part.at });
      used += visible(blocks);
    }
  }
  return kept.sort((a, b) => a.at - b.at).flatMap((part) => part.blocks);
}
