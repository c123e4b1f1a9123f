/** Markdown text -> sections, by headings outside of code fences; learners' phrasings are read from `<!-- asks: … -->`. */
import type { Section } from "./page.ts";

const HEADING = /^(#{1,6})[ \t](.+)$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const ASKS = /^<!--[ \t]*asks:([^>]*)-->[ \t]*$/;

interface RawSection {
  /** Path of headings from the page's title down, joined by " > ". */
  heading: string;
  level: number;
  /** Counted from 1 inside `text`. */
  line: number;
  asks: string[];
  body: string[];
}

/** GitHub's way of naming headings, near enough to be stable and readable. */
export const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");

/** Splits at every heading. The first entry, with an empty heading, is what stands before the first one. */
export function split(text: string): RawSection[] {
  const out: RawSection[] = [{ heading: "", level: 0, line: 1, asks: [], body: [] }];
  const path: string[] = [];
  let fence = "";
  const rows = text.split(/\r?\n/);
  rows.forEach((row, i) => {
    const current = out.at(-1);
    if (!current) return;
    const mark = FENCE.exec(row)?.[1];
    if (mark && (!fence || (mark[0] === fence[0] && mark.length >= fence.length && row.trim() === mark)))
      fence = fence ? "" : mark;
    const heading = fence || mark ? undefined : HEADING.exec(row);
    if (heading?.[1] && heading[2]) {
      const level = heading[1].length;
      path.length = Math.min(path.length, level - 1);
      path[level - 1] = inline(unclosed(heading[2]));
      out.push({
        heading: path.slice(1, level).filter(Boolean).join(" > ") || (path[0] ?? ""),
        level,
        line: i + 1,
        asks: [],
        body: [],
      });
      return;
    }
    const asks = fence ? undefined : ASKS.exec(row)?.[1];
    if (asks !== undefined)
      current.asks.push(
        ...asks
          .split("|")
          .map((ask) => ask.trim())
          .filter(Boolean),
      );
    else current.body.push(row);
  });
  return out;
}

/** A heading without the signs and blanks that may close it, looked at from its end. */
function unclosed(heading: string): string {
  const text = heading.trimEnd();
  let end = text.length;
  while (end > 1 && text[end - 1] === "#") end -= 1;
  return text.slice(0, end);
}

/** A heading without its Markdown. */
const inline = (heading: string): string =>
  heading
    .replace(/\[([^[\]]*)\]\([^)[]*\)/g, "$1")
    .replace(/[`*]/g, "")
    .trim();

/** Section ids are `path#slug`; a second heading of the same name gets a number. */
export function sectionIds(path: string): (heading: string) => string {
  const seen = new Map<string, number>();
  return (heading) => {
    const name = slug(heading);
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return `${path}#${name}${count ? `-${count + 1}` : ""}`;
  };
}

/** One that is never closed stays, and is looked for once, not from each that begins. */
function withoutComments(markdown: string): string {
  let kept = "";
  let from = 0;
  for (;;) {
    const begin = markdown.indexOf("<!--", from);
    const end = begin < 0 ? -1 : markdown.indexOf("-->", begin + 4);
    if (end < 0) return kept + markdown.slice(from);
    kept += `${markdown.slice(from, begin)} `;
    from = end + 3;
  }
}

/** The words of a section as a reader sees them, for indexing: no fences, no link targets, no comments. */
export function plain(markdown: string): string {
  return withoutComments(markdown)
    .replace(/^ {0,3}(?:`{3,}|~{3,}).*$/gm, " ")
    .replace(/!?\[([^[\]]*)\]\([^()\s]*\)/g, "$1")
    .replace(/^[ \t]*(?:\|[ \t]*)?:?-{2,}.*$/gm, " ")
    .replace(/<\/?[a-z][^<>]*>/gi, " ")
    .replace(/[`*|]+/g, " ")
    .replace(/[ \t]+/g, " ")
    .trim();
}

export const makeSection = (
  id: string,
  page: string,
  heading: string,
  markdown: string,
  role: Section["role"],
  asks: readonly string[] = [],
): Section => ({
  id,
  page,
  heading,
  asks,
  markdown: markdown.trim(),
  role,
});

/** Visible length of a section, in characters: what a reader sees. */
export const visibleLength = (markdown: string): number => plain(markdown).replace(/\s+/g, " ").length;
