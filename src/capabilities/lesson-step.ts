/** The steps of a lesson as blocks: hook, ideas, something to try, checks, the end. */
import { sourceOf } from "../answering/compare.ts";
import { blocksOf, excerpt } from "../answering/excerpt.ts";
import { toLine } from "../core/markdown.ts";
import type { Block, Button } from "../core/reply.ts";
import type { Turn } from "../core/turn.ts";
import type { Lesson, LessonStep } from "../learning/lesson.ts";
import { graphOf } from "../learning/path.ts";
import type { Library } from "../library/library.ts";
import type { Page } from "../library/page.ts";
import { instanceOf } from "./judge.ts";
import { questionBlocks, steps } from "./question.ts";
import { trialBlocks } from "./trial.ts";

/** Visible characters of an idea: one screen of a phone. */
const ROOM = 650;

/** The command that tells a lesson on: to everyone in its thread, or to one learner after a check. */
export type Teller = "lesson" | "lesson.next";

/** One step, with the button to the next. */
export function stepBlocks(
  made: Lesson,
  now: LessonStep,
  step: number,
  as: Teller,
  turn: Turn,
  library: Library,
): Block[] {
  const { page } = made;
  const topic = page.id;
  const title: Block = { kind: "heading", text: `Lesson: ${page.title} (${step} of ${made.steps.length})` };
  const on = (label: string): Button => ({ label, call: { command: as, args: { topic, step: String(step + 1) } } });
  switch (now.kind) {
    case "hook":
      return [
        title,
        {
          kind: "text",
          line: [
            "Keep this question in mind; guess now, and the end of the lesson will ask: ",
            ...toLine(now.keep.question.question),
          ],
        },
        ...blocksOf(now.lead.markdown).slice(0, 1),
        ...steps([on("First idea")]),
      ];
    case "idea":
      return [
        title,
        { kind: "text", line: [{ kind: "strong", text: `Idea ${now.number}: ${now.section.heading}` }] },
        ...excerpt(now.section.markdown, new Map(), library.index.idf, ROOM),
        { kind: "sources", sources: [sourceOf(page, now.section.heading, library)] },
        ...steps([on(now.number < 3 ? "Next idea" : "Try it")]),
      ];
    case "try":
      return [
        title,
        ...trialBlocks(now.sandbox),
        { kind: "sources", sources: [sourceOf(now.from, now.heading, library)] },
        ...steps([on("Check yourself")]),
      ];
    case "think":
      return [title, ...thinkBlocks(page), ...steps([on("Check yourself")])];
    case "check": {
      const s = instanceOf(turn);
      const n = String(step + 1);
      return [
        title,
        ...questionBlocks(
          now.item,
          s,
          ({ key: p }) => ({ command: "lesson.answer", args: { q: now.item.id, p, s, n } }),
          [on(step < made.steps.length ? "Skip" : "Finish")],
        ),
      ];
    }
    default:
      return now satisfies never;
  }
}

/** Nothing to run: an exercise on the learner's own system, from what the page says it is for and where it ends. */
function thinkBlocks(page: Page): Block[] {
  const { "best-for": best, limits } = page.aspects;
  return [
    {
      kind: "text",
      line: [
        { kind: "strong", text: "Try it on paper." },
        ` Take a system that you know and answer for it, about ${page.title}:`,
      ],
    },
    {
      kind: "list",
      ordered: true,
      items: [
        {
          depth: 0,
          line: [
            "Where do you meet it, or where would you?",
            ...(best ? [" It is at its best for ", ...toLine(best), "."] : []),
          ],
        },
        {
          depth: 0,
          line: ["What would it cost you there?", ...(limits ? [" Its limits: ", ...toLine(limits), "."] : [])],
        },
        { depth: 0, line: ["Say in one sentence what you would do tomorrow."] },
      ],
    },
  ];
}

/** What the lesson was about, and where to go from it. */
export function endBlocks({ page, steps: all }: Lesson, library: Library): Block[] {
  const ideas = all.flatMap((step) => (step.kind === "idea" ? [step.section.heading] : []));
  const graph = graphOf(library);
  const next = graph.concepts.find((id) => graph.requires(id).includes(page.id));
  return [
    { kind: "heading", text: `Lesson: ${page.title} (done)` },
    {
      kind: "text",
      line: [
        "The three ideas were: ",
        ideas.join(" · "),
        ". I will bring the checks back in your practice when they are about to fade.",
      ],
    },
    ...steps([
      { label: `Quiz on ${page.title}`.slice(0, 60), call: { command: "quiz.next", args: { topic: page.id } } },
      next
        ? {
            label: `Lesson: ${library.concepts.title(next)}`.slice(0, 60),
            call: { command: "lesson", args: { topic: next } },
          }
        : undefined,
      { label: "My path", call: { command: "learn", args: {} } },
    ]),
  ];
}
