/** A page as each platform would show it: every answer it can give, with its visible length. */
import { renderPages } from "../../adapters/discord/render.ts";
import { render as renderSlack } from "../../adapters/slack/render.ts";
import { renderText } from "../../adapters/terminal/render.ts";
import { ROOM } from "../../src/answering/answer.ts";
import { compare, sourceOf } from "../../src/answering/compare.ts";
import { excerpt, visible } from "../../src/answering/excerpt.ts";
import { toLine } from "../../src/core/markdown.ts";
import type { Block } from "../../src/core/reply.ts";
import type { Library } from "../../src/library/library.ts";
import type { Page } from "../../src/library/page.ts";
import { discordText, slackText } from "./readable.ts";

const WIDTH = 80;

interface Answer {
  readonly name: string;
  readonly blocks: readonly Block[];
}

/** What the tutor can say from this page: each section, each tip, or the comparison. */
function answersOf(page: Page, library: Library): Answer[] {
  if (page.comparison) {
    const [a, b] = page.comparison.concepts;
    const reply = compare(a, b, library);
    return reply ? [{ name: `compare ${a} / ${b}`, blocks: reply.blocks }] : [];
  }
  return [
    ...page.sections.map((section) => ({
      name: section.heading || "lead",
      blocks: [
        ...excerpt(section.markdown, new Map(), library.index.idf, ROOM),
        { kind: "sources" as const, sources: [sourceOf(page, section.heading, library)] },
      ],
    })),
    ...page.tips.map((tip, i) => ({
      name: `tip ${i + 1}`,
      blocks: [
        { kind: "note" as const, tone: "tip" as const, line: toLine(tip) },
        { kind: "sources" as const, sources: [sourceOf(page, "", library)] },
      ],
    })),
  ];
}

/** One platform after the other; `colour` is for a terminal that has it. */
export function preview(page: Page, library: Library, colour: boolean): string {
  const answers = answersOf(page, library);
  const drawn = page.sections.flatMap(({ markdown }) => drawings(markdown));
  const platform = (name: string, show: (blocks: readonly Block[]) => string) =>
    [
      `===== ${name}: ${page.path} =====`,
      ...answers.map(
        (answer) => `--- ${answer.name}: ${visible(answer.blocks)} visible characters ---\n${show(answer.blocks)}`,
      ),
    ].join("\n\n");
  return [
    platform("Terminal", (blocks) => renderText(blocks, { width: WIDTH, colour, firstButton: 1 })),
    platform("Slack", (blocks) =>
      renderSlack(blocks, new Map(drawn.map((id) => [id, id])))
        .map(({ blocks }) => slackText(blocks))
        .join("\n[next message]\n"),
    ),
    platform("Discord", (blocks) =>
      renderPages(blocks, { drawn: new Set(drawn) })
        .map(({ components }) => discordText(components))
        .join("\n[next message]\n"),
    ),
  ].join("\n\n\n");
}

const drawings = (markdown: string): string[] =>
  [...markdown.matchAll(/diagrams\/([a-z0-9-]+)\.(?:svg|png)/g)].map(([, id = ""]) => id);
