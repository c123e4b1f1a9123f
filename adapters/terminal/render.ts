/** Blocks -> ANSI text of a given width. Buttons become numbers; colours are left out where NO_COLOR asks for it. */
import { stripVTControlCharacters, styleText } from "node:util";
import type { Block, Span } from "../../src/core/index.ts";

export interface Look {
  /** Columns. */
  readonly width: number;
  readonly colour: boolean;
  /** Number of the first button. */
  readonly firstButton: number;
}

type Style = Parameters<typeof styleText>[0];

/** Controls in any text would reach the terminal as commands. */
const safe = (text: string): string =>
  stripVTControlCharacters(text).replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (c) =>
    c === "\n" || c === "\t" ? c : "",
  );

export function renderText(blocks: readonly Block[], look: Look): string {
  const paint = (style: Style, text: string) =>
    look.colour ? styleText(style, text, { validateStream: false }) : text;
  const span = (each: Span): string => {
    if (typeof each === "string") return safe(each);
    if (each.kind === "link") return `${paint("underline", safe(each.text))} (${safe(each.href)})`;
    return each.kind === "strong"
      ? paint("bold", safe(each.text))
      : look.colour
        ? paint("cyan", safe(each.text))
        : `\`${safe(each.text)}\``;
  };
  const line = (spans: readonly Span[]) => spans.map(span).join("");
  let button = look.firstButton;

  const render = (block: Block): string => {
    switch (block.kind) {
      case "heading":
        return paint("bold", safe(block.text));
      case "text":
        return wrap(line(block.line), look.width);
      case "note":
        return wrap(`${block.tone === "warning" ? "Warning: " : "Tip: "}${line(block.line)}`, look.width, "  ");
      case "list": {
        let number = (block.start ?? 1) - 1;
        return block.items
          .map((item) => {
            if (item.depth === 0) number += 1;
            const mark = block.ordered && item.depth === 0 ? `${number}. ` : "- ";
            const indent = "  ".repeat(item.depth);
            return wrap(`${indent}${mark}${line(item.line)}`, look.width, indent + " ".repeat(mark.length));
          })
          .join("\n");
      }
      case "code":
        return safe(block.text)
          .split("\n")
          .map((row) => `    ${paint("green", row)}`)
          .join("\n");
      case "table":
        return table(
          [block.head.map((cell) => paint("bold", safe(cell))), ...block.rows.map((row) => row.map(line))],
          look.width,
        );
      case "figure":
        return wrap(`[Figure] ${safe(block.alt)}`, look.width, "  ");
      case "buttons":
        return block.buttons.map((each) => `${paint("cyan", `[${button++}]`)} ${safe(each.label)}`).join("   ");
      case "sources":
        return block.sources.length
          ? wrap(
              paint("dim", `Source: ${block.sources.map((source) => safe(source.title)).join(" · ")}`),
              look.width,
              "  ",
            )
          : "";
      default:
        return block satisfies never;
    }
  };
  return blocks.map(render).filter(Boolean).join("\n\n");
}

const length = (text: string): number => stripVTControlCharacters(text).length;

/** Breaks at spaces; a word longer than the width stays whole. `indent` stands before every further row. */
function wrap(text: string, width: number, indent = ""): string {
  const rows: string[] = [];
  // Spaces in front are the item's own indentation.
  const [first = "", ...rest] = text.trimStart().split(" ");
  let row = text.slice(0, text.length - text.trimStart().length) + first;
  for (const word of rest) {
    if (length(row) + 1 + length(word) > width) {
      rows.push(row);
      row = indent + word;
    } else row += ` ${word}`;
  }
  return [...rows, row].join("\n");
}

/** Columns side by side where they fit, otherwise one row of the table after the other. */
function table(rows: readonly (readonly string[])[], width: number): string {
  const [head = [], ...body] = rows;
  const columns = head.length;
  const first = Math.min(22, Math.max(...rows.map((row) => length(row[0] ?? ""))));
  const rest = Math.floor((width - first - (columns - 1) * 2) / Math.max(1, columns - 1));
  if (rest < 18)
    return body
      .map((row) =>
        row
          .map((cell, i) => (i === 0 ? cell : `  ${length(head[i] ?? "") ? `${head[i]}: ` : ""}${cell}`))
          .map((text) => wrap(text, width, "    "))
          .join("\n"),
      )
      .join("\n");
  const widths = head.map((_, i) =>
    i === 0 ? first : Math.min(rest, Math.max(...rows.map((row) => length(row[i] ?? "")))),
  );
  return rows
    .map((row) => {
      const cells = widths.map((cell, i) => wrap(row[i] ?? "", cell).split("\n"));
      const height = Math.max(...cells.map((lines) => lines.length));
      return Array.from({ length: height }, (_, y) =>
        cells
          .map((lines, i) => pad(lines[y] ?? "", widths[i] ?? 0))
          .join("  ")
          .trimEnd(),
      ).join("\n");
    })
    .join("\n");
}

const pad = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - length(text)));
