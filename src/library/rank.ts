/** Orders the candidates that MiniSearch found. Pure arithmetic; every signal is a share of the question's weight. */
import type { Query } from "../core/ports.ts";
import { K1 } from "./terms.ts";

/** What ranking needs to know of a section; made once, kept. */
export interface Ranked {
  readonly weights: ReadonlyMap<string, number>;
  readonly pageWeights: ReadonlyMap<string, number>;
  readonly pageId: string;
  readonly title: readonly string[];
  readonly heading: readonly string[];
  readonly names: ReadonlySet<string>;
  readonly asks: readonly ReadonlySet<string>[];
  /** Neighbouring terms of the section, as "a b". */
  readonly pairs: ReadonlySet<string>;
  readonly role: string;
}

export type Idf = (term: string) => number;

/** Weights of the signals, found on development questions: each is the most that the signal can add. */
const SIGNAL = { page: 0.35, title: 0.25, asks: 2, concept: 0.8, pairs: 0.25, engine: 0.5 } as const;

/** Weighted frequency that a page's own name counts for in each of its sections. */
const NAMED = 4;

/** What a word in place of another is worth. */
const ALIKE = 0.6;

const saturate = (tf: number): number => (tf * (K1 + 1)) / (tf + K1);

export const mass = (query: Query, idf: Idf): number => {
  let sum = 0;
  for (const [term, weight] of query.terms) sum += weight * idf(term);
  return sum;
};

export interface Signals {
  readonly score: number;
  readonly coverage: number;
  readonly pageCoverage: number;
  readonly foreseen: number;
}

/** `engine` is the candidate's MiniSearch score over the best one's. */
export function rank(query: Query, section: Ranked, idf: Idf, total: number, engine: number): Signals {
  if (total <= 0) return { score: 0, coverage: 0, pageCoverage: 0, foreseen: 0 };
  let text = 0;
  let page = 0;
  let covered = 0;
  let onPage = 0;
  for (const [term, weight] of query.terms) {
    const worth = weight * idf(term);
    // On a page about volumes every section says "volume": how often tells nothing between them.
    const own = section.names.has(term) ? NAMED : (section.weights.get(term) ?? 0);
    const stand = own ? undefined : query.alike.get(term)?.find((other) => section.weights.has(other));
    const part = stand ? ALIKE : 1;
    const tf = own || (stand ? (section.weights.get(stand) ?? 0) : 0);
    const pageTf = section.pageWeights.get(term) ?? 0;
    if (tf) text += part * worth * saturate(tf);
    if (pageTf) page += worth * saturate(pageTf);
    if (tf) covered += part * worth;
    if (pageTf || tf) onPage += worth;
  }
  for (const [term, weight] of query.extra) {
    const tf = section.weights.get(term) ?? 0;
    if (tf) text += weight * idf(term) * saturate(tf);
  }
  const foreseen = nearestAsk(query, section, idf);
  const score =
    text / total +
    (SIGNAL.page * page) / total +
    SIGNAL.title * coverageOf(section.title, query, idf) +
    SIGNAL.asks * foreseen +
    (query.concepts.includes(section.pageId) ? SIGNAL.concept : 0) +
    SIGNAL.pairs * pairShare(query, section) +
    SIGNAL.engine * engine;
  return { score, coverage: covered / total, pageCoverage: onPage / total, foreseen };
}

/** IDF share of a title's words that the question has. */
function coverageOf(title: readonly string[], query: Query, idf: Idf): number {
  let all = 0;
  let had = 0;
  for (const term of title) {
    const worth = idf(term);
    all += worth;
    if (query.terms.has(term)) had += worth;
  }
  return all ? had / all : 0;
}

/** How near the question is to the nearest phrasing that the page's author foresaw (Dice over IDF), the page's own name aside. */
function nearestAsk(query: Query, section: Ranked, idf: Idf): number {
  let best = 0;
  for (const ask of section.asks) {
    let common = 0;
    let said = 0;
    const met = new Set<string>();
    for (const [term, plain] of query.terms) {
      // "what happens when ..." tells phrasings apart, though it tells nothing about the subject.
      const weight = plain < 0.5 ? plain * 2.5 : plain;
      const found = ask.has(term) ? term : query.alike.get(term)?.find((other) => ask.has(other));
      if (found) {
        met.add(found);
        common += weight * (found === term ? 1 : ALIKE) * idf(term);
      }
      if (found || !section.names.has(term)) said += weight * idf(term);
    }
    if (common === 0) continue;
    let asked = 0;
    for (const term of ask) if (met.has(term) || !section.names.has(term)) asked += idf(term);
    best = Math.max(best, (2 * common) / (asked + said));
  }
  return Math.min(1, best);
}

function pairShare(query: Query, section: Ranked): number {
  let had = 0;
  for (let i = 1; i < query.order.length; i++) if (section.pairs.has(`${query.order[i - 1]} ${query.order[i]}`)) had++;
  return query.order.length > 1 ? had / (query.order.length - 1) : 0;
}
