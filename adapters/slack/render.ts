/**
 * Pages -> Slack's blocks and the text that says the same. Prose is rich_text: its text is taken literally, so that
 * nothing a learner or a page says can ping, link or format; only sources are mrkdwn, escaped.
 */
import type { types } from "@slack/bolt";
import { type Block, encodeCall, lineText, plainText, type Span } from "../../src/core/index.ts";
import { BUTTON_TEXT, HEAD, pagesOf } from "./pages.ts";
import { bold, line, lists, rich, section } from "./rich.ts";
import { cleaned, escaped, shorten } from "./words.ts";

const HEADER = 150;
const COLUMNS = 20;
const SMALL_PRINT = 2000;
const TITLE = 300;
/** A column's name stands before each of its cells in the text. */
const ASPECT = 60;
/** Slack cuts a longer text by itself. */
const TEXT = 39_000;
const ALT = 2000;

export interface Page {
  readonly blocks: types.KnownBlock[];
  /** Everything the blocks say, for notifications, screen readers and whoever cannot show blocks. */
  readonly text: string;
}

/** Diagram ids -> ids of the files uploaded for them; a diagram without one is told in words. */
export type Pictures = ReadonlyMap<string, string>;

const NO_PICTURES: Pictures = new Map();

/** A reply as messages that Slack accepts, in their order. */
export function render(blocks: readonly Block[], pictures = NO_PICTURES): Page[] {
  const pages = pagesOf(cleaned(blocks));
  return pages.map((page) => ({
    blocks: page.flatMap((block, at) => show(block, at, pictures)),
    text: shorten(page.map(fallback).filter(Boolean).join("\n\n"), TEXT) || "Container Tutor",
  }));
}

function show(block: Block, at: number, pictures: Pictures): types.KnownBlock[] {
  switch (block.kind) {
    case "heading":
      return block.text.trim() && block.text.length <= HEADER
        ? [{ type: "header", text: { type: "plain_text", text: block.text, emoji: false } }]
        : [rich(section([bold(block.text || " ")]))];
    case "text":
      return [rich(section(line(block.line)))];
    case "note":
      return [rich({ type: "rich_text_quote", elements: [bold(noteName(block.tone)), ...line(block.line)] })];
    case "list":
      return [rich(...lists(block))];
    case "code":
      return [rich({ type: "rich_text_preformatted", elements: [{ type: "text", text: block.text || " " }] })];
    case "table":
      return [table(block)];
    case "figure": {
      const file = pictures.get(block.diagram);
      return file
        ? [{ type: "image", slack_file: { id: file }, alt_text: shorten(block.alt.trim() || block.diagram, ALT) }]
        : [rich(section([bold("Figure: "), { type: "text", text: block.alt || " " }]))];
    }
    case "buttons":
      return buttons(block, at);
    case "sources":
      return sources(block);
    default:
      return block satisfies never;
  }
}

const noteName = (tone: "tip" | "warning"): string => (tone === "warning" ? "Warning: " : "Tip: ");

function table(block: Extract<Block, { kind: "table" }>): types.KnownBlock {
  // Wider than any table that Slack shows: its text is, in a fixed width.
  if (block.head.length > COLUMNS)
    return rich({ type: "rich_text_preformatted", elements: [{ type: "text", text: plainText([block]) }] });
  const cell = (spans: readonly Span[]): types.RichTextBlock | types.RawTextElement =>
    spans.every((span) => typeof span === "string")
      ? { type: "raw_text", text: lineText(spans) || " " }
      : rich(section(line(spans)));
  return {
    type: "table",
    column_settings: block.head.map(() => ({ is_wrapped: true })),
    rows: [
      block.head.map((text) => (text ? rich(section([bold(shorten(text, HEAD))])) : cell([]))),
      ...block.rows.map((row) => row.map(cell)),
    ],
  };
}

/** Rating an answer has its own element; everything else is a row of buttons. */
function buttons({ buttons }: Extract<Block, { kind: "buttons" }>, at: number): types.KnownBlock[] {
  const [good, bad] = buttons;
  if (!good) return [];
  if (bad && buttons.length === 2 && buttons.every(({ call }) => call.command === "feedback"))
    return [
      {
        type: "context_actions",
        elements: [
          {
            type: "feedback_buttons",
            action_id: `call:${at}:rate`,
            positive_button: thumb(good),
            negative_button: thumb(bad),
          },
        ],
      },
    ];
  return [
    {
      type: "actions",
      elements: buttons.map(({ label, call }, i) => ({
        type: "button",
        action_id: `call:${at}:${i}`,
        text: { type: "plain_text", text: shorten(label, BUTTON_TEXT) || "…", emoji: false },
        value: encodeCall(call),
      })),
    },
  ];
}

const thumb = ({ label, call }: Extract<Block, { kind: "buttons" }>["buttons"][number]) => ({
  text: { type: "plain_text" as const, text: shorten(label, BUTTON_TEXT) },
  accessibility_label: shorten(label, BUTTON_TEXT),
  value: encodeCall(call),
});

/** Small print; a title that is a link is escaped, so that it can be nothing else. */
function sources({ sources }: Extract<Block, { kind: "sources" }>): types.KnownBlock[] {
  const lines: string[] = [];
  for (const { title, href, page } of sources) {
    const name = escaped(shorten(title.trim() || page, TITLE)).replaceAll("|", "\u00a6");
    const link = href && /^https?:/i.test(href) ? `<${href.replace(/[<>|\s]/g, encodeURIComponent)}|${name}>` : name;
    const last = lines.at(-1);
    if (last && last.length + link.length + 3 <= SMALL_PRINT) lines[lines.length - 1] = `${last} · ${link}`;
    else lines.push(lines.length ? link : `Source: ${link}`);
  }
  return lines.length
    ? [{ type: "context", elements: lines.slice(0, 10).map((text) => ({ type: "mrkdwn", text, verbatim: true })) }]
    : [];
}

/** The same facts as text; a table row is a sentence, since pipes are read aloud. */
function fallback(block: Block): string {
  if (block.kind !== "table") return escaped(plainText([block]));
  const rows = block.rows.map(([name = [], ...cells]) => {
    const facts = cells.map((cell, i) => `${shorten(block.head[i + 1] ?? "", ASPECT)}: ${lineText(cell)}`).join("; ");
    const aspect = [shorten(block.head[0] ?? "", ASPECT), lineText(name)].filter(Boolean).join(": ");
    return `${aspect}. ${facts}.`;
  });
  return escaped(rows.join("\n"));
}
