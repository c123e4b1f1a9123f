/** What the tutor says: nine closed kinds of block, no raw platform markup. Adapters render; nothing else does. */
import type { Call } from "./turn.ts";

export type Span =
  | string
  | { readonly kind: "strong" | "code"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string };

export interface Source {
  /** "Page > Heading", as a reader would look it up. */
  readonly title: string;
  readonly href?: string;
  /** The page's path inside its knowledge folder. */
  readonly page: string;
}

export interface Button {
  readonly label: string;
  readonly call: Call;
}

export interface ListItem {
  readonly depth: 0 | 1;
  readonly line: readonly Span[];
}

export type Block =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "text"; readonly line: readonly Span[] }
  | { readonly kind: "list"; readonly ordered: boolean; readonly start?: number; readonly items: readonly ListItem[] }
  | { readonly kind: "code"; readonly language: string; readonly text: string }
  | {
      readonly kind: "table";
      readonly head: readonly string[];
      readonly rows: readonly (readonly (readonly Span[])[])[];
    }
  | { readonly kind: "note"; readonly tone: "tip" | "warning"; readonly line: readonly Span[] }
  | { readonly kind: "figure"; readonly diagram: string; readonly alt: string }
  | { readonly kind: "buttons"; readonly buttons: readonly Button[] }
  | { readonly kind: "sources"; readonly sources: readonly Source[] };

/**
 * What a reply was about, kept for follow-ups, feedback and gaps; never the words themselves.
 * `pages` are page paths, best first; `sections` the section ids that were shown; `confidence` is 0 to 1.
 */
export interface About {
  readonly id: string;
  readonly outcome: "answered" | "corrected" | "abstained" | "chat";
  readonly concepts: readonly string[];
  readonly pages: readonly string[];
  readonly sections: readonly string[];
  readonly confidence: number;
}

export interface Reply {
  readonly blocks: readonly Block[];
  readonly about: About;
}

/** A reply about nothing in the library: small talk, help, a refusal. */
export const about = (outcome: About["outcome"], rest: Partial<About> = {}): About => ({
  id: crypto.randomUUID(),
  outcome,
  concepts: [],
  pages: [],
  sections: [],
  confidence: outcome === "abstained" ? 0 : 1,
  ...rest,
});

/** A few words about nothing in the library, and what can be done next. */
export function remark(line: readonly Span[], buttons: readonly Button[] = []): Reply {
  return {
    blocks: [{ kind: "text", line }, ...(buttons.length ? [{ kind: "buttons" as const, buttons }] : [])],
    about: about("chat"),
  };
}

export const spanText = (span: Span): string => (typeof span === "string" ? span : span.text);
export const lineText = (line: readonly Span[]): string => line.map(spanText).join("");

/** A table as lines of text: the whole fact of each cell, one row a line. */
function tableText(head: readonly string[], rows: readonly (readonly (readonly Span[])[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map((row) => line(row.map(lineText)))].join("\n");
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "heading":
      return block.text;
    case "text":
      return lineText(block.line);
    case "note":
      return `${block.tone === "warning" ? "Warning: " : "Tip: "}${lineText(block.line)}`;
    case "list": {
      let number = (block.start ?? 1) - 1;
      return block.items
        .map((item) => {
          if (item.depth === 0) number += 1;
          const mark = block.ordered && item.depth === 0 ? `${number}.` : "-";
          return `${"  ".repeat(item.depth)}${mark} ${lineText(item.line)}`;
        })
        .join("\n");
    }
    case "code":
      return `\`\`\`${block.language}\n${block.text}\n\`\`\``;
    case "table":
      return tableText(block.head, block.rows);
    case "figure":
      return `[Figure: ${block.alt}]`;
    case "buttons":
      return "";
    case "sources":
      return block.sources.length ? `Source: ${block.sources.map((source) => source.title).join(" · ")}` : "";
    default:
      return block satisfies never;
  }
}

/** Everything a reader would read, without buttons: for notifications, screen readers and evaluation. */
export const plainText = (blocks: readonly Block[]): string => blocks.map(blockText).filter(Boolean).join("\n\n");
