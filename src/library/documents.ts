/**
 * Orders somebody's own documents: a page by its best section, by itself as a whole and by what its tree says of it, and
 * then its sections. Every signal is a share of the question's weight, so scores compare between questions.
 */
import type { Hit } from "../core/ports.ts";
import type { Engines } from "./build.ts";
import { place } from "./links.ts";
import type { Page } from "./page.ts";
import { best, type Scores } from "./postings.ts";
import type { Asked, Idf } from "./rank.ts";
import { terms } from "./words.ts";

/**
 * Weights of the signals beside the best section's own score, which counts once. Found on labelled questions, each a
 * plateau rather than a peak (docs/evidence/retrieval.md).
 */
const SIGNAL = {
  /** The whole page's BM25F. */
  page: 0.6,
  /** How much of its title the question says. */
  title: 0.4,
  /** The same for the last words of its path. */
  leaf: 0.5,
  /** A page of frequently asked questions, where a question is asked. */
  answers: 0.7,
  /** A folder's own page, where a topic is named and the pages below it fit: their three best, on average. */
  folder: 0.3,
  /** Pages that others link to. */
  linked: 0.08,
} as const;
/** Release notes name everything and explain nothing. */
const NOTES = 0.85;

/** Pages that are looked at closely, and what is shown of them at most. */
const CLOSELY = 150;
const PAGES = 30;
const SECTIONS = 3;

const ANSWERS = /\bfaqs?\b|\bfrequently[- ]asked|\b(?:common|asked)[- ]questions\b/i;
const OLD = /\brelease[- ]?notes?\b|\bchange[- ]?logs?\b|\bdeprecat|\bretired\b/i;

interface OfPage {
  readonly title: ReadonlySet<string>;
  readonly leaf: ReadonlySet<string>;
  readonly answers: boolean;
  readonly old: boolean;
}

const factsOf = (page: Page): OfPage => {
  const name = `${page.title} ${page.path.replace(/[/_]/g, " ")}`;
  return {
    title: new Set(terms(page.title)),
    leaf: new Set(terms(place(page.path).split("/").slice(-2).join(" ").replace(/[_-]+/g, " ")).slice(-2)),
    answers: ANSWERS.test(name),
    old: OLD.test(name),
  };
};

export interface Tree {
  readonly pages: readonly Page[];
  /** Number of each page's first section. */
  readonly firsts: readonly number[];
  readonly idf: Idf;
}

/** The documents among `pages`, ordered for one question. */
export function rankDocuments({ pages, firsts, idf }: Tree) {
  const known = new Map<Page, OfPage>();
  const facts = (page: Page): OfPage => {
    const made = known.get(page) ?? factsOf(page);
    known.set(page, made);
    return made;
  };
  const share = (words: ReadonlySet<string>, asked: Asked): number => {
    let all = 0;
    let had = 0;
    for (const term of words) {
      all += idf(term);
      if (asked.said.has(term)) had += idf(term);
    }
    return all ? had / all : 0;
  };

  return (asked: Asked, sections: Scores, whole: Scores, { linked, parents }: Engines): Hit[] => {
    const score = new Float32Array(pages.length);
    const found: number[] = [];
    for (const at of whole.touched) {
      const page = pages[at];
      if (page?.kind !== "document") continue;
      let top = 0;
      const first = firsts[at] ?? 0;
      for (let i = first; i < first + page.sections.length; i++) top = Math.max(top, sections.of[i] ?? 0);
      score[at] = (top + SIGNAL.page * (whole.of[at] ?? 0)) / asked.total;
      found.push(at);
    }
    const close = best(found, score, CLOSELY);
    const below = new Map<number, number[]>();
    for (const at of close) {
      const parent = parents[at] ?? -1;
      if (parent >= 0) below.set(parent, [...(below.get(parent) ?? []), score[at] ?? 0]);
    }
    const rest = (at: number): number => {
      const page = pages[at];
      if (!page) return 0;
      const { title, leaf, answers } = facts(page);
      const children = (below.get(at) ?? []).sort((a, b) => b - a).slice(0, 3);
      const had = Math.min(1, (whole.covered[at] ?? 0) / asked.total);
      return (
        SIGNAL.title * share(title, asked) +
        SIGNAL.leaf * share(leaf, asked) +
        (answers && asked.question ? SIGNAL.answers * had : 0) +
        // A topic is looked for by its overview, a question by the page that answers it.
        (asked.question ? 0 : (SIGNAL.folder * children.reduce((sum, child) => sum + child, 0)) / 3) +
        SIGNAL.linked * Math.log(1 + (linked[at] ?? 0)) * had
      );
    };
    const final = new Float32Array(pages.length);
    for (const at of close) {
      const page = pages[at];
      if (page) final[at] = ((score[at] ?? 0) + rest(at)) * (facts(page).old ? NOTES : 1);
    }
    return best(close, final, PAGES).flatMap((at) => hitsOf(at, final[at] ?? 0, sections, asked));
  };

  /** The best section of a page has the page's score, the next ones less by what their own is less. */
  function hitsOf(at: number, score: number, sections: Scores, asked: Asked): Hit[] {
    const page = pages[at];
    if (!page) return [];
    const first = firsts[at] ?? 0;
    const units = best(
      page.sections.map((_, i) => first + i),
      sections.of,
      SECTIONS,
    );
    const top = sections.of[units[0] ?? 0] ?? 0;
    return units.flatMap((unit, i): Hit[] => {
      const section = page.sections[unit - first];
      const own = sections.of[unit] ?? 0;
      if (!section || (i > 0 && !own)) return [];
      return [
        {
          section: section.id,
          page: page.path,
          score: score - (top - own) / asked.total,
          coverage: Math.min(1, (sections.covered[unit] ?? 0) / asked.total),
        },
      ];
    });
  }
}
