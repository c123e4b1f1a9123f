/** A question -> a cited answer, a corrected premise, or an honest abstention with the nearest topics. */
import type { Thread } from "../core/ports.ts";
import { about, type Block, type Button, type Reply } from "../core/reply.ts";
import { callFits } from "../core/turn.ts";
import type { Library } from "../library/library.ts";
import { abstain, corrected } from "./abstain.ts";
import { bareDefinition, type Choice, choose, confidence, type Hidden, headed, NOTHING_HIDDEN } from "./choose.ts";
import { compare, compareOn, sourceOf } from "./compare.ts";
import { excerpt, visible } from "./excerpt.ts";
import { falsePremise } from "./premise.ts";
import { type Question, understand } from "./question.ts";
import { smalltalk } from "./smalltalk.ts";

/** Below this the tutor says that it does not know: set on labelled on- and off-topic questions. */
const SURE = 0.7;
/** Visible characters of an answer's body: what fits a phone's screen twice. */
export const ROOM = 750;
/** Most of an opening definition. */
const LEAD = 420;
/** A second section is shown only beside a short first one, and only when it is nearly as good. */
const SHORT = 430;
const NEARLY = 0.72;
const PAGES = 10;

export async function answer(
  text: string,
  library: Library,
  thread?: Thread,
  hidden: Hidden = NOTHING_HIDDEN,
): Promise<Reply> {
  const friendly = smalltalk(text);
  if (friendly) return { blocks: [{ kind: "text", line: [friendly] }], about: about("chat") };
  const question = understand(text, library, thread);
  const premise = falsePremise(question.text, library);
  if (premise) return corrected(premise, library);
  const compared = whichOne(question, library, hidden) ?? comparisonOf(question, library, hidden);
  if (compared) return compared;

  const hits = await library.index.search(question.query);
  const choices = choose(question, hits, library, thread, hidden);
  const [best] = choices;
  const sure = confidence(question, best, library);
  const pages = [...new Set(choices.map((choice) => choice.page.path))].slice(0, PAGES);
  if (!best || sure < SURE) return abstain(question, pages, sure, library);
  const { blocks, used } = body(question, best, choices, library, hidden);
  const sources = used.map((choice) => sourceOf(choice.page, choice.section.heading, library));
  return {
    blocks: [...blocks, { kind: "sources", sources }, { kind: "buttons", buttons: nextSteps(best, library) }],
    about: about("answered", {
      concepts: conceptsOf(question, best),
      pages,
      sections: used.map((choice) => choice.section.id),
      confidence: sure,
    }),
  };
}

/** "Which one is faster?" right after two concepts were compared or spoken of. */
const WHICH =
  /\bwhich (?:one|of (?:them|the two|both|these)|is|are|starts?|uses?|needs?|has|do you|should|would|scales?|runs?)\b|\bwhich\b.*\b(?:er|more|less|better|best)\b|^\W*which\b/i;

function whichOne(question: Question, library: Library, hidden: Hidden): Reply | undefined {
  const [a, b] = question.concepts;
  if (!a || !b || !question.followUp || question.named.length || !WHICH.test(question.text)) return undefined;
  return compareOn(new Set(question.query.order), a, b, library, hidden);
}

/** Two concepts and a question about their difference: that is what `compare` is for. */
function comparisonOf(question: Question, library: Library, hidden: Hidden): Reply | undefined {
  if (question.kind !== "comparison") return undefined;
  const [named, ...others] = question.named;
  // "how is that different from a layer?": what was spoken of last, and what is named now.
  const last = question.concepts.find((id) => id !== named);
  const ids =
    named && !others.length && last ? [last, named] : question.named.length >= 2 ? question.named : question.concepts;
  // "Docker" and "Dockerfile" mostly say where the other words belong: they count only where they are compared themselves.
  const around =
    ids.length > 2 ||
    /\bin (?:a |the |my )?dockerfile\b/i.test(question.text) ||
    !/\bdocker(?:'s)? (?:and|or|vs\.?|versus|with|to|over|from|than|&)(?!\w)|\b(?:and|or|vs\.?|versus|with|to|over|from|than|&|is) (?:a |the )?docker(?:file)?\W*(?:$|different|better|compared)|dockerfile/i.test(
      question.text,
    );
  const two = around ? ids.filter((id) => id !== "docker" && id !== "dockerfile") : ids;
  const [a, b, more] = two;
  return a && b && !more ? compare(a, b, library, hidden) : undefined;
}

/** What the next turn of the thread may call "it": what was named, else what the answer was about. */
function conceptsOf(question: Question, best: Choice): string[] {
  // After an error message "is that safe?" means the thing behind it.
  const behind = best.page.kind === "error" ? best.page.related.slice(0, 2) : [];
  const own = best.page.kind === "document" ? [] : [best.page.id, ...behind];
  return [...new Set([...(question.named.length ? question.named : own), ...own])].slice(0, 4);
}

function body(
  question: Question,
  best: Choice,
  choices: readonly Choice[],
  library: Library,
  hidden: Hidden,
): { blocks: Block[]; used: Choice[] } {
  const idf = library.index.idf;
  // An error's page is read from its start: what it means, the cure, then how to confirm it.
  const error = (choice: Choice) => choice.page.kind === "error" && choice.section.role === "lead";
  const show = (choice: Choice, room: number) =>
    excerpt(library.markdown(choice.page, choice.section), error(choice) ? new Map() : question.query.terms, idf, room);
  const first = opening(question, best, library).filter(({ section }) => !hidden.has(section.id));
  const used = [...first];
  const blocks = first.flatMap((choice) => show(choice, error(choice) ? ROOM : LEAD));
  if (!used.some((choice) => choice.section.id === best.section.id)) {
    blocks.push(...show(best, ROOM - visible(blocks)));
    used.push(best);
  }
  const size = visible(blocks);
  const beside = size < SHORT ? second(question, best, choices, hidden) : undefined;
  if (beside) {
    const more = show(beside, ROOM - size);
    if (visible(more) + size <= ROOM + 80) {
      blocks.push(...more);
      used.push(beside);
    }
  }
  return { blocks: withLeadIn(blocks, best), used };
}

/**
 * What a thing is comes first where only its name and a purpose or a merit are asked for ("why do we need Dockerfiles"),
 * and for each of two things ("what is a dangling image and what is an unused image").
 */
function opening(question: Question, best: Choice, library: Library): Choice[] {
  if (headed(best.section, question)) return [];
  if (!bareDefinition(question) || (question.kind !== "definition" && question.kind !== "why")) return [];
  const ids = question.named.length > 1 ? question.named.filter((id) => id !== "docker") : question.named;
  if (question.kind === "why" && (ids.length !== 1 || !ids.includes(best.page.id))) return [];
  if (ids.length > 1 && !/\band\b|&|,/.test(question.text)) return [];
  return ids.slice(0, 2).flatMap((id) => {
    const page = library.about(id)[0];
    const section = page?.sections[0];
    return page && section?.role === "lead" && page.kind !== "error"
      ? [{ page, section, score: best.score, hit: undefined }]
      : [];
  });
}

/** The lead is completed by its page's best section; a short section by a near equal of the same page. */
function second(question: Question, best: Choice, choices: readonly Choice[], hidden: Hidden): Choice | undefined {
  const others = choices.filter((choice) => choice.section.id !== best.section.id && choice.section.role === "body");
  const same = others.find((choice) => choice.page.path === best.page.path);
  if (best.section.role === "lead" && best.page.kind !== "error") {
    const first = best.page.sections.find((section) => section.role === "body" && !hidden.has(section.id));
    const fallback = first && { page: best.page, section: first, score: best.score * NEARLY, hit: undefined };
    return bareDefinition(question) ? (fallback ?? same) : (same ?? fallback);
  }
  return others.find((choice) => choice.score >= best.score * NEARLY);
}

/** A section that starts with code or a list gets the name of what it shows. */
function withLeadIn(blocks: Block[], best: Choice): Block[] {
  const first = blocks[0]?.kind;
  if (first === "text" || first === "note") return blocks;
  return [
    {
      kind: "text",
      line: [
        {
          kind: "strong",
          text: best.section.heading ? `${best.page.title}: ${best.section.heading}` : best.page.title,
        },
      ],
    },
    ...blocks,
  ];
}

function nextSteps(best: Choice, library: Library): Button[] {
  const buttons: Button[] = [];
  const pair = library.pages.find((page) => page.comparison?.concepts.includes(best.page.id));
  const other = pair?.comparison?.concepts.find((id) => id !== best.page.id);
  if (other)
    buttons.push({
      label: `Compare with ${library.concepts.title(other)}`.slice(0, 60),
      call: { command: "compare", args: { a: best.page.id, b: other } },
    });
  const related = best.page.related[0];
  if (related)
    buttons.push({
      label: `What is ${library.concepts.title(related)}?`.slice(0, 60),
      call: { command: "ask", args: { question: `what is ${library.concepts.title(related)}` } },
    });
  buttons.push({ label: "Read the page", call: { command: "read", args: { page: best.page.path } } });
  return buttons.filter((button) => callFits(button.call)).slice(0, 3);
}
