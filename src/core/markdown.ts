/**
 * Markdown to blocks: the only door through which written text becomes a reply.
 * Raw HTML is dropped except `<br>`, `<kbd>` and the text of `<details>`; links keep http(s) and mailto targets only.
 */
import MarkdownIt, { type Token } from "markdown-it";
import type { Block, ListItem, Span } from "./reply.ts";

const parser = new MarkdownIt({ html: true, linkify: false, maxNesting: 40 });
// Every link is parsed, so that a refused one reads as its words; SAFE_LINK decides which keep their target.
parser.validateLink = () => true;
const DIAGRAM = /(?:^|\/)diagrams\/([a-z0-9-]+)\.(?:svg|png)$/;
const SAFE_LINK = /^(?:https?:|mailto:)/i;

/** Parses `markdown`; heading levels are not kept, nested lists become two levels. */
export function toBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  const tokens = parser.parse(markdown, {});
  let i = 0;
  const take = (): Token | undefined => tokens[i++];

  /** Reads up to the closing token of the list that was just opened. */
  function list(ordered: boolean, start: number): void {
    let items: ListItem[] = [];
    let number = start;
    let first = start;
    let depth = 0;
    const flush = () => {
      if (items.length)
        blocks.push({ kind: "list", ordered, ...(ordered && first !== 1 ? { start: first } : {}), items });
      items = [];
      first = number;
    };
    let opened = false;
    for (let token = take(); token; token = take()) {
      if (token.type.endsWith("_list_open")) depth += 1;
      else if (token.type.endsWith("_list_close")) {
        if (depth === 0) break;
        depth -= 1;
      } else if (token.type === "list_item_open") {
        opened = true;
        if (depth === 0) number += 1;
      } else if (token.type === "inline") {
        const line = spans(token.children ?? []);
        if (opened) items.push({ depth: depth > 0 ? 1 : 0, line });
        else if (items.length) items.push({ depth: 1, line });
        else blocks.push({ kind: "text", line });
        opened = false;
      } else if (token.type === "fence" || token.type === "code_block") {
        flush();
        blocks.push(code(token));
        opened = false;
      }
    }
    flush();
  }

  function table(): void {
    const rows: Span[][][] = [];
    for (let token = take(); token && token.type !== "table_close"; token = take()) {
      if (token.type === "tr_open") rows.push([]);
      else if (token.type === "inline") rows.at(-1)?.push(spans(token.children ?? []));
    }
    const [head = [], ...body] = rows;
    blocks.push({
      kind: "table",
      head: head.map((cell) => cell.map((s) => (typeof s === "string" ? s : s.text)).join("")),
      rows: body,
    });
  }

  for (let token = take(); token; token = take()) {
    if (token.type === "heading_open") {
      const inline = take();
      blocks.push({ kind: "heading", text: inline?.children ? plainInline(inline.children) : "" });
    } else if (token.type === "inline") paragraph(token, blocks);
    else if (token.type === "bullet_list_open") list(false, 1);
    else if (token.type === "ordered_list_open") list(true, Number(token.attrGet("start") ?? 1));
    else if (token.type === "fence" || token.type === "code_block") blocks.push(code(token));
    else if (token.type === "table_open") table();
    else if (token.type === "html_block") {
      const text = htmlText(token.content);
      if (text) blocks.push({ kind: "text", line: [text] });
    }
  }
  return blocks;
}

/** One line of inline Markdown as spans: table cells, tips, options. */
export function toLine(markdown: string): Span[] {
  const tokens = parser.parseInline(markdown, {});
  return spans(tokens[0]?.children ?? []);
}

function code(token: Token): Block {
  return {
    kind: "code",
    language: (token.info.trim().split(/\s+/)[0] ?? "").toLowerCase(),
    text: token.content.replace(/\n$/, ""),
  };
}

/** A paragraph may hold a diagram: the figure becomes a block of its own. */
function paragraph(token: Token, blocks: Block[]): void {
  const children = token.children ?? [];
  const rest: Token[] = [];
  for (const child of children) {
    const diagram = child.type === "image" ? DIAGRAM.exec(String(child.attrGet("src") ?? ""))?.[1] : undefined;
    if (diagram) blocks.push({ kind: "figure", diagram, alt: child.content });
    else rest.push(child);
  }
  const line = spans(rest);
  if (line.some((span) => (typeof span === "string" ? span.trim() : span.text))) blocks.push({ kind: "text", line });
}

function spans(tokens: readonly Token[]): Span[] {
  const line: Span[] = [];
  let strong = 0;
  let link: { href: string; text: string } | undefined;
  const push = (text: string, kind?: "strong" | "code") => {
    if (!text) return;
    if (link) link.text += text;
    else if (kind) line.push({ kind, text });
    else if (strong) line.push({ kind: "strong", text });
    else {
      const last = line.at(-1);
      if (typeof last === "string") line[line.length - 1] = last + text;
      else line.push(text);
    }
  };
  for (const token of tokens) {
    if (token.type === "text") push(token.content);
    else if (token.type === "code_inline") push(token.content, "code");
    else if (token.type === "softbreak" || token.type === "hardbreak") push(" ");
    else if (token.type === "strong_open") strong += 1;
    else if (token.type === "strong_close") strong -= 1;
    else if (token.type === "link_open") link = { href: String(token.attrGet("href") ?? ""), text: "" };
    else if (token.type === "link_close" && link) {
      const { href, text } = link;
      link = undefined;
      // A link to another page of the folder reads as its words; sources carry the address.
      if (SAFE_LINK.test(href) && text) line.push({ kind: "link", text, href });
      else push(text);
    } else if (token.type === "image") push(token.content);
    else if (token.type === "html_inline" && /^<br\s*\/?>$/i.test(token.content)) push(" ");
  }
  return line;
}

const plainInline = (tokens: readonly Token[]): string =>
  spans(tokens)
    .map((span) => (typeof span === "string" ? span : span.text))
    .join("");

/** Scripts and styles go with what is in them; one that is never closed stays, as text. Each tag is looked at once. */
function withoutCode(html: string): string {
  let kept = "";
  let from = 0;
  let open: { readonly name: string; readonly at: number } | undefined;
  for (const { 0: tag, 1: slash, 2: name = "", index } of html.matchAll(/<(\/?)(script|style)\b[^<>]*>/gi)) {
    const same = name.toLowerCase();
    if (!slash) open ??= { name: same, at: index };
    else if (open?.name === same) {
      kept += `${html.slice(from, open.at)} `;
      from = index + tag.length;
      open = undefined;
    }
  }
  return kept + html.slice(from);
}

/** The readable text of a `<details>` block; every other raw HTML block says nothing. */
function htmlText(html: string): string {
  if (!/^\s*<\/?(?:details|summary)\b/i.test(html)) return "";
  return withoutCode(html)
    .replace(/<[^<>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
