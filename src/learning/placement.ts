/**
 * Where to begin: at most eight questions, each in the middle of what is still open. A right answer settles what the
 * concept builds on and what is easier in its area, a wrong one what builds on it and what is harder. Nothing is kept:
 * the same answers lead to the same question.
 */
import type { Bank, Item } from "./bank.ts";
import { pick } from "./chance.ts";
import type { Graph } from "./path.ts";

export const MOST_QUESTIONS = 8;
/** With fewer concepts open than this, one more question tells little. */
const FEW = 5;
/** An area asked before tells less than a new one. */
const AGAIN = 0.55;

export interface Placement {
  /** Concepts asked so far and whether they were known, in order. */
  readonly asked: readonly { readonly id: string; readonly right: boolean }[];
  /** What to ask next; undefined when the check is over. */
  readonly next: Item | undefined;
  readonly known: ReadonlySet<string>;
}

/** Replays the answers (`1` right, `0` wrong) of one check; `seed` decides which question of a concept is asked. */
export function placement(answers: string, seed: string, graph: Graph, bank: Bank): Placement {
  const open = new Set(graph.concepts);
  const settles = settling(graph);
  const known = new Set<string>();
  const asked: { id: string; right: boolean }[] = [];
  for (;;) {
    const id = asked.length < MOST_QUESTIONS && open.size >= FEW ? middle(open, asked, settles, graph) : undefined;
    const next = id === undefined ? undefined : pick(bank.about(id), `${seed} ${id}`);
    const answer = answers[asked.length];
    if (id === undefined || !next || answer === undefined) return { asked, next, known };
    const right = answer === "1";
    asked.push({ id, right });
    open.delete(id);
    if (right) known.add(id);
    for (const each of settles(id, right)) {
      open.delete(each);
      if (right) known.add(each);
    }
  }
}

type Settles = (id: string, right: boolean) => ReadonlySet<string>;

const LEVELS = ["beginner", "intermediate", "advanced"];

/** What an answer about a concept says about the others. */
function settling(graph: Graph): Settles {
  const levelOf = (id: string) => LEVELS.indexOf(graph.page(id)?.level ?? "beginner");
  const depth = (id: string) => graph.before(id).size;
  const known = new Map<string, ReadonlySet<string>>();
  return (id, right) => {
    const key = `${id} ${right}`;
    const found =
      known.get(key) ??
      new Set([
        ...(right ? graph.before(id) : graph.after(id)),
        ...graph.concepts.filter(
          (each) =>
            graph.page(each)?.area === graph.page(id)?.area &&
            (right
              ? levelOf(each) < levelOf(id) && depth(each) <= depth(id)
              : levelOf(each) > levelOf(id) && depth(each) >= depth(id)),
        ),
      ]);
    known.set(key, found);
    return found;
  };
}

/** The open concept whose answer settles most in the worse case. */
function middle(
  open: ReadonlySet<string>,
  asked: Placement["asked"],
  settles: Settles,
  graph: Graph,
): string | undefined {
  const areas = new Set(asked.map(({ id }) => graph.page(id)?.area));
  const among = (ids: ReadonlySet<string>) => [...ids].filter((id) => open.has(id)).length + 1;
  let best: { id: string; worth: number } | undefined;
  for (const id of open) {
    const [right, wrong] = [among(settles(id, true)), among(settles(id, false))];
    const worth =
      (Math.min(right, wrong) * 20 + Math.max(right, wrong)) * (areas.has(graph.page(id)?.area) ? AGAIN : 1);
    if (!best || worth > best.worth) best = { id, worth };
  }
  return best?.id;
}
