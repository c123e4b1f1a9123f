/** Pages -> the stored parts of the index: counts, postings and what documents say about one another. */
import { buildCatalogue } from "./catalogue.ts";
import { above, isIndex, linksOf, places } from "./links.ts";
import type { Page } from "./page.ts";
import { collectPostings, type Postings } from "./postings.ts";
import {
  averageLengths,
  type Lengths,
  PAGE_WEIGHT,
  pageTerms,
  SECTION_WEIGHT,
  type SectionTerms,
  sectionTerms,
  weigh,
} from "./terms.ts";
import { terms } from "./words.ts";

/** What is counted over all sections: small, needed for every question. */
export interface Counts {
  /** In how many sections each term is; the order of the terms is their number in the postings. */
  readonly frequency: Readonly<Record<string, number>>;
  /** Terms of titles, aliases, headings and foreseen phrasings: what people ask about, examples aside. */
  readonly askable: readonly string[];
  /** Share of the documents whose title, description or keywords have a term: what the whole of them is about. */
  readonly themes: Readonly<Record<string, number>>;
  readonly sectionLengths: Lengths;
  readonly pageLengths: Lengths;
}

/** The large part of the index, needed once something is searched. */
export interface Engines {
  /** MiniSearch over pages, as it stores itself. */
  readonly catalogue: unknown;
  /** Over sections, in the order of {@link searched}. */
  readonly sections: Postings;
  /** Over pages, in the same order. */
  readonly pages: Postings;
  /** How many other documents link to each page. */
  readonly linked: Uint16Array;
  /** Number of the page that stands for the folder of each page, -1 for none. */
  readonly parents: Int32Array;
}

/** Comparisons are found by their two names, never searched. */
export const searched = (pages: readonly Page[]): Page[] => pages.filter((page) => page.kind !== "comparison");

/** Builds the index; the costly part of starting, hence separate from reading it. */
export function buildIndex(all: readonly Page[]): { counts: Counts; engines: Engines } {
  const pages = searched(all);
  // A plain object would put terms such as "404" first.
  const numbers = new Map<string, number>();
  const number = (term: string): number => {
    const known = numbers.get(term);
    if (known !== undefined) return known;
    numbers.set(term, numbers.size);
    return numbers.size - 1;
  };
  const askable = new Set<string>();
  const ofSections: SectionTerms[][] = pages.map((page) => page.sections.map((section) => sectionTerms(page, section)));
  const ofPages = pages.map((page, i) => pageTerms(page, ofSections[i] ?? []));
  const sectionLengths = averageLengths(ofSections.flat().map((fields) => ({ ...fields })));
  const pageLengths = averageLengths(ofPages.map((fields) => ({ ...fields })));
  const { linked, anchors } = readLinks(pages);

  const frequency: number[] = [];
  const sections = collectPostings();
  const whole = collectPostings();
  const numbered = (weights: ReadonlyMap<string, number>) =>
    new Map([...weights].map(([term, weight]) => [number(term), weight]));
  let unit = 0;
  for (const [at, fields] of ofPages.entries()) {
    for (const field of ["title", "names", "headings", "asks"] as const)
      for (const term of fields[field]) askable.add(term);
    const weights = numbered(weigh({ ...fields }, PAGE_WEIGHT, pageLengths));
    for (const [term, weight] of anchors[at] ?? []) {
      const known = number(term);
      weights.set(known, (weights.get(known) ?? 0) + weight);
    }
    whole.add(at, weights);
    for (const section of ofSections[at] ?? []) {
      const weighed = numbered(weigh({ ...section }, SECTION_WEIGHT, sectionLengths));
      for (const term of weighed.keys()) frequency[term] = (frequency[term] ?? 0) + 1;
      sections.add(unit++, weighed);
    }
  }
  return {
    counts: {
      frequency: Object.fromEntries([...numbers].map(([term, at]) => [` ${term}`, frequency[at] ?? 0])),
      askable: [...askable],
      themes: themesOf(pages),
      sectionLengths,
      pageLengths,
    },
    engines: {
      catalogue: buildCatalogue(pages, ofPages),
      sections: sections.finish(numbers.size),
      pages: whole.finish(numbers.size),
      linked,
      parents: parentsOf(pages),
    },
  };
}

function themesOf(pages: readonly Page[]): Record<string, number> {
  const documents = pages.filter((page) => page.kind === "document");
  const counts = new Map<string, number>();
  for (const page of documents)
    for (const term of new Set([page.title, ...page.match].flatMap(terms)))
      counts.set(term, (counts.get(term) ?? 0) + 1);
  return Object.fromEntries([...counts].map(([term, count]) => [term, count / documents.length]));
}

/** Most that the words of links to a page may weigh: they say what others call it. */
const CALLED = 1;

/** Who links to whom, and in which words. */
function readLinks(pages: readonly Page[]): { linked: Uint16Array; anchors: Map<string, number>[] } {
  const known = places(pages);
  const at = new Map(pages.map((page, i) => [page, i]));
  const linked = new Uint16Array(pages.length);
  const said = pages.map(() => new Map<string, number>());
  for (const page of pages) {
    if (page.kind !== "document") continue;
    const seen = new Set<number>();
    for (const { to, text } of linksOf(page, known)) {
      const number = at.get(to) ?? 0;
      for (const term of new Set(terms(text))) said[number]?.set(term, (said[number]?.get(term) ?? 0) + 1);
      if (seen.has(number)) continue;
      seen.add(number);
      linked[number] = Math.min(65_535, (linked[number] ?? 0) + 1);
    }
  }
  const anchors = said.map(
    (counts) => new Map([...counts].map(([term, count]) => [term, CALLED * Math.log2(1 + Math.min(7, count))])),
  );
  return { linked, anchors };
}

function parentsOf(pages: readonly Page[]): Int32Array {
  const folders = new Map<string, number>();
  for (const [i, page] of pages.entries())
    if (page.kind === "document" && isIndex(page.path)) folders.set(page.path.split("/").slice(0, -1).join("/"), i);
  return Int32Array.from(pages, (page) => {
    const folder = page.kind === "document" ? above(page.path) : undefined;
    return folder === undefined ? -1 : (folders.get(folder) ?? -1);
  });
}
