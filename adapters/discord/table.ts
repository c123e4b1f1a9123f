/** Tables where there are none: one text for each aspect, or columns aligned in a code block. */
import type { Block, Span } from "../../src/core/index.ts";
import { clean, cut, escapeText, lineMarkdown } from "./text.ts";

type Table = Extract<Block, { kind: "table" }>;

/** Monospaced characters that a phone shows in one line. */
export const COLUMNS = 38;
const GAP = 1;
/** A narrow column makes long cells tall; the whole cell stands in the answer above the table. */
const CELL = 200;
const HEAD = 40;
/** A column's name stands before each of its cells. */
const NAME = 80;
/** More columns than these would have room for single letters. */
const MOST = 4;

/** Can a table stand in aligned columns, so that they can be read? */
export const alignable = ({ head }: Table): boolean => head.length <= MOST;

const plain = (line: readonly Span[]): string =>
  clean(line.map((span) => (typeof span === "string" ? span : span.text)).join("")).replace(/\s+/g, " ");

/** Each row with its first cell as title and the others behind the names of their columns. */
export const aspects = ({ head, rows }: Table): string[] =>
  rows.map(([first = [], ...rest]) => {
    const name = lineMarkdown(first);
    const cells = rest.map((cell, i) => {
      const column = head[i + 1] ?? "";
      return `- ${column ? `${escapeText(cut(column, NAME))}: ` : ""}${lineMarkdown(cell)}`;
    });
    return [...(name.trim() ? [`**${name.trim().replaceAll("**", "")}**`] : []), ...cells].join("\n");
  });

/** Columns side by side, at most {@link COLUMNS} wide; cells are broken into lines. */
export function aligned({ head, rows }: Table): string {
  const table = [
    head.map((cell) => cut(plain([cell]), HEAD)),
    ...rows.map((row) => row.map((cell) => cut(plain(cell), CELL))),
  ];
  const count = Math.max(...table.map((row) => row.length));
  const longest = Array.from({ length: count }, (_, i) => Math.max(...table.map((row) => lengthOf(row[i] ?? ""))));
  const widths = fitting(longest, COLUMNS - GAP * (count - 1));
  const lines = table.map((row) => {
    const cells = widths.map((width, i) => wrap(row[i] ?? "", width));
    const height = Math.max(...cells.map((cell) => cell.length));
    return Array.from({ length: height }, (_, y) =>
      cells
        .map((cell, i) => pad(cell[y] ?? "", widths[i] ?? 0))
        .join(" ".repeat(GAP))
        .trimEnd(),
    ).join("\n");
  });
  const [first = "", ...rest] = lines;
  return [
    first,
    "-".repeat(
      Math.min(
        COLUMNS,
        widths.reduce((sum, each) => sum + each + GAP, -GAP),
      ),
    ),
    ...rest,
  ].join("\n");
}

/** Narrow columns keep what they need, the others share the rest. */
function fitting(longest: readonly number[], room: number): number[] {
  const widths = longest.map(() => 0);
  let left = room;
  let open = longest.map((_, i) => i);
  while (open.length) {
    const share = Math.max(1, Math.floor(left / open.length));
    const narrow = open.filter((i) => (longest[i] ?? 0) <= share);
    for (const i of narrow.length ? narrow : open) {
      widths[i] = Math.max(1, Math.min(longest[i] ?? 1, share));
      left -= widths[i] ?? 0;
    }
    if (!narrow.length) break;
    open = open.filter((i) => !narrow.includes(i));
  }
  return widths;
}

/** Characters as people count them, fast for the text that has no surrogates. */
const lengthOf = (text: string): number => (/[\ud800-\udbff]/.test(text) ? [...text].length : text.length);

/** Breaks at spaces; a word longer than its column is cut. */
function wrap(text: string, width: number): string[] {
  const out: string[] = [];
  let row = "";
  let used = 0;
  for (const word of text.split(" ").flatMap((each) => pieces(each, width))) {
    const length = lengthOf(word);
    if (row === "") {
      row = word;
      used = length;
    } else if (used + 1 + length <= width) {
      row += ` ${word}`;
      used += 1 + length;
    } else {
      out.push(row);
      row = word;
      used = length;
    }
  }
  return [...out, row];
}

function pieces(word: string, width: number): string[] {
  if (word.length <= width) return [word];
  const points = [...word];
  const out: string[] = [];
  for (let i = 0; i < points.length; i += width) out.push(points.slice(i, i + width).join(""));
  return out;
}

const pad = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - lengthOf(text)));
