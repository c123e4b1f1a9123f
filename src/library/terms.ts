/** The index terms of each section and page by field, and what is counted over all of them. */
import { place } from "./links.ts";
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

/** A page's fields from its sections' fields, so that nothing is split into words twice. */
export const pageTerms = (page: Page, sections: readonly SectionTerms[]): PageTerms => ({
  title: terms(page.title),
  names: [...page.aliases, ...page.match, ...(page.own ? [pathWords(page.path)] : [])].flatMap(terms),
  headings: sections.flatMap((section) => section.heading),
  asks: sections.flatMap((section) => section.asks),
  text: sections.flatMap((section) => section.text),
});

/** "storage/bind-mounts" in words. */
export const pathWords = (path: string): string => place(path).replace(/[/_-]+/g, " ");

/** Field weights of BM25F (Robertson, Zaragoza, Taylor: Simple BM25 extension to multiple weighted fields, CIKM 2004). */
export const SECTION_WEIGHT = { title: 2, heading: 1.8, asks: 1.2, text: 1 } as const;
export const PAGE_WEIGHT = { title: 3, names: 2, headings: 1, asks: 0.7, text: 0.4 } as const;
/** How much length counts. */
const B = 0.5;

export type Lengths = Readonly<Record<string, number>>;

/** Weighted, length-normalised frequency of each term over all fields. */
export function weigh<T>(
  fields: Readonly<Record<string, readonly T[]>>,
  weights: Readonly<Record<string, number>>,
  average: Lengths,
): Map<T, number> {
  const out = new Map<T, number>();
  for (const [field, list] of Object.entries(fields)) {
    const norm = 1 - B + B * (list.length / Math.max(1, average[field] ?? 1));
    const each = (weights[field] ?? 1) / Math.max(0.3, norm);
    for (const term of list) out.set(term, (out.get(term) ?? 0) + each);
  }
  return out;
}

/** Mean number of terms in each field. */
export function averageLengths(all: readonly Readonly<Record<string, readonly unknown[]>>[]): Lengths {
  const sum: Record<string, number> = {};
  for (const fields of all)
    for (const [field, list] of Object.entries(fields)) sum[field] = (sum[field] ?? 0) + list.length;
  return Object.fromEntries(Object.entries(sum).map(([field, total]) => [field, total / Math.max(1, all.length)]));
}
