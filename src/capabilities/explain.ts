/** `explain`: what somebody else's message talks about, one short definition for each concept that it names. */
import { z } from "zod";
import { sourceOf } from "../answering/compare.ts";
import { blocksOf } from "../answering/excerpt.ts";
import { understand } from "../answering/question.ts";
import { type Command, command } from "../core/capability.ts";
import { about, type Block, type Button, type Reply } from "../core/reply.ts";
import type { Turn } from "../core/turn.ts";
import type { Library } from "../library/library.ts";
import type { Page, Section } from "../library/page.ts";
import type { HiddenSections } from "./hidden.ts";

export interface ExplainParts {
  readonly library: () => Library;
  readonly hidden: HiddenSections;
}

/** More would be a page to read, not a message to understand. */
const MOST = 3;

/** Reached from a message's menu; what names one concept or none is answered like a question, by `otherwise`. */
export const explain = (
  { library, hidden }: ExplainParts,
  otherwise: (message: string, turn: Turn) => Promise<Reply>,
): Command =>
  command({
    name: "explain",
    summary: "Explain what a message talks about",
    args: z.object({ text: z.string().describe("The message's words") }),
    listed: false,
    async run({ text }, turn) {
      const wrong = await hidden.of(turn.place);
      const leads = leadsOf(text, library()).filter(({ section }) => !wrong.has(section.id));
      return leads.length > 1 ? definitions(leads, library()) : otherwise(text, turn);
    },
  });

interface Lead {
  readonly page: Page;
  readonly section: Section;
}

/** The opening of each named concept's own page, in the order of the message. */
const leadsOf = (message: string, library: Library): readonly Lead[] =>
  understand(message, library)
    .named.flatMap((id) => {
      const page = library.about(id).find(({ kind }) => kind === "concept");
      const section = page?.sections.find(({ role }) => role === "lead");
      return page && section ? [{ page, section }] : [];
    })
    .slice(0, MOST);

function definitions(leads: readonly Lead[], library: Library): Reply {
  const blocks = leads.flatMap(({ page, section }): Block[] => [
    { kind: "heading", text: page.title },
    ...blocksOf(section.markdown).slice(0, 1),
  ]);
  const buttons = leads.map(
    ({ page: { title } }): Button => ({
      label: `More on ${title}`,
      call: { command: "ask", args: { question: `what is ${title}` } },
    }),
  );
  const pages = leads.map(({ page }) => page);
  return {
    blocks: [
      ...blocks,
      { kind: "sources", sources: pages.map((page) => sourceOf(page, "", library)) },
      { kind: "buttons", buttons },
    ],
    about: about("answered", {
      concepts: pages.map(({ id }) => id),
      pages: pages.map(({ path }) => path),
      sections: leads.map(({ section }) => section.id),
      confidence: 1,
    }),
  };
}
