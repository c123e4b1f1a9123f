/** A learner's path as blocks: where they are, what comes next and why, the way to a goal. */
import { quote, TutorError } from "../core/errors.ts";
import { toLine } from "../core/markdown.ts";
import type { Block, Reply, Span } from "../core/reply.ts";
import { plural } from "../learning/days.ts";
import { conceptOf, isArea, readTopic } from "../learning/deck.ts";
import { graphOf, nextSteps, type Step, wayTo } from "../learning/path.ts";
import { bars, type Progress } from "../learning/progress.ts";
import type { Library } from "../library/library.ts";
import { asking, steps } from "./question.ts";

const titled = (id: string, library: Library): Span => ({ kind: "strong", text: library.concepts.title(id) });

/** The whole path of a learner. */
export function path(progress: Progress, area: string | undefined, library: Library): Reply {
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

/** Bars, the next concept and what else is open. */
export function pathBlocks(progress: Progress, area: string | undefined, library: Library, begin = false): Block[] {
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

/** The way to a concept, or through an area. */
export function way(goal: string, progress: Progress, library: Library): Reply {
  if (isArea(goal, library)) return asking(areaBlocks(goal.trim().toLowerCase(), progress, library));
  const topic = readTopic(goal, library);
  const id = conceptOf(goal, library) ?? (topic?.kind === "concept" ? topic.concept : undefined);
  if (!id || !graphOf(library).page(id)) throw unknownGoal(goal, library);
  return asking(wayBlocks(id, progress, library));
}

/** How far the area is, and what of it can be learned now or the way to its first concept. */
function areaBlocks(area: string, progress: Progress, library: Library): Block[] {
  const graph = graphOf(library);
  const inArea = (id: string) => graph.page(id)?.area === area;
  const next = nextSteps(graph, progress.known).find(({ id }) => inArea(id));
  const first = graph.concepts.find((id) => inArea(id) && !progress.known.has(id));
  const bar: Block = {
    kind: "code",
    language: "text",
    text: bars(progress.areas.filter((each) => each.area === area)),
  };
  if (next) return [bar, { kind: "text", line: reason(next, library) }, ...startButtons(next.id, library, false)];
  return first
    ? [bar, ...wayBlocks(first, progress, library)]
    : [bar, { kind: "text", line: ["You have been through all of it. Practice keeps it fresh."] }];
}

function wayBlocks(id: string, progress: Progress, library: Library): Block[] {
  const left = wayTo(graphOf(library), id, progress.known);
  const [first] = left;
  const title = library.concepts.title(id);
  if (!first)
    return [
      {
        kind: "text",
        line: ["You know ", titled(id, library), " and what it builds on. A quiz will tell whether it lasts."],
      },
      ...steps([{ label: `Quiz on ${title}`.slice(0, 60), call: { command: "quiz.next", args: { topic: id } } }]),
    ];
  const long = left.length > SHOWN;
  const shown = long ? [...left.slice(0, SHOWN - 1), id] : left;
  const note = `${plural(left.length, "step")}${long ? `, here the next ${SHOWN - 1} and the goal` : ""}, each building on those before it:`;
  return [
    { kind: "heading", text: `The way to ${title}` },
    { kind: "text", line: [left.length === 1 ? "One step: you know all it builds on." : note] },
    {
      kind: "list",
      ordered: true,
      items: shown.map((each) => ({
        depth: 0,
        line: [each === first ? titled(each, library) : library.concepts.title(each)],
      })),
    },
    ...startButtons(first, library, false),
  ];
}

function unknownGoal(goal: string, library: Library): TutorError {
  const near = library.concepts.nearest(goal, 3).map((id) => library.concepts.title(id));
  return new TutorError("learner", `I have no page on "${quote(goal)}", so I know no way to it.`, {
    hint: near.length ? `The nearest: ${near.join(", ")}.` : "Try `learn` alone for what comes next.",
  });
}
