/** `read`: one whole page, in parts. */
import { z } from "zod";
import { sourceOf } from "../answering/compare.ts";
import { blocksOf, visible } from "../answering/excerpt.ts";
import { type Capability, command } from "../core/capability.ts";
import { quote, TutorError } from "../core/errors.ts";
import { about, type Block, type Button, type Reply } from "../core/reply.ts";
import type { Library } from "../library/library.ts";
import type { Page } from "../library/page.ts";

/** Visible characters of one part: a few screens of a phone, and within one message of every platform. */
const PART = 2400;

export function read({ library }: { library: () => Library }): Capability {
  return {
    name: "read",
    examples: ["read volume", "read docker run"],
    commands: [
      command({
        name: "read",
        summary: "Read a whole page",
        usage: "<page>",
        args: z.object({
          page: z.string().describe("A topic, such as volume"),
          part: z.coerce.number().int().min(1).max(99).default(1),
        }),
        parse: (rest) => (rest ? { page: rest } : {}),
        suggest: (option, typed) => (option === "page" ? library().index.suggest(typed) : Promise.resolve([])),
        run: async ({ page, part }) => show(find(page, library()), part, library()),
      }),
    ],
    hear(text) {
      // No title is that long.
      if (text.length > 120) return undefined;
      const wanted = titleIn(text);
      return wanted && library().concepts.exact(wanted) ? { command: "read", args: { page: wanted } } : undefined;
    },
  };
}

/** "read the page on volumes." -> "volumes", one word of the request after the other. */
function titleIn(text: string): string | undefined {
  if (!/^\/?read\s/i.test(text)) return undefined;
  return text
    .replace(/^\/?read\s+/i, "")
    .replace(/(?<![.!?])[.!?]+$/, "")
    .replace(/^the\s+/i, "")
    .replace(/^(?:page\s+(?:on|about)|about)\s+/i, "")
    .replace(/\spage$/i, "")
    .trim();
}

function find(wanted: string, library: Library): Page {
  const id = library.concepts.exact(wanted);
  const lower = wanted.toLowerCase();
  const page =
    library.page(wanted) ??
    (id ? library.about(id)[0] : undefined) ??
    library.pages.find((each) => each.title.toLowerCase() === lower);
  if (page) return page;
  const near = library.concepts.nearest(wanted, 3).map((each) => library.concepts.title(each));
  throw new TutorError("learner", `I have no page on "${quote(wanted)}".`, {
    hint: near.length ? `The nearest: ${near.join(", ")}.` : "Ask a question instead; I look through all pages.",
  });
}

function show(page: Page, part: number, library: Library): Reply {
  const parts = partsOf(page, library);
  const at = Math.min(part, parts.length);
  const buttons: Button[] =
    at < parts.length
      ? [
          {
            label: `Part ${at + 1} of ${parts.length}`,
            call: { command: "read", args: { page: page.path, part: String(at + 1) } },
          },
        ]
      : [];
  const blocks: Block[] = [
    { kind: "heading", text: parts.length > 1 ? `${page.title} (${at} of ${parts.length})` : page.title },
    ...(parts[at - 1] ?? []),
  ];
  blocks.push({
    kind: "sources",
    sources: page.sources.length
      ? page.sources.map((source) => ({ title: source.title, href: source.href, page: page.path }))
      : [sourceOf(page, "", library)],
  });
  if (buttons.length) blocks.push({ kind: "buttons", buttons });
  return {
    blocks,
    about: about("answered", { concepts: page.kind === "document" ? [] : [page.id], pages: [page.path], sections: [] }),
  };
}

/** Whole sections, packed into parts. */
function partsOf(page: Page, library: Library): Block[][] {
  const parts: Block[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const section of page.sections) {
    const blocks: Block[] = [
      ...(section.heading ? [{ kind: "heading" as const, text: section.heading }] : []),
      ...blocksOf(library.markdown(page, section)),
    ];
    const size = visible(blocks);
    if (used + size > PART) {
      parts.push([]);
      used = 0;
    }
    parts.at(-1)?.push(...blocks);
    used += size;
  }
  return parts.length ? parts : [[]];
}
