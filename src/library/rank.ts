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
const SIGNAL = { page: 0.35, title: 0.25, asks: 1.1, concept: 0.45, pairs: 0.25, engine: 0.2 } as const;

const saturate = (tf: number): number => (tf * (K1 + 1)) / (tf + K1);

export const mass = (query: Query, idf: Idf): number => {
  let sum = 0;
  for (const [term, weight] of query.terms) sum += weight * idf(term);
  return sum;
};

export interface Signals {
  readonly score: number;
  readonly coverage: number;
}

/** `engine` is the candidate's MiniSearch score over the best one's. */
export function rank(query: Query, section: Ranked, idf: Idf, total: number, engine: number): Signals {
  if (total <= 0) return { score: 0, coverage: 0 };
  let text = 0;
  let page = 0;
  let covered = 0;
  for (const [term, weight] of query.terms) {
    const worth = weight * idf(term);
    const tf = section.weights.get(term) ?? 0;
    const pageTf = section.pageWeights.get(term) ?? 0;
    if (tf) text += worth * saturate(tf);
    if (pageTf) page += worth * saturate(pageTf);
    if (tf || section.names.has(term)) covered += worth;
  }
  const score =
    text / total +
    (SIGNAL.page * page) / total +
    SIGNAL.title * coverageOf(section.title, query, idf) +
    SIGNAL.asks * nearestAsk(query, section, idf) +
    (query.concepts.includes(section.pageId) ? SIGNAL.concept : 0) +
    SIGNAL.pairs * pairShare(query, section) +
    SIGNAL.engine * engine;
  return { score, coverage: covered / total };
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
    let asked = 0;
    let said = 0;
    for (const term of ask) {
      const worth = idf(term);
      const weight = query.terms.get(term) ?? 0;
      if (weight) common += worth * Math.min(1, weight * 1.5);
      if (weight || !section.names.has(term)) asked += worth;
    }
    if (common === 0) continue;
    for (const [term, weight] of query.terms) {
      if (weight >= 0.45 && (ask.has(term) || !section.names.has(term))) said += weight * idf(term);
    }
    best = Math.max(best, (2 * common) / (asked + said));
  }
  return Math.min(1, best);
}

function pairShare(query: Query, section: Ranked): number {
  let had = 0;
  for (let i = 1; i < query.order.length; i++) if (section.pairs.has(`${query.order[i - 1]} ${query.order[i]}`)) had++;
  return query.order.length > 1 ? had / (query.order.length - 1) : 0;
}
