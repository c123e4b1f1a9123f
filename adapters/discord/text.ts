/** Words -> Discord's Markdown, in which no text can ping, format or link by itself. */
import type { Span } from "../../src/core/index.ts";

const CONTROLS = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** An address in running text: Discord links it, and a backslash inside would break it. */
const ADDRESS = /(https?:\/\/[^\s<>"'`|*\\()[\]]+)/;

/** Without characters that turn text around or hide it, and without anything that looks like a ping to all. */
export const clean = (text: string): string =>
  text
    .replace(CONTROLS, (each) => (each === "\n" || each === "\t" ? each : ""))
    // Pings are switched off in every body; a reader should not even see one.
    .replace(/@(?=(?:everyone|here)(?![A-Za-z0-9]))/gi, "@\u200b");

/** Gaps are looked at line by line: over line ends, many empty lines would be read once for each of them. */
const guarded = (text: string): string =>
  text
    .replace(/[\\*_~`|[\]<>]/g, "\\$&")
    .replace(/^([^\S\n\r\u2028\u2029]*)([#+-])/gm, "$1\\$2")
    .replace(/^([^\S\n\r\u2028\u2029]*\d+)([.)])/gm, "$1\\$2");

/** Text that reads as it was written. */
export const escapeText = (text: string): string =>
  clean(text)
    .split(ADDRESS)
    .map((part, i) => (i % 2 ? part : guarded(part)))
    .join("");

function codeSpan(text: string): string {
  const flat = clean(text).replace(/\s+/g, " ");
  if (!flat.trim()) return flat;
  return flat.includes("`") ? `\`\` ${flat.replace(/``+/g, "`\u200b`")} \`\`` : `\`${flat}\``;
}

/** Marks do not work with a space on their inner side, so it is moved out. */
function marked(mark: string, text: string): string {
  const escaped = escapeText(text);
  const inner = escaped.trim();
  if (!inner) return escaped;
  const from = escaped.length - escaped.trimStart().length;
  return `${escaped.slice(0, from)}${mark}${inner}${mark}${escaped.slice(from + inner.length)}`;
}

/** A longer address would crowd out the words. */
const ADDRESS_LENGTH = 500;

/** A masked link; anything but a web address stays text. */
export function link(text: string, href: string): string {
  if (href.length > ADDRESS_LENGTH || !/^https?:\/\/[^\s]+$/.test(href)) return escapeText(text);
  const safe = clean(href).replace(/[()<>\\]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
  return `[${escapeText(text).replace(/\n/g, " ")}](<${safe}>)`;
}

function spanMarkdown(span: Span): string {
  if (typeof span === "string") return escapeText(span);
  if (span.kind === "link") return link(span.text, span.href);
  return span.kind === "code" ? codeSpan(span.text) : marked("**", span.text);
}

export const lineMarkdown = (line: readonly Span[]): string => line.map(spanMarkdown).join("");

/** A fence that its own text cannot close. */
export const fence = (language: string, text: string): string =>
  `\`\`\`${/^[\w+#.-]{1,20}$/.test(language) ? language : ""}\n${clean(text).replace(/```/g, "`\u200b`\u200b`")}\n\`\`\``;

/** At most so many characters, and no emoji torn in two. */
export const cut = (text: string, most: number): string => {
  if (text.length <= most) return text;
  let out = "";
  for (const point of text) {
    if (out.length + point.length > most - 1) break;
    out += point;
  }
  return `${out.trimEnd()}…`;
};
