/** The library: every page, the names in them and the index over them, as one immutable snapshot. */
import { buildIndex, type Counts, type Engines } from "./build.ts";
import { type Concepts, createConcepts, type Name, nameTable } from "./concepts.ts";
import { addressOf, withAddresses } from "./links.ts";
import type { Aspects, Cli, Page, Section } from "./page.ts";
import { createIndex, type Index } from "./search.ts";
import { createVocabulary, type Vocabulary } from "./vocabulary.ts";
import { stem } from "./words.ts";

export interface Library {
  readonly version: string;
  readonly pages: readonly Page[];
  /** The operator's documents are still being read. */
  readonly reading: boolean;
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
  /** A section's text as it is shown: its links to other documents lead to the operator's published copy. */
  markdown(page: Page, section: Section): string;
}

/** What is derived from the pages once and can be stored beside them. */
export interface Prepared {
  readonly counts: Counts;
  readonly names: readonly Name[];
  readonly engines: () => Engines;
}

export function prepare(pages: readonly Page[]): Prepared {
  const { counts, engines } = buildIndex(pages);
  return { counts, engines: () => engines, names: nameTable(pages) };
}

export interface LibraryParts {
  readonly pages: readonly Page[];
  readonly aspects: Aspects;
  readonly cli?: Cli;
  readonly synonyms: readonly (readonly string[])[];
  readonly version: string;
  readonly reading?: boolean;
  /** What was prepared and stored earlier; prepared here when absent. */
  readonly prepared?: Prepared;
  /** Where the operator publishes the pages: `${baseUrl}${path}`. */
  readonly baseUrl?: string;
}

export function createLibrary({
  pages,
  aspects,
  cli,
  synonyms,
  version,
  reading = false,
  prepared = prepare(pages),
  baseUrl,
}: LibraryParts): Library {
  const index = createIndex(pages, prepared.counts, prepared.engines, version);
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

  // Only an unknown word needs the vocabulary.
  let known: Vocabulary | undefined;
  const vocabulary = () => {
    known ??= createVocabulary(index.frequency, new Set(prepared.names.flatMap(([name]) => name.split(" "))));
    return known;
  };
  const concepts = createConcepts(pages, prepared.names, vocabulary);

  const alike = new Map<string, string[]>();
  for (const group of synonyms) {
    const stems = [...new Set(group.filter((word) => !word.includes(" ")).map(stem))];
    for (const term of stems) alike.set(term, [...(alike.get(term) ?? []), ...stems.filter((other) => other !== term)]);
  }

  return {
    version,
    pages,
    reading,
    aspects,
    cli,
    concepts,
    get vocabulary() {
      return vocabulary();
    },
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
    href: (page) => (baseUrl ? addressOf(page.path, baseUrl) : page.sources[0]?.href),
    markdown: (page, section) =>
      baseUrl && page.kind === "document" ? withAddresses(page, section.markdown, baseUrl) : section.markdown,
  };
}
