/** The index terms of each section and page by field, and what is counted over all of them. */
import type { Page, Section } from "./page.ts";
import { plain } from "./sections.ts";
import { terms } from "./words.ts";

export interface SectionTerms {
  readonly title: readonly string[];
  readonly heading: readonly string[];
  readonly asks: readonly string[];
  readonly text: readonly string[];
}

export interface PageTerms {
  readonly title: readonly string[];
  readonly names: readonly string[];
  readonly headings: readonly string[];
  readonly asks: readonly string[];
  readonly text: readonly string[];
}

export const sectionTerms = (page: Page, section: Section): SectionTerms => ({
  title: terms(page.title),
  heading: terms(section.heading),
  asks: section.asks.flatMap(terms),
  text: terms(plain(section.markdown)),
});

export const pageTerms = (page: Page): PageTerms => ({
  title: terms(page.title),
  names: [...page.aliases, ...page.match].flatMap(terms),
  headings: page.sections.flatMap((section) => terms(section.heading)),
  asks: page.sections.flatMap((section) => section.asks.flatMap(terms)),
  text: page.sections.flatMap((section) => terms(plain(section.markdown))),
});

/** Field weights of BM25F (Robertson, Zaragoza, Taylor: Simple BM25 extension to multiple weighted fields, CIKM 2004). */
const SECTION_WEIGHT = { title: 2, heading: 1.8, asks: 1.2, text: 1 } as const;
const PAGE_WEIGHT = { title: 3, names: 2, headings: 1, asks: 0.7, text: 0.4 } as const;
/** How much length counts, and how soon repeats stop to. */
const B = 0.5;
export const K1 = 1.2;

export type Lengths = Readonly<Record<string, number>>;

/** Weighted, length-normalised frequency of each term over all fields. */
function weigh(
  fields: Readonly<Record<string, readonly string[]>>,
  weights: Readonly<Record<string, number>>,
  average: Lengths,
): Map<string, number> {
  const out = new Map<string, number>();
  for (const [field, list] of Object.entries(fields)) {
    const norm = 1 - B + B * (list.length / Math.max(1, average[field] ?? 1));
    const each = (weights[field] ?? 1) / Math.max(0.3, norm);
    for (const term of list) out.set(term, (out.get(term) ?? 0) + each);
  }
  return out;
}

export const weighSection = (fields: SectionTerms, average: Lengths): Map<string, number> =>
  weigh({ ...fields }, SECTION_WEIGHT, average);
export const weighPage = (fields: PageTerms, average: Lengths): Map<string, number> =>
  weigh({ ...fields }, PAGE_WEIGHT, average);

/** Mean number of terms in each field. */
export function averageLengths(all: readonly Readonly<Record<string, readonly string[]>>[]): Lengths {
  const sum: Record<string, number> = {};
  for (const fields of all)
    for (const [field, list] of Object.entries(fields)) sum[field] = (sum[field] ?? 0) + list.length;
  return Object.fromEntries(Object.entries(sum).map(([field, total]) => [field, total / Math.max(1, all.length)]));
}
