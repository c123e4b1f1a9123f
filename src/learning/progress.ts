/** Cards -> what a learner knows, by concept and area. */
import type { Card } from "../core/learners.ts";
import type { Ms } from "../core/ports.ts";
import type { Library } from "../library/library.ts";
import { AREAS } from "../library/schema.ts";
import { bankOf } from "./bank.ts";
import { type Graph, graphOf } from "./path.ts";

/** `placed`: taken as known after a placement check. `shaky`: a last answer was wrong. */
export type Standing = "known" | "placed" | "shaky" | "started" | "new";

export interface AreaLine {
  readonly area: string;
  readonly known: number;
  readonly total: number;
}

export interface Progress {
  standing(concept: string): Standing;
  readonly known: ReadonlySet<string>;
  readonly total: number;
  readonly areas: readonly AreaLine[];
  readonly due: number;
  /** When the next card falls due; undefined without cards. */
  readonly nextDueAt: Ms | undefined;
  readonly missed: number;
  /** Questions answered at least once. */
  readonly answered: number;
}

/** A concept is known once two of its questions (or all it has) were last answered right and none wrong. */
const ENOUGH = 2;

export function progressOf(cards: readonly Card[], placed: readonly string[], library: Library, now: Ms): Progress {
  const bank = bankOf(library);
  const graph = graphOf(library);
  // A question that was reworded or removed counts no more.
  const kept = cards.filter((card) => bank.item(card.question));
  const byConcept = Map.groupBy(kept, (card) => bank.item(card.question)?.page.id ?? card.concept);
  const inferred = new Set(placed.flatMap((id) => [...graph.before(id), id]));
  const standing = (concept: string): Standing => {
    const own = byConcept.get(concept) ?? [];
    const right = own.filter((card) => card.right).length;
    if (right < own.length) return "shaky";
    if (right >= Math.min(ENOUGH, bank.about(concept).length) && right > 0) return "known";
    if (inferred.has(concept)) return "placed";
    return own.length ? "started" : "new";
  };
  const known = new Set(graph.concepts.filter((id) => ["known", "placed"].includes(standing(id))));
  const upcoming = kept.filter((card) => card.dueAt > now).map((card) => card.dueAt);
  return {
    standing,
    known,
    total: graph.concepts.length,
    areas: areaLines(graph, known),
    due: kept.filter((card) => card.dueAt <= now).length,
    nextDueAt: upcoming.length ? Math.min(...upcoming) : undefined,
    missed: kept.filter((card) => !card.right).length,
    answered: kept.length,
  };
}

function areaLines(graph: Graph, known: ReadonlySet<string>): AreaLine[] {
  const byArea = Map.groupBy(graph.concepts, (id) => graph.page(id)?.area ?? "");
  const order = [...AREAS.filter((area) => byArea.has(area)), ...[...byArea.keys()].filter((a) => !isArea(a))];
  return order.map((area) => {
    const ids = byArea.get(area) ?? [];
    return { area, known: ids.filter((id) => known.has(id)).length, total: ids.length };
  });
}

const isArea = (area: string): boolean => AREAS.some((each) => each === area);

/** The concepts that a placement check takes as known, as the learner's note keeps them. */
export const PLACED = "placed";
export const readPlaced = (note: string | undefined): string[] => (note ? note.split(" ").filter(Boolean) : []);

const WIDTH = 10;

/** `Storage        ███░░░░░░░  2/6`: bars for a code block, within a phone's 38 columns. */
export function bars(lines: readonly AreaLine[]): string {
  const widest = Math.max(...lines.map((line) => line.area.length));
  return lines
    .map(({ area, known, total }) => {
      // A first concept shows, and only all of them fill the bar.
      const share = total ? Math.floor((known / total) * WIDTH) : 0;
      const full = known > 0 ? Math.max(1, share) : 0;
      const name = area.charAt(0).toUpperCase() + area.slice(1);
      return `${name.padEnd(widest)}  ${"█".repeat(full)}${"░".repeat(WIDTH - full)}  ${known}/${total}`;
    })
    .join("\n");
}
