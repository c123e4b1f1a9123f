/** Orders the sections of built-in pages that BM25F found. Pure arithmetic; every signal is a share of the question's weight. */
import type { Query } from "../core/ports.ts";
import { saturate } from "./postings.ts";

export type Idf = (term: string) => number;

/** One way in which the section's author foresaw that it is asked for. */
export interface Ask {
  readonly terms: ReadonlySet<string>;
  /** IDF of its terms, those of the page's own name aside. */
  readonly worth: number;
}

/** What ranking needs to know of a section; made once, kept. */
export interface Ranked {
  readonly weights: ReadonlyMap<string, number>;
  readonly pageWeights: ReadonlyMap<string, number>;
  readonly pageId: string;
  readonly title: readonly string[];
  readonly names: ReadonlySet<string>;
  readonly asks: readonly Ask[];
  /** Neighbouring terms of the section, as "a b". */
  readonly pairs: ReadonlySet<string>;
}

/** A query with everything computed that does not depend on a section. */
export interface Asked {
  readonly terms: readonly {
    readonly term: string;
    readonly worth: number;
    readonly foreseen: number;
    readonly alike: readonly string[];
  }[];
  readonly extra: readonly { readonly term: string; readonly worth: number }[];
  readonly said: ReadonlyMap<string, number>;
  readonly pairs: readonly string[];
  readonly concepts: ReadonlySet<string>;
  /** Is it put as a question, rather than as keywords or a title? */
  readonly question: boolean;
  /** IDF mass of the question. */
  readonly total: number;
}

/** Weights of the signals, found on labelled questions: each is the most that the signal can add. */
const SIGNAL = { page: 0.35, title: 0.25, asks: 2.5, concept: 0.8, pairs: 0.25, engine: 0.5 } as const;
/** Weighted frequency that a page's own name counts for in each of its sections. */
const NAMED = 4;
/** What a word in place of another is worth. */
export const ALIKE = 0.6;
/** "what happens when ..." tells phrasings apart, though it tells nothing about the subject. */
const ASKING = 2.5;

export function prepareQuery(query: Query, idf: Idf): Asked {
  const terms = [...query.terms].map(([term, weight]) => ({
    term,
    worth: weight * idf(term),
    foreseen: (weight < 0.5 ? weight * ASKING : weight) * idf(term),
    alike: query.alike.get(term) ?? [],
  }));
  return {
    terms,
    extra: [...query.extra].map(([term, weight]) => ({ term, worth: weight * idf(term) })),
    said: query.terms,
    pairs: query.order.slice(1).map((term, i) => `${query.order[i]} ${term}`),
    concepts: new Set(query.concepts),
    question: query.question,
    total: terms.reduce((sum, { worth }) => sum + worth, 0),
  };
}

export interface Signals {
  readonly score: number;
  readonly coverage: number;
}

/** `engine` is the candidate's plain BM25F score over the best one's. */
export function rank(asked: Asked, section: Ranked, idf: Idf, engine: number): Signals {
  if (asked.total <= 0) return { score: 0, coverage: 0 };
  let text = 0;
  let page = 0;
  let covered = 0;
  for (const { term, worth, alike } of asked.terms) {
    // On a page about volumes every section says "volume": how often tells nothing between them.
    let tf = section.names.has(term) ? NAMED : (section.weights.get(term) ?? 0);
    let part = 1;
    if (!tf) {
      for (const other of alike) {
        tf = section.weights.get(other) ?? 0;
        if (tf) break;
      }
      part = ALIKE;
    }
    const pageTf = section.pageWeights.get(term);
    if (tf) {
      text += part * worth * saturate(tf);
      covered += part * worth;
    }
    if (pageTf) page += worth * saturate(pageTf);
  }
  for (const { term, worth } of asked.extra) {
    const tf = section.weights.get(term);
    if (tf) text += worth * saturate(tf);
  }
  const score =
    (text + SIGNAL.page * page) / asked.total +
    SIGNAL.title * titleCoverage(section.title, asked, idf) +
    SIGNAL.asks * nearestAsk(asked, section, idf) +
    (asked.concepts.has(section.pageId) ? SIGNAL.concept : 0) +
    SIGNAL.pairs * pairShare(asked, section) +
    SIGNAL.engine * engine;
  return { score, coverage: covered / asked.total };
}

/** IDF share of a title's words that the question has. */
function titleCoverage(title: readonly string[], asked: Asked, idf: Idf): number {
  let all = 0;
  let had = 0;
  for (const term of title) {
    const worth = idf(term);
    all += worth;
    if (asked.said.has(term)) had += worth;
  }
  return all ? had / all : 0;
}

/** How near the question is to the nearest phrasing that was foreseen (Dice over IDF), the page's own name aside. */
function nearestAsk(asked: Asked, section: Ranked, idf: Idf): number {
  let best = 0;
  for (const ask of section.asks) {
    let common = 0;
    let said = 0;
    let wanted = ask.worth;
    for (const { term, foreseen, alike } of asked.terms) {
      const own = section.names.has(term);
      const found = ask.terms.has(term) ? term : alike.find((other) => ask.terms.has(other));
      if (found) {
        common += found === term ? foreseen : ALIKE * foreseen;
        // A name that both say counts on both sides, and otherwise on neither.
        if (section.names.has(found)) wanted += idf(found);
      }
      if (found || !own) said += foreseen;
    }
    if (common) best = Math.max(best, (2 * common) / (wanted + said));
  }
  return Math.min(1, best);
}

function pairShare(asked: Asked, section: Ranked): number {
  let had = 0;
  for (const pair of asked.pairs) if (section.pairs.has(pair)) had++;
  return asked.pairs.length ? had / asked.pairs.length : 0;
}
