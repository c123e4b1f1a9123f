/** `lesson`: five minutes on one concept, a step a message; which step comes next is in its button. */
import { z } from "zod";
import { sourceOf } from "../answering/compare.ts";
import { blocksOf, excerpt } from "../answering/excerpt.ts";
import { type Capability, command } from "../core/capability.ts";
import { quote, TutorError } from "../core/errors.ts";
import { toLine } from "../core/markdown.ts";
import type { Block, Button, Reply } from "../core/reply.ts";
import { about } from "../core/reply.ts";
import type { Turn } from "../core/turn.ts";
import { conceptOf, readTopic } from "../learning/deck.ts";
import { personOf, standingOf } from "../learning/learner.ts";
import { type Lesson, type LessonStep, lessonOn } from "../learning/lesson.ts";
import { graphOf, nextSteps } from "../learning/path.ts";
import type { Library } from "../library/library.ts";
import type { Page } from "../library/page.ts";
import { answerArgs, gone, instanceOf, judge, type Learning } from "./judge.ts";
import { feedbackBlocks, questionBlocks, readButton, steps, teaching } from "./question.ts";
import { trialBlocks } from "./trial.ts";

const WORDS = /^\/?lessons?(?:\s+(?:on|about|in|for))?(?:\s+(?:the\s+)?(.{1,60}))?$/i;
const SPOKEN =
  /^(?:please\s+)?(?:(?:can you\s+)?(?:teach me|give me a (?:short |quick |five[- ]minute )?lesson|start a lesson)(?:\s+(?:on|about|in))?)\s+(?:the\s+|an?\s+)?(.{1,60})$/i;
/** Visible characters of an idea: one screen of a phone. */
const ROOM = 650;

type Teller = "lesson" | "lesson.next";

export function lesson(deps: Learning): Capability {
  const { library } = deps;
  const args = z.object({
    topic: z.string().describe("A concept, such as volumes").optional(),
    step: z.coerce.number().int().min(1).max(20).default(1),
  });
  const run = (as: Teller) => async (given: z.output<typeof args>, turn: Turn) => {
    const page = await find(given.topic, turn, deps);
    return tell(page, given.step, as, turn, deps);
  };
  return {
    name: "lesson",
    examples: ["lesson volumes", "lesson on bridge networks"],
    commands: [
      command({
        name: "lesson",
        summary: "A five-minute lesson: three ideas, something to try, two checks",
        usage: "[topic]",
        args,
        suggest: async (option, typed) => (option === "topic" ? library().index.suggest(typed) : []),
        run: run("lesson"),
      }),
      // After a check, whose feedback is the learner's own, the lesson goes on for them alone.
      command({
        name: "lesson.next",
        summary: "The next step of a lesson",
        args,
        audience: "asker",
        listed: false,
        run: run("lesson.next"),
      }),
      command({
        name: "lesson.answer",
        summary: "Answer a lesson's check",
        args: z.object({ ...answerArgs, n: z.coerce.number().int().min(1).max(20) }),
        audience: "asker",
        listed: false,
        async run(given, turn) {
          const verdict = await judge(deps, given, turn);
          if (!verdict) return gone(given.q, library());
          const { item } = verdict;
          const topic = item.page.id;
          const count = lessonOn(item.page, library())?.steps.length ?? 0;
          const on: Button = {
            label: given.n > count ? "Finish" : "Go on",
            call: { command: "lesson.next", args: { topic, step: String(given.n) } },
          };
          return teaching([...feedbackBlocks(verdict, library()), ...steps([on, readButton(item)])], item);
        },
      }),
    ],
    hear(text) {
      if (text.length > 120) return undefined;
      const said = text.trim().replace(/[.!?]+$/, "");
      const typed = WORDS.exec(said);
      const topic = (typed ?? SPOKEN.exec(said))?.[1]?.trim();
      if (!topic) return typed ? { command: "lesson", args: {} } : undefined;
      // "teach me how to write a Dockerfile" is a question; only a name makes a lesson of it.
      const known = conceptOf(topic, library()) !== undefined || readTopic(topic, library())?.kind === "area";
      return known || (typed && !/^lessons/i.test(said)) ? { command: "lesson", args: { topic } } : undefined;
    },
  };
}

/** The page that is asked for; for an area, or without a topic, the next one on the learner's path. */
async function find(said: string | undefined, turn: Turn, { library, learners, clock }: Learning): Promise<Page> {
  const graph = graphOf(library());
  const exact = said && conceptOf(said, library());
  const page = exact ? library().about(exact)[0] : undefined;
  if (page) return page;
  const topic = readTopic(said ?? "", library());
  if (topic?.kind === "concept") return graph.page(topic.concept) ?? none(said ?? "", library());
  if (!topic) return none(said ?? "", library());
  const { progress } = await standingOf(learners, personOf(turn), library(), clock());
  const next = nextSteps(graph, progress.known);
  const inArea = next.filter(({ id }) => topic.kind === "all" || graph.page(id)?.area === topic.area);
  const first =
    inArea[0]?.id ??
    graph.concepts.find(
      (id) => topic.kind === "area" && graph.page(id)?.area === topic.area && !progress.known.has(id),
    ) ??
    graph.concepts.find((id) => topic.kind === "area" && graph.page(id)?.area === topic.area);
  return (first && graph.page(first)) || none(said ?? "", library());
}

function none(said: string, library: Library): never {
  const near = library.concepts.nearest(said, 3).map((id) => library.concepts.title(id));
  throw new TutorError(
    "learner",
    said ? `I have no lesson on "${quote(said)}".` : "There is no lesson left to propose.",
    {
      hint: near.length ? `The nearest: ${near.join(", ")}.` : "Name a concept, for example: `lesson volumes`.",
    },
  );
}

function tell(page: Page, step: number, as: Teller, turn: Turn, { library }: Learning): Reply {
  const made = lessonOn(page, library());
  if (!made)
    throw new TutorError("learner", `The page "${page.title}" is too short for a lesson.`, {
      hint: `Read it instead: \`read ${page.title}\`.`,
    });
  const now = made.steps[step - 1];
  return {
    blocks: now ? stepBlocks(made, now, step, as, turn, library()) : endBlocks(made, library()),
    about: about("answered", {
      concepts: [page.id],
      pages: [page.path],
      sections: now?.kind === "idea" ? [now.section.id] : [],
    }),
  };
}

function stepBlocks(made: Lesson, now: LessonStep, step: number, as: Teller, turn: Turn, library: Library): Block[] {
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
      return [title, ...trialBlocks(now.sandbox), ...steps([on("Check yourself")])];
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
        ` ${page.title} is nothing to run, so take a system that you know and answer for it:`,
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

function endBlocks({ page, steps: all }: Lesson, library: Library): Block[] {
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
