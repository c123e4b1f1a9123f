/**
 * One reply into pages that a platform accepts. Adapters say how large a block is and how much one page holds;
 * what is split stays whole in kind: code stays fenced, a table keeps its head, a list its numbers.
 */
import type { Block, Span } from "./reply.ts";
import { spanText } from "./reply.ts";

type Row = Extract<Block, { kind: "table" }>["rows"][number];

export interface Limits {
  /** Size of one block as the platform counts it, its separators included. */
  readonly size: (block: Block) => number;
  /** Most that one page may hold, in the unit of `size`. */
  readonly page: number;
  /** Most blocks on one page. */
  readonly blocks: number;
}

/** Splits `blocks` into pages; every page obeys `limits` unless a single word alone exceeds them. */
export function fit(blocks: readonly Block[], limits: Limits): Block[][] {
  const pages: Block[][] = [];
  let page: Block[] = [];
  let used = 0;
  const turnOver = () => {
    if (page.length) pages.push(page);
    page = [];
    used = 0;
  };
  for (const block of blocks) {
    for (const piece of pieces(block, limits)) {
      const size = limits.size(piece);
      if (page.length && (used + size > limits.page || page.length >= limits.blocks)) {
        // A heading does not stay behind alone at the foot of a page, where it fits together with what follows.
        const last = page.at(-1);
        const moves = last?.kind === "heading" && page.length > 1 && limits.size(last) + size <= limits.page;
        const orphan = moves ? page.pop() : undefined;
        turnOver();
        if (orphan) {
          page.push(orphan);
          used += limits.size(orphan);
        }
      }
      page.push(piece);
      used += size;
    }
  }
  turnOver();
  return pages;
}

/** The block itself where it fits a page alone, otherwise its parts. */
function pieces(block: Block, limits: Limits): Block[] {
  if (limits.size(block) <= limits.page) return [block];
  switch (block.kind) {
    case "text":
    case "note":
      return grow(words(block.line), (parts) => ({ ...block, line: joinSpans(parts) }), limits);
    case "code":
      return grow(lines(block.text, limits.page), (parts) => ({ ...block, text: parts.join("\n") }), limits);
    case "list": {
      let number = (block.start ?? 1) - 1;
      const items = block.items.flatMap((item) => {
        if (item.depth === 0) number += 1;
        const at = number;
        // An item longer than a page is cut into its words first; its parts follow as items below it.
        const whole = limits.size({ ...block, items: [item] }) <= limits.page;
        const cut = whole
          ? [[...item.line]]
          : grow(words(item.line), (parts) => ({ kind: "text", line: joinSpans(parts) }), {
              ...limits,
              page: limits.page - 16,
            }).map((b) => (b.kind === "text" ? [...b.line] : []));
        return cut.map((line, i) => ({ item: { depth: i === 0 ? item.depth : (1 as const), line }, at }));
      });
      // The number of the first numbered item: parts of a cut item in front of it have none.
      const startOf = (parts: typeof items) => {
        const first = parts.find((p) => p.item.depth === 0)?.at ?? (parts[0]?.at ?? 0) + 1;
        return block.ordered && first !== 1 ? { start: first } : {};
      };
      return grow(
        items,
        (parts) => ({
          kind: "list",
          ordered: block.ordered,
          ...startOf(parts),
          items: parts.map((p) => p.item),
        }),
        limits,
      );
    }
    case "table":
      return grow(
        block.rows.flatMap((row) => cutRow(row, block, limits)),
        (parts) => ({ ...block, rows: parts }),
        limits,
      );
    case "sources":
      return grow(block.sources, (parts) => ({ ...block, sources: parts }), limits);
    case "buttons":
      return grow(block.buttons, (parts) => ({ ...block, buttons: parts }), limits);
    case "heading":
      return grow(
        words([block.text]),
        (parts) => ({ ...block, text: joinSpans(parts).map(spanText).join("") }),
        limits,
      );
    case "figure":
      return [block];
    default:
      return block satisfies never;
  }
}

/** A row that does not fit a page becomes several: each goes on where the cells of the one above stopped. */
function cutRow(row: Row, block: Extract<Block, { kind: "table" }>, limits: Limits): Row[] {
  const size = (cells: Row) => limits.size({ ...block, rows: [cells] });
  if (size(row) <= limits.page) return [row];
  const room = Math.floor((limits.page - size(row.map(() => []))) / row.length);
  const cells = row.map((cell) =>
    grow(words(cell), (parts) => ({ kind: "text", line: joinSpans(parts) }), { ...limits, page: room }).map((part) =>
      part.kind === "text" ? part.line : [],
    ),
  );
  const height = Math.max(...cells.map((parts) => parts.length));
  return Array.from({ length: height }, (_, y) => cells.map((parts) => parts[y] ?? []));
}

/** Packs parts greedily into blocks that fit a page: as many at a time as fit, found by doubling and halving. */
function grow<T>(parts: readonly T[], make: (parts: T[]) => Block, limits: Limits): Block[] {
  const out: Block[] = [];
  for (let from = 0; from < parts.length; ) {
    const most = parts.length - from;
    const fits = (count: number) => limits.size(make(parts.slice(from, from + count))) <= limits.page;
    // One part is always taken, even where it does not fit.
    let [count, tooMany] = [1, most + 1];
    while (count < most && tooMany > most) {
      const next = Math.min(count * 2, most);
      if (fits(next)) count = next;
      else tooMany = next;
    }
    while (tooMany <= most && tooMany - count > 1) {
      const middle = Math.floor((count + tooMany) / 2);
      if (fits(middle)) count = middle;
      else tooMany = middle;
    }
    out.push(make(parts.slice(from, from + count)));
    from += count;
  }
  return out;
}

/** A word longer than this is itself cut, so that one endless word cannot break a page. */
const WORD = 200;

function words(line: readonly Span[]): Span[] {
  return line.flatMap((span): Span[] => {
    const text = spanText(span);
    const parts = (text.match(/\S+\s*|\s+/g) ?? []).flatMap((word) => chunks(word, WORD));
    return parts.map((part) => (typeof span === "string" ? part : { ...span, text: part }));
  });
}

const lines = (text: string, page: number): string[] =>
  text.split("\n").flatMap((line) => chunks(line, Math.max(20, Math.floor(page / 4))));

/** Cuts by code points, so that no emoji is torn in two. */
function chunks(text: string, size: number): string[] {
  if (text.length <= size) return [text];
  const points = [...text];
  const out: string[] = [];
  for (let i = 0; i < points.length; i += size) out.push(points.slice(i, i + size).join(""));
  return out;
}

/** Joins neighbouring parts of one kind again: ten words in bold are one bold span. */
function joinSpans(parts: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (typeof part === "string" && typeof last === "string") out[out.length - 1] = last + part;
    else if (
      typeof part === "object" &&
      typeof last === "object" &&
      last.kind === part.kind &&
      (part.kind !== "link" || (last.kind === "link" && last.href === part.href))
    )
      out[out.length - 1] = { ...last, text: last.text + part.text };
    else out.push(part);
  }
  return out;
}
