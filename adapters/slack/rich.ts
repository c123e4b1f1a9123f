/** Prose as rich_text: its text is taken literally, so that no word can ping, link or format. */
import type { types } from "@slack/bolt";
import type { Block, Span } from "../../src/core/index.ts";

const HREF = 3000;

type RichText = types.RichTextBlock;
type Inline = types.RichTextElement;

export const rich = (...elements: RichText["elements"]): RichText => ({ type: "rich_text", elements });
export const section = (elements: Inline[]): types.RichTextSection => ({ type: "rich_text_section", elements });
export const bold = (text: string): Inline => ({ type: "text", text, style: { bold: true } });

function inline(span: Span): Inline[] {
  const text = typeof span === "string" ? span : span.text;
  if (!text) return [];
  if (typeof span === "string") return [{ type: "text", text }];
  switch (span.kind) {
    case "strong":
      return [bold(text)];
    case "code":
      return [{ type: "text", text, style: { code: true } }];
    case "link":
      return /^https?:/i.test(span.href) && span.href.length <= HREF
        ? [{ type: "link", url: span.href, text }]
        : [{ type: "text", text }];
    default:
      return span satisfies never;
  }
}

export const line = (spans: readonly Span[]): Inline[] => {
  const elements = spans.flatMap(inline);
  return elements.length ? elements : [{ type: "text", text: " " }];
};

/** Neighbouring items of one depth are one list; a numbered one goes on with its number behind the items below it. */
export function lists(block: Extract<Block, { kind: "list" }>): types.RichTextList[] {
  const out: { depth: 0 | 1; first: number; items: types.RichTextSection[] }[] = [];
  let number = (block.start ?? 1) - 1;
  for (const item of block.items) {
    if (item.depth === 0) number += 1;
    const last = out.at(-1);
    if (last?.depth === item.depth) last.items.push(section(line(item.line)));
    else out.push({ depth: item.depth, first: number, items: [section(line(item.line))] });
  }
  return out.map(({ depth, first, items }) => ({
    type: "rich_text_list",
    style: block.ordered && depth === 0 ? "ordered" : "bullet",
    indent: depth,
    ...(block.ordered && depth === 0 && first > 1 ? { offset: first - 1 } : {}),
    elements: items,
  }));
}
