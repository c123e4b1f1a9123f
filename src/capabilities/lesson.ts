/** `lesson`: five minutes on one concept, a step a message; which step comes next is in its button. */
import { z } from "zod";
import { type Capability, command } from "../core/capability.ts";
import { quote, TutorError } from "../core/errors.ts";
import type { Button, Reply } from "../core/reply.ts";
import { about } from "../core/reply.ts";
import type { Turn } from "../core/turn.ts";
import { conceptOf, isArea, readTopic } from "../learning/deck.ts";
import { personOf, standingOf } from "../learning/learner.ts";
import { lessonOn } from "../learning/lesson.ts";
import { graphOf, nextSteps } from "../learning/path.ts";
import type { Library } from "../library/library.ts";
import type { Page } from "../library/page.ts";
import { answerArgs, gone, judge, type Learning } from "./judge.ts";
import { endBlocks, stepBlocks, type Teller } from "./lesson-step.ts";
import { feedbackBlocks, readButton, steps, teaching } from "./question.ts";

const WORDS = /^\/?lessons?(?:\s+(?:on|about|in|for))?(?:\s+(?:the\s+)?(.{1,60}))?$/i;
const SPOKEN =
  /^(?:please\s+)?(?:(?:can you\s+)?(?:teach me|give me a (?:short |quick |five[- ]minute )?lesson|start a lesson)(?:\s+(?:on|about|in))?)\s+(?:the\s+|an?\s+)?(.{1,60})$/i;

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
      const said = text.trim().replace(/(?<![.!?])[.!?]+$/, "");
      const typed = WORDS.exec(said);
      const topic = (typed ?? SPOKEN.exec(said))?.[1]?.trim();
      if (!topic) return typed ? { command: "lesson", args: {} } : undefined;
      // "teach me how to write a Dockerfile" is a question; only a name makes a lesson of it.
      const known = conceptOf(topic, library()) !== undefined || isArea(topic, library());
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
