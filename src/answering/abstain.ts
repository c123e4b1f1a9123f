/** What is said instead of an answer: that the premise is wrong, or that nobody here knows. */
import { toBlocks } from "../core/markdown.ts";
import { about, type Block, type Reply } from "../core/reply.ts";
import { callFits } from "../core/turn.ts";
import type { Library } from "../library/library.ts";
import { sourceOf } from "./compare.ts";
import type { Correction } from "./premise.ts";
import type { Question } from "./question.ts";

/** A false premise: what is not so, what is, and the page that says it. */
export function corrected({ markdown, page }: Correction, library: Library): Reply {
  const blocks: Block[] = toBlocks(markdown);
  if (page) blocks.push({ kind: "sources", sources: [sourceOf(page, "", library)] });
  return {
    blocks,
    about: about("corrected", { concepts: page ? [page.id] : [], pages: page ? [page.path] : [], confidence: 0.9 }),
  };
}

const STARTERS = ["container", "image", "docker"];

/** The three nearest topics: pages of the best hits, where there are any worth naming. */
export function abstain(question: Question, pages: readonly string[], sure: number, library: Library): Reply {
  if (library.reading) return stillReading(pages, sure, library);
  const near = sure > 0.08 ? pages.map((path) => library.page(path)).filter((page) => page !== undefined) : [];
  const starters = STARTERS.flatMap((id) => library.about(id).slice(0, 1));
  const topics = [
    ...new Map([...near, ...starters, ...library.pages.slice(0, 3)].map((page) => [page.title, page])).values(),
  ]
    .filter((page) => page.kind !== "comparison")
    .slice(0, 3);
  const lead =
    near.length || !library.cli
      ? "I don't have a page that answers this, and I would be guessing. Near it, I can help with: "
      : "I only know containers, microservices and Docker, so I would be guessing. I can help with: ";
  const line = `${lead}${topics.map((page) => page.title).join(" · ")}.`;
  return {
    blocks: [
      { kind: "text", line: [line] },
      {
        kind: "buttons",
        buttons: topics
          .map((page) => ({ label: page.title.slice(0, 60), call: { command: "read", args: { page: page.path } } }))
          .filter((button) => callFits(button.call)),
      },
    ],
    about: about("abstained", {
      concepts: question.named,
      pages: pages.length ? pages : topics.map((page) => page.path),
      confidence: sure,
    }),
  };
}

/** Soon after the start, with much documentation: what is not found may well be there. */
function stillReading(pages: readonly string[], sure: number, library: Library): Reply {
  const has = library.pages.length
    ? "I found nothing on that in the pages that I have read"
    : "I have not read them yet";
  return {
    blocks: [
      { kind: "text", line: [`I am still reading our own documents, and ${has}. Please ask me again in a minute.`] },
    ],
    about: about("abstained", { pages: [...pages], confidence: sure }),
  };
}
