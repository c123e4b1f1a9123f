/**
 * The catalogue: MiniSearch over pages. It finds the pages that a question may be about, and completes what is being typed.
 * Sections are scored by postings.ts instead: MiniSearch has one IDF a field, which costs it a third of the right pages.
 */
import MiniSearch from "minisearch";
import type { Page } from "./page.ts";
import type { PageTerms } from "./terms.ts";
import { plainWords } from "./words.ts";

export interface Catalogue {
  /** Numbers of the pages that have any of the index terms, best first. */
  find(terms: readonly string[], weight: (term: string) => number): readonly number[];
  /** Numbers of the pages whose name goes on as typed, a slip in a longer word allowed, best first. */
  complete(typed: string): readonly number[];
}

/** Index terms, and the words of titles and aliases as they are typed. */
const STEMS = ["title", "names", "headings", "asks"];
const TYPED = "typed";

const options = {
  fields: [...STEMS, TYPED],
  idField: "id",
  tokenize: (text: string, field?: string) => (field === TYPED ? plainWords(text) : text.split(" ")),
  processTerm: (term: string) => term || null,
};

/** The catalogue of pages, as plain JSON; `terms` are the pages' index terms by field. */
export function buildCatalogue(pages: readonly Page[], terms: readonly PageTerms[]): unknown {
  const made = new MiniSearch(options);
  for (const [id, page] of pages.entries()) {
    const own = terms[id];
    if (!own) continue;
    made.add({
      id,
      ...Object.fromEntries(STEMS.map((field) => [field, own[field as keyof PageTerms].join(" ")])),
      [TYPED]: [page.title, ...page.aliases].join(" "),
    });
  }
  return made.toJSON();
}

export function openCatalogue(stored: unknown): Catalogue {
  const engine = MiniSearch.loadJS(stored as never, options);
  const ids = (found: readonly { readonly id: number }[]) => found.map(({ id }) => id);
  return {
    find: (terms, weight) =>
      ids(engine.search({ queries: [...terms], fields: STEMS, combineWith: "OR", boostTerm: weight }) as never),
    complete: (typed) =>
      ids(
        engine.search(typed, {
          fields: [TYPED],
          tokenize: plainWords,
          combineWith: "AND",
          prefix: true,
          fuzzy: (term) => (term.length < 4 ? false : term.length < 8 ? 1 : 2),
          maxFuzzy: 2,
        }) as never,
      ),
  };
}
