/** The library: every page, the names in them and the index over them, as one immutable snapshot. */
import { type Concepts, createConcepts } from "./concepts.ts";
import type { Aspects, Cli, Page, Section } from "./page.ts";
import { buildState, createIndex, type Index, type IndexState } from "./search.ts";
import { createVocabulary, type Vocabulary } from "./vocabulary.ts";
import { keyParts, stem } from "./words.ts";

export interface Library {
  readonly version: string;
  readonly pages: readonly Page[];
  readonly aspects: Aspects;
  /** Absent where the built-in pages are left out. */
  readonly cli: Cli | undefined;
  readonly concepts: Concepts;
  readonly vocabulary: Vocabulary;
  readonly index: Index;
  /** Stems that learners use for this one. */
  synonyms(term: string): readonly string[];
  page(path: string): Page | undefined;
  section(id: string): { readonly page: Page; readonly section: Section } | undefined;
  /** Pages about one concept: its own page first, then commands that belong to it. */
  about(id: string): readonly Page[];
  /** An authored comparison, whichever way round it was asked. */
  comparison(a: string, b: string): { readonly page: Page; readonly swapped: boolean } | undefined;
  /** Address that a source shows: the operator's published copy, else the page's first source. */
  href(page: Page): string | undefined;
}

export interface LibraryParts {
  readonly pages: readonly Page[];
  readonly aspects: Aspects;
  readonly cli?: Cli;
  readonly synonyms: readonly (readonly string[])[];
  readonly version: string;
  /** A stored index state; built here when absent. */
  readonly state?: IndexState;
  /** Where the operator publishes the pages: `${baseUrl}${path}`. */
  readonly baseUrl?: string;
}

export function createLibrary({ pages, aspects, cli, synonyms, version, state, baseUrl }: LibraryParts): Library {
  const index = createIndex(pages, state ?? buildState(pages), version);
  const order = { concept: 0, error: 1, command: 2, document: 3, comparison: 4 } as const;
  const byPath = new Map(pages.map((page) => [page.path, page]));
  const bySection = new Map(
    pages.flatMap((page) => page.sections.map((section) => [section.id, { page, section }] as const)),
  );
  const byId = new Map<string, Page[]>();
  for (const page of [...pages].sort((a, b) => order[a.kind] - order[b.kind]))
    byId.set(page.id, [...(byId.get(page.id) ?? []), page]);
  const pairs = new Map<string, Page>();
  for (const page of pages) if (page.comparison) pairs.set(page.comparison.concepts.join("\0"), page);

  const names = new Set(
    pages.filter((page) => page.kind !== "document").flatMap((page) => [page.title, ...page.aliases].flatMap(keyParts)),
  );
  const vocabulary = createVocabulary(index.frequency, names);
  const concepts = createConcepts(pages, () => vocabulary);

  const alike = new Map<string, string[]>();
  for (const group of synonyms) {
    const stems = [...new Set(group.filter((word) => !word.includes(" ")).map(stem))];
    for (const term of stems) alike.set(term, [...(alike.get(term) ?? []), ...stems.filter((other) => other !== term)]);
  }

  return {
    version,
    pages,
    aspects,
    cli,
    concepts,
    vocabulary,
    index,
    synonyms: (term) => alike.get(term) ?? [],
    page: (path) => byPath.get(path),
    section: (id) => bySection.get(id),
    about: (id) => byId.get(id) ?? [],
    comparison(a, b) {
      const straight = pairs.get(`${a}\0${b}`);
      const page = straight ?? pairs.get(`${b}\0${a}`);
      return page && { page, swapped: !straight };
    },
    href: (page) => (baseUrl ? new URL(page.path.replace(/\.mdx?$/, ""), baseUrl).href : page.sources[0]?.href),
  };
}
