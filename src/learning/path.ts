/** The prerequisite graph of the pages: what builds on what, and what to learn next. */
import type { Library } from "../library/library.ts";
import type { Page } from "../library/page.ts";

export interface Graph {
  /** Ids of all concepts that have a question, prerequisites first. */
  readonly concepts: readonly string[];
  page(id: string): Page | undefined;
  /** What has to be known directly before it. */
  requires(id: string): readonly string[];
  /** Everything that it builds on, directly or not. */
  before(id: string): ReadonlySet<string>;
  /** Everything that builds on it, directly or not. */
  after(id: string): ReadonlySet<string>;
}

const graphs = new WeakMap<Library, Graph>();

/** The graph of a library, built once a snapshot. */
export function graphOf(library: Library): Graph {
  const known = graphs.get(library);
  if (known) return known;
  const graph = build(library.pages.filter((page) => page.kind === "concept"));
  graphs.set(library, graph);
  return graph;
}

const LEVEL = { beginner: 0, intermediate: 1, advanced: 2 } as const;

function build(pages: readonly Page[]): Graph {
  const byId = new Map(pages.map((page) => [page.id, page]));
  const requires = (id: string) => (byId.get(id)?.requires ?? []).filter((each) => byId.has(each));
  const before = new Map<string, ReadonlySet<string>>();
  const order: string[] = [];
  const visit = (id: string): ReadonlySet<string> => {
    const done = before.get(id);
    if (done) return done;
    // Set first: a cycle, which the pages' check refuses, would not end here.
    const found = new Set<string>();
    before.set(id, found);
    for (const each of requires(id)) for (const below of [...visit(each), each]) found.add(below);
    order.push(id);
    return found;
  };
  for (const page of [...pages].sort((a, b) => LEVEL[a.level] - LEVEL[b.level] || a.id.localeCompare(b.id)))
    visit(page.id);
  const after = new Map<string, Set<string>>();
  for (const [id, below] of before)
    for (const each of below) {
      const above = after.get(each) ?? new Set();
      after.set(each, above.add(id));
    }
  const none: ReadonlySet<string> = new Set();
  return {
    concepts: order.filter((id) => byId.get(id)?.quiz.length),
    page: (id) => byId.get(id),
    requires,
    before: (id) => before.get(id) ?? none,
    after: (id) => after.get(id) ?? none,
  };
}

export interface Step {
  readonly id: string;
  /** Known concepts that it builds on. */
  readonly on: readonly string[];
  /** How many concepts build on it. */
  readonly opens: number;
}

/**
 * What to learn next, best first: nothing unknown below it; what was begun before what was not, the area at hand, then
 * the easier, then what opens most.
 */
export function nextSteps(
  graph: Graph,
  known: ReadonlySet<string>,
  { begun = new Set(), area }: { readonly begun?: ReadonlySet<string>; readonly area?: string | undefined } = {},
): readonly Step[] {
  const worth = (id: string) => {
    const page = graph.page(id);
    return (
      (begun.has(id) ? 100 : 0) +
      (page && page.area === area ? 6 : 0) -
      LEVEL[page?.level ?? "beginner"] * 20 +
      Math.min(10, graph.after(id).size / 4)
    );
  };
  return graph.concepts
    .filter(
      (id) => !known.has(id) && graph.requires(id).every((each) => known.has(each) || !graph.concepts.includes(each)),
    )
    .sort((a, b) => worth(b) - worth(a) || graph.concepts.indexOf(a) - graph.concepts.indexOf(b))
    .map((id) => ({ id, on: graph.requires(id).filter((each) => known.has(each)), opens: graph.after(id).size }));
}

/** The way to one concept: what is still unknown, in an order in which each builds on those before it. */
export function wayTo(graph: Graph, goal: string, known: ReadonlySet<string>): readonly string[] {
  const needed = graph.before(goal);
  return [...graph.concepts.filter((id) => needed.has(id)), goal].filter((id) => !known.has(id));
}
