/**
 * The search index: BM25F over all sections and pages, exactly and in time linear in the lists of the question's terms.
 * Built-in pages are then looked at closely by rank.ts, an operator's documents by documents.ts.
 */
import type { Hit, Query, SearchIndex } from "../core/ports.ts";
import { type Counts, type Engines, searched } from "./build.ts";
import { type Catalogue, openCatalogue } from "./catalogue.ts";
import { rankDocuments } from "./documents.ts";
import { sectionFacts } from "./facts.ts";
import type { Page, Section } from "./page.ts";
import { best, type Scores, scoreUnits, type Wanted } from "./postings.ts";
import { ALIKE, type Asked, type Idf, prepareQuery, rank } from "./rank.ts";

/** Sections of the built-in pages that are looked at closely; more do not change the first ten. */
const CANDIDATES = 110;
const PAGES = 12;
/** Terms of a question that look for candidates, and the share of sections from which one counts as common. */
const LOOKUPS = 16;
const COMMON = 0.12;
/** Most characters of a name that is being typed, and most names it may become: Discord's menus take 25. */
const TYPED = 60;
const CHOICES = 25;

export interface Index extends SearchIndex {
  readonly askable: ReadonlySet<string>;
  readonly frequency: ReadonlyMap<string, number>;
  readonly idf: Idf;
  /** Share of the documents whose title, description or keywords have a term. */
  theme(term: string): number;
}

/** An index over `pages`; the engines are read at the first search, `version` names what they were built from. */
export function createIndex(all: readonly Page[], state: Counts, stored: () => Engines, version: string): Index {
  let loaded: Engines | undefined;
  const engines = () => {
    loaded ??= stored();
    return loaded;
  };
  let opened: Catalogue | undefined;
  const catalogue = () => {
    opened ??= openCatalogue(engines().catalogue);
    return opened;
  };
  const pages = searched(all);
  const firsts: number[] = [];
  const units: Section[] = [];
  const owner: number[] = [];
  for (const [at, page] of pages.entries()) {
    firsts.push(units.length);
    for (const section of page.sections) {
      units.push(section);
      owner.push(at);
    }
  }
  const byId = Map.groupBy(pages.keys(), (at) => pages[at]?.id ?? "");
  const bySection = new Map(units.map((section, i) => [section.id, { page: pages[owner[i] ?? 0] as Page, section }]));
  const numbers = new Map<string, number>();
  const frequency = new Map<string, number>();
  for (const [name, found] of Object.entries(state.frequency)) {
    const term = name.slice(1);
    numbers.set(term, numbers.size);
    if (found) frequency.set(term, found);
  }
  const count = Math.max(1, units.length);
  // A word that no section has is the most telling one: it weighs as much as the rarest known.
  const rarity = (found: number) => Math.log(1 + (count - found + 0.5) / (found + 0.5));
  const unknown = rarity(0);
  const idf: Idf = (term) => {
    const found = frequency.get(term);
    return found ? rarity(found) : unknown;
  };
  const themes = new Map(Object.entries(state.themes));
  const facts = sectionFacts(bySection, state, idf);
  const documents = pages.some((page) => page.kind === "document") && rankDocuments({ pages, firsts, idf });
  const builtin = pages.some((page) => page.kind !== "document");

  return {
    version,
    frequency,
    askable: new Set(state.askable),
    idf,
    theme: (term) => themes.get(term) ?? 0,
    async search(query) {
      const asked = prepareQuery(query, idf);
      if (asked.total <= 0) return [];
      const hits: Hit[] = documents ? documents(asked, ...scored(asked), engines()) : [];
      const candidates = new Set<number>();
      const engine = new Float32Array(builtin ? units.length : 0);
      if (builtin) {
        const own = (at: number) => pages[at]?.kind === "document";
        // Many of the words at once say more than one of them often.
        const looked = lookups(query);
        const found = scoreUnits(engines().sections, units.length, looked, [], ALIKE);
        for (const unit of found.touched) engine[unit] = (found.of[unit] ?? 0) * Math.sqrt(found.covered[unit] ?? 0);
        for (const unit of best(
          found.touched.filter((unit) => !own(owner[unit] ?? 0)),
          engine,
          CANDIDATES,
        ))
          candidates.add(unit);
        const add = (at: number) => {
          for (const [i, section] of (pages[at]?.sections ?? []).entries())
            if (section.role !== "flag") candidates.add((firsts[at] ?? 0) + i);
        };
        const rare = looked.map(({ name }) => name);
        const likely = catalogue().find(rare, (term) => query.terms.get(term) ?? 1);
        for (const at of likely.filter((at) => !own(at)).slice(0, PAGES)) add(at);
        if (candidates.size) for (const at of concerning(query)) add(at);
      }
      let top = 0;
      for (const unit of candidates) top = Math.max(top, engine[unit] ?? 0);
      for (const unit of candidates) {
        const section = units[unit];
        const found = section && facts(section.id);
        if (found)
          hits.push({
            section: section.id,
            page: found.path,
            ...rank(asked, found, idf, (engine[unit] ?? 0) / (top || 1)),
          });
      }
      return hits.sort((a, b) => b.score - a.score || (a.section < b.section ? -1 : 1));
    },
    async suggest(prefix) {
      const typed = prefix.trim().toLowerCase().slice(0, TYPED);
      const names = typed
        ? catalogue()
            .complete(typed)
            .map((at) => pages[at])
        : pages;
      const begins = (name: string) => name.toLowerCase().startsWith(typed);
      const starts = names.filter((page) => page && [page.title, ...page.aliases].some(begins));
      return [...new Set([...starts, ...names].flatMap((page) => page?.title ?? []))].slice(0, CHOICES);
    },
  };

  /** The rarest words look for candidates, what stands for them too; very common ones only where nothing rarer was said. */
  function lookups(query: Query): (Wanted & { readonly name: string })[] {
    const asked = new Map(query.terms);
    for (const others of [...query.alike.values(), [...query.extra.keys()]])
      for (const other of others) if (!asked.has(other)) asked.set(other, 1);
    const known = [...asked]
      .filter(([term]) => frequency.has(term))
      .map(([term, weight]) => ({ term, worth: weight * idf(term) }))
      .sort((a, b) => b.worth - a.worth);
    const rare = known.filter(({ term }) => (frequency.get(term) ?? 0) < count * COMMON);
    return (rare.length >= 2 ? rare : known)
      .slice(0, LOOKUPS)
      .map(({ term, worth }) => ({ name: term, term: numbers.get(term), worth, instead: [] }));
  }

  /** Every section and every page, by all words of the question: what documents are ranked by. */
  function scored({ terms, extra }: Asked): [ofSections: Scores, ofPages: Scores] {
    const wanted = terms.map(({ term, worth, alike }) => ({
      term: numbers.get(term),
      worth,
      instead: alike.map((other) => numbers.get(other)).filter((number) => number !== undefined),
    }));
    const beside = extra.map(({ term, worth }): Wanted => ({ term: numbers.get(term), worth, instead: [] }));
    const { sections, pages: whole } = engines();
    return [
      scoreUnits(sections, units.length, wanted, beside, ALIKE),
      scoreUnits(whole, pages.length, wanted, beside, ALIKE),
    ];
  }

  /** Numbers of the built-in pages of the concepts that were named. */
  function concerning({ concepts }: Query): number[] {
    return concepts.flatMap((id) => byId.get(id) ?? []).filter((at) => pages[at]?.kind !== "document");
  }
}
