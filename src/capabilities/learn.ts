/** `learn`: what to learn next, the way to a goal, and a check of at most eight questions that finds where to begin. */
import { z } from "zod";
import { type Capability, command } from "../core/capability.ts";
import { quote, TutorError } from "../core/errors.ts";
import { toLine } from "../core/markdown.ts";
import { about, type Block, type Reply, type Span } from "../core/reply.ts";
import type { Turn } from "../core/turn.ts";
import { bankOf } from "../learning/bank.ts";
import { plural } from "../learning/days.ts";
import { conceptOf, readTopic } from "../learning/deck.ts";
import { personOf, standingOf } from "../learning/learner.ts";
import { graphOf, nextSteps, type Step, wayTo } from "../learning/path.ts";
import { MOST_QUESTIONS, placement } from "../learning/placement.ts";
import { bars, PLACED, type Progress } from "../learning/progress.ts";
import type { Library } from "../library/library.ts";
import { instanceOf, judge, type Learning } from "./judge.ts";
import { asking, feedbackBlocks, questionBlocks, steps } from "./question.ts";

const WORDS = /^\/?learn(?:\s+(?:about\s+)?(.{1,60}))?$/i;
const SPOKEN =
  /^(?:what (?:should|do|can) i learn (?:next|now|first)|what(?:'s| is) next|where (?:should|do) i (?:start|begin)|(?:show )?my (?:learning )?path)$/i;
const CHECK = /^(?:check(?: me| my level)?|placement(?: check| test)?|test)$/i;
/** Stands for "not sure" among the options. */
const UNSURE = "-";

export function learn(deps: Learning): Capability {
  const { library } = deps;
  return {
    name: "learn",
    examples: ["learn", "learn check", "learn kubernetes"],
    commands: [
      command({
        name: "learn",
        summary: "What to learn next, the way to a goal, or a check of where you stand",
        usage: "[check | goal]",
        args: z.object({ goal: z.string().describe("A concept to reach, or check").optional() }),
        audience: "asker",
        suggest: async (option, typed) =>
          option === "goal" ? ["check", ...(await library().index.suggest(typed))] : [],
        async run({ goal }, turn) {
          if (goal && CHECK.test(goal)) return check("", instanceOf(turn), [], turn, deps);
          const { progress, cards } = await standingOf(deps.learners, personOf(turn), library(), deps.clock());
          const last = cards.toSorted((a, b) => b.dueAt - a.dueAt)[0];
          return goal ? way(goal, progress, library()) : path(progress, last?.area, library());
        },
      }),
      command({
        name: "learn.answer",
        summary: "Answer a question of the check",
        args: z.object({
          a: z
            .string()
            .regex(/^[01]{0,8}$/)
            .default(""),
          p: z.string(),
          s: z.string(),
        }),
        audience: "asker",
        listed: false,
        run: (args, turn) => answered(args, turn, deps),
      }),
    ],
    hear(text) {
      if (text.length > 120) return undefined;
      const said = text.trim().replace(/[.!?]+$/, "");
      if (SPOKEN.test(said)) return { command: "learn", args: {} };
      const typed = WORDS.exec(said);
      const goal = typed?.[1]?.trim();
      if (!typed) return undefined;
      if (!goal) return { command: "learn", args: {} };
      const ours =
        CHECK.test(goal) || conceptOf(goal, library()) !== undefined || readTopic(goal, library())?.kind === "area";
      return ours ? { command: "learn", args: { goal } } : undefined;
    },
  };
}

async function answered(
  { a, p, s }: { readonly a: string; readonly p: string; readonly s: string },
  turn: Turn,
  deps: Learning,
): Promise<Reply> {
  const { library } = deps;
  const { next: item } = placement(a, s, graphOf(library()), bankOf(library()));
  const right = item?.choices.find((choice) => choice.right);
  const verdict = item && p !== UNSURE ? await judge(deps, { q: item.id, p, s }, turn) : undefined;
  if (!item || !right || (p !== UNSURE && !verdict))
    return asking([
      { kind: "text", line: ["My pages have changed since this check began, so it starts anew."] },
      ...steps([{ label: "Start the check", call: { command: "learn", args: { goal: "check" } } }]),
    ]);
  const said: Block[] = verdict
    ? feedbackBlocks(verdict, library()).filter((block) => block.kind !== "sources")
    : [
        {
          kind: "text",
          line: [{ kind: "strong", text: "Good to know. " }, ...toLine(right.text), ": ", ...toLine(right.why)],
        },
      ];
  return check(`${a}${verdict?.choice.right ? "1" : "0"}`, s, said, turn, deps);
}

/** The next question of the check, or what it has shown. */
async function check(a: string, s: string, said: readonly Block[], turn: Turn, deps: Learning): Promise<Reply> {
  const { library, learners, clock } = deps;
  const graph = graphOf(library());
  const { next, asked } = placement(a, s, graph, bankOf(library()));
  if (next) {
    const call = (p: string) => ({ command: "learn.answer", args: { ...(a ? { a } : {}), p, s } });
    const intro: Block[] = a
      ? []
      : [
          {
            kind: "text",
            line: [
              `At most ${MOST_QUESTIONS} questions, each chosen by your answers. Guessing only makes the start harder: press Not sure freely.`,
            ],
          },
        ];
    return asking([
      ...said,
      { kind: "heading", text: `Check: question ${asked.length + 1} of at most ${MOST_QUESTIONS}` },
      ...intro,
      ...questionBlocks(next, s, ({ key }) => call(key), [{ label: "Not sure", call: call(UNSURE) }]),
    ]);
  }
  const shown = asked.filter((each) => each.right).map((each) => each.id);
  const person = personOf(turn);
  await learners.note(person, PLACED, shown.length ? shown.join(" ") : undefined);
  const { progress } = await standingOf(learners, person, library(), clock());
  const names = shown.map((id) => library().concepts.title(id)).join(", ");
  const result = shown.length
    ? `You know ${names}, so I take what they build on as known too: ${progress.known.size} of ${progress.total} concepts. A wrong quiz answer takes one back.`
    : "You are at the beginning, which is the best place to see everything in order.";
  return {
    blocks: [
      ...said,
      { kind: "heading", text: "Check done" },
      { kind: "text", line: [result] },
      ...pathBlocks(progress, undefined, library()),
    ],
    about: about("chat"),
  };
}

const titled = (id: string, library: Library): Span => ({ kind: "strong", text: library.concepts.title(id) });

function path(progress: Progress, area: string | undefined, library: Library): Reply {
  const begin = !progress.answered && !progress.known.size;
  const line = begin
    ? "Nothing is known about you yet: take the check to skip what you know, or begin at the beginning."
    : `You know ${progress.known.size} of ${progress.total} concepts.`;
  return asking([
    { kind: "heading", text: "Your path" },
    { kind: "text", line: [line] },
    ...pathBlocks(progress, area, library, begin),
  ]);
}

function pathBlocks(progress: Progress, area: string | undefined, library: Library, begin = false): Block[] {
  const graph = graphOf(library);
  const begun = new Set(graph.concepts.filter((id) => ["started", "shaky"].includes(progress.standing(id))));
  const [next, ...more] = nextSteps(graph, progress.known, { begun, area });
  const lines = progress.areas.filter((each) => each.known > 0);
  const blocks: Block[] = lines.length ? [{ kind: "code", language: "text", text: bars(lines) }] : [];
  if (!next) return [...blocks, { kind: "text", line: ["You have been through all of it. Practice keeps it fresh."] }];
  blocks.push({ kind: "text", line: reason(next, library) });
  if (more.length)
    blocks.push({
      kind: "text",
      line: [
        "Also open to you: ",
        more
          .slice(0, 3)
          .map(({ id }) => library.concepts.title(id))
          .join(", "),
        ".",
      ],
    });
  return [...blocks, ...startButtons(next.id, library, begin)];
}

/** The next concept, what it is for and why now. */
function reason({ id, on, opens }: Step, library: Library): Span[] {
  const purpose = graphOf(library).page(id)?.aspects.purpose;
  const builds = on.length
    ? `It builds on ${on.map((each) => library.concepts.title(each)).join(" and ")}, which you know`
    : "It needs nothing before it";
  const leads = opens ? `, and ${opens === 1 ? "1 concept builds" : `${opens} concepts build`} on it` : "";
  return ["Next: ", titled(id, library), ...(purpose ? [": ", ...toLine(purpose)] : []), `. ${builds}${leads}.`];
}

const startButtons = (id: string, library: Library, begin: boolean): Block[] =>
  steps([
    ...(begin ? [{ label: "Check what I know", call: { command: "learn", args: { goal: "check" } } }] : []),
    { label: `Lesson: ${library.concepts.title(id)}`.slice(0, 60), call: { command: "lesson", args: { topic: id } } },
    { label: "Quiz me on it", call: { command: "quiz.next", args: { topic: id } } },
    ...(begin ? [] : [{ label: "Progress", call: { command: "progress", args: {} } }]),
  ]);

/** Steps shown of a long way. */
const SHOWN = 8;

function way(goal: string, progress: Progress, library: Library): Reply {
  const graph = graphOf(library);
  const topic = readTopic(goal, library);
  if (topic?.kind === "area") {
    const [next] = nextSteps(graph, progress.known, { area: topic.area }).filter(
      ({ id }) => graph.page(id)?.area === topic.area,
    );
    const line = progress.areas.find((each) => each.area === topic.area);
    const fallback = graph.concepts.find((id) => graph.page(id)?.area === topic.area && !progress.known.has(id));
    if (!next && fallback) return way(fallback, progress, library);
    return asking([
      { kind: "heading", text: `Your path: ${topic.area}` },
      ...(line ? [{ kind: "code" as const, language: "text", text: bars([line]) }] : []),
      ...(next
        ? [{ kind: "text" as const, line: reason(next, library) }, ...startButtons(next.id, library, false)]
        : [{ kind: "text" as const, line: ["You know all of it."] }]),
    ]);
  }
  const id = conceptOf(goal, library) ?? (topic?.kind === "concept" ? topic.concept : undefined);
  if (!id || !graph.page(id)) throw unknownGoal(goal, library);
  const left = wayTo(graph, id, progress.known);
  const [first] = left;
  const title = library.concepts.title(id);
  if (!first)
    return asking([
      {
        kind: "text",
        line: ["You know ", titled(id, library), " and what it builds on. A quiz will tell whether it lasts."],
      },
      ...steps([{ label: `Quiz on ${title}`.slice(0, 60), call: { command: "quiz.next", args: { topic: id } } }]),
    ]);
  const shown = left.length > SHOWN ? [...left.slice(0, SHOWN - 1), id] : left;
  return asking([
    { kind: "heading", text: `The way to ${title}`.slice(0, 100) },
    {
      kind: "text",
      line: [
        `${plural(left.length, "step")}${left.length > SHOWN ? `, the next ${SHOWN - 1} and the goal` : ""}, each building on those before it:`,
      ],
    },
    {
      kind: "list",
      ordered: true,
      items: shown.map((each) => ({
        depth: 0,
        line: [each === first ? titled(each, library) : library.concepts.title(each)],
      })),
    },
    ...startButtons(first, library, false),
  ]);
}

function unknownGoal(goal: string, library: Library): TutorError {
  const near = library.concepts.nearest(goal, 3).map((id) => library.concepts.title(id));
  return new TutorError("learner", `I have no page on "${quote(goal)}", so I know no way to it.`, {
    hint: near.length ? `The nearest: ${near.join(", ")}.` : "Try `learn` alone for what comes next.",
  });
}
