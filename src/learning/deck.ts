/** Which question comes next, from what is asked for and what the learner has answered. */
import type { Card } from "../core/learners.ts";
import type { Ms } from "../core/ports.ts";
import type { Library } from "../library/library.ts";
import { type Bank, bankOf, type Item } from "./bank.ts";
import { hash } from "./chance.ts";
import { graphOf, nextSteps } from "./path.ts";
import type { Progress } from "./progress.ts";

/** What a quiz is about: everything, one area, or one concept and then its neighbours. */
export type Topic =
  | { readonly kind: "all" }
  | { readonly kind: "area"; readonly area: string }
  | { readonly kind: "concept"; readonly concept: string };

/** The concept that these words name. "volumes" is the concept, not the instruction VOLUME, unless in capitals. */
export function conceptOf(said: string, library: Library): string | undefined {
  const wanted = said.trim();
  const id = wanted.toLowerCase();
  if (library.about(id)[0]?.kind === "concept") return id;
  const units = library.concepts.units(wanted);
  const [mention, more] = library.concepts.find(units);
  if (mention && !more && mention.end - mention.start === units.length) return mention.id;
  return library.concepts.exact(wanted);
}

export const isArea = (said: string, library: Library): boolean =>
  bankOf(library).areas.includes(said.trim().toLowerCase());

/** The topic that the words name; undefined where they name none with questions. */
export function readTopic(said: string, library: Library): Topic | undefined {
  const bank = bankOf(library);
  const wanted = said.trim().toLowerCase();
  if (!wanted || /^(?:any|anything|everything|all|random|me)$/.test(wanted)) return { kind: "all" };
  if (bank.areas.includes(wanted)) return { kind: "area", area: wanted };
  const exact = conceptOf(said, library);
  if (exact && bank.about(exact).length) return { kind: "concept", concept: exact };
  // "docker networking basics": the one concept or area that is named in the words.
  const named = library.concepts
    .find(library.concepts.units(said))
    .map(({ id }) => id)
    .filter((id) => bank.about(id).length > 0);
  const area = bank.areas.find((each) => wanted.split(/[^a-z]+/).includes(each));
  if (area) return { kind: "area", area };
  const concept = named.find((id) => id !== "docker") ?? named[0];
  return concept ? { kind: "concept", concept } : undefined;
}

/** A topic as a button carries it. */
export const topicArg = (topic: Topic): Readonly<Record<string, string>> =>
  topic.kind === "all" ? {} : { topic: topic.kind === "area" ? topic.area : topic.concept };

interface Ask {
  readonly topic: Topic;
  readonly cards: readonly Card[];
  readonly progress: Progress;
  readonly now: Ms;
  readonly seed: string;
  /** The question just answered: not at once again. */
  readonly last?: string | undefined;
}

/** Chance chooses among so many that are equally next. */
const AMONG = 6;

/** Due first, then new ones that build on what is known, then the one that was answered longest ago. */
export function nextQuestion(library: Library, { topic, cards, progress, now, seed, last }: Ask): Item | undefined {
  const bank = bankOf(library);
  const byId = new Map(cards.map((card) => [card.question, card]));
  for (const scope of scopes(topic, bank, library)) {
    const pool = scope.filter((item) => item.id !== last);
    const due = pool.filter((item) => (byId.get(item.id)?.dueAt ?? Number.POSITIVE_INFINITY) <= now);
    const [first] = due.sort((a, b) => (byId.get(a.id)?.dueAt ?? 0) - (byId.get(b.id)?.dueAt ?? 0));
    if (first) return first;
    const fresh = pool.filter((item) => !byId.has(item.id));
    if (fresh.length) return chosen(fresh, topic, progress, library, seed);
  }
  const [whole = []] = scopes(topic, bank, library);
  const seen = whole.filter((item) => item.id !== last || whole.length === 1);
  return seen.sort((a, b) => (byId.get(a.id)?.dueAt ?? 0) - (byId.get(b.id)?.dueAt ?? 0))[0];
}

/** Pools in the order in which they are asked. */
function scopes(topic: Topic, bank: Bank, library: Library): readonly (readonly Item[])[] {
  if (topic.kind === "all") return [bank.items];
  if (topic.kind === "area") return [bank.area(topic.area)];
  const page = library.about(topic.concept)[0];
  const near = [...(page?.related ?? []), ...(page?.requires ?? [])].flatMap((id) => bank.about(id));
  return [bank.about(topic.concept), near, bank.area(page?.area ?? "")];
}

function chosen(
  fresh: readonly Item[],
  topic: Topic,
  progress: Progress,
  library: Library,
  seed: string,
): Item | undefined {
  const rank = (item: Item) => hash(`${seed} ${item.id}`);
  const byChance = [...fresh].sort((a, b) => rank(a) - rank(b));
  if (topic.kind === "concept") return byChance[0];
  const order = new Map(nextSteps(graphOf(library), progress.known).map((step, at) => [step.id, at]));
  const place = (item: Item) => order.get(item.page.id) ?? (progress.known.has(item.page.id) ? 1000 : 500);
  const near = byChance.sort((a, b) => place(a) - place(b)).slice(0, AMONG);
  return near[hash(seed) % near.length];
}

/** What is due, most overdue first, or what was last answered wrong: only questions that still exist. */
export function practiceItems(
  library: Library,
  { cards, now, missed, last }: { cards: readonly Card[]; now: Ms; missed: boolean; last?: string | undefined },
): readonly Item[] {
  const bank = bankOf(library);
  return cards
    .filter((card) => (missed ? !card.right : card.dueAt <= now))
    .sort((a, b) => Number(a.question === last) - Number(b.question === last) || a.dueAt - b.dueAt)
    .flatMap((card) => bank.item(card.question) ?? []);
}
