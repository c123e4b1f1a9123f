/**
 * The search index: MiniSearch over sections and over pages finds candidates, rank.ts orders them.
 * Raw MiniSearch scores grow with the question's length, so they are never compared between questions.
 */
import MiniSearch from "minisearch";
import type { Hit, Query, SearchIndex } from "../core/ports.ts";
import { sectionFacts } from "./facts.ts";
import type { Page, Section } from "./page.ts";
import { type Idf, prepareQuery, rank } from "./rank.ts";
import { averageLengths, type Lengths, pageTerms, sectionTerms } from "./terms.ts";
import { distance } from "./words.ts";

/** Sections that are looked at closely; more do not change the first ten (measured on 9,000 sections). */
const CANDIDATES = 110;
const PAGES = 12;
/** Rarest terms of a question that look for candidates: bounds the work of a long message. */
const LOOKUPS = 16;

/** What is counted over all sections: small, needed for every question. */
export interface Counts {
  readonly frequency: Readonly<Record<string, number>>;
  /** Terms of titles, aliases, headings and foreseen phrasings: what people ask about, examples aside. */
  readonly askable: readonly string[];
  readonly sectionLengths: Lengths;
  readonly pageLengths: Lengths;
}

/** Both MiniSearch indexes as JSON: large, needed once something is searched. */
export interface Engines {
  readonly sections: unknown;
  readonly pages: unknown;
}

const engineOptions = (fields: string[]) => ({
  fields,
  idField: "id",
  tokenize: (text: string) => text.split(" "),
  processTerm: (term: string) => term || null,
});
const SECTION_FIELDS = ["title", "heading", "asks", "text"];
const PAGE_FIELDS = ["title", "names", "headings", "asks"];
const join = (fields: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(Object.entries(fields).map(([name, list]) => [name, list.join(" ")]));

/** Builds both MiniSearch indexes; the costly part of starting, hence separable from {@link createIndex}. */
export function buildIndex(pages: readonly Page[]): { counts: Counts; engines: Engines } {
  const sections = new MiniSearch(engineOptions(SECTION_FIELDS));
  const whole = new MiniSearch(engineOptions(PAGE_FIELDS));
  const frequency: Record<string, number> = Object.create(null);
  const all: ReturnType<typeof sectionTerms>[] = [];
  const allPages: ReturnType<typeof pageTerms>[] = [];
  const askable = new Set<string>();
  for (const page of pages) {
    if (page.kind === "comparison") continue;
    const pageFields = pageTerms(page);
    allPages.push(pageFields);
    for (const field of ["title", "names", "headings", "asks"] as const)
      for (const term of pageFields[field]) askable.add(term);
    whole.add({ id: page.path, ...join({ ...pageFields, text: [] }) });
    for (const section of page.sections) {
      const fields = sectionTerms(page, section);
      all.push(fields);
      sections.add({ id: section.id, ...join({ ...fields }) });
      for (const term of new Set([...fields.title, ...fields.heading, ...fields.asks, ...fields.text]))
        frequency[term] = (frequency[term] ?? 0) + 1;
    }
  }
  return {
    counts: {
      frequency,
      askable: [...askable],
      sectionLengths: averageLengths(all.map((fields) => ({ ...fields }))),
      pageLengths: averageLengths(allPages.map((fields) => ({ ...fields }))),
    },
    engines: { sections: sections.toJSON(), pages: whole.toJSON() },
  };
}

export interface Index extends SearchIndex {
  readonly askable: ReadonlySet<string>;
  readonly frequency: ReadonlyMap<string, number>;
  readonly idf: Idf;
}

/** An index over `pages`; the engines are read at the first search, `version` names what they were built from. */
export function createIndex(pages: readonly Page[], state: Counts, stored: () => Engines, version: string): Index {
  let loaded: { sections: MiniSearch; pages: MiniSearch } | undefined;
  const engines = () => {
    if (!loaded) {
      const { sections, pages: whole } = stored();
      loaded = {
        sections: MiniSearch.loadJS(sections as never, engineOptions(SECTION_FIELDS)),
        pages: MiniSearch.loadJS(whole as never, engineOptions(PAGE_FIELDS)),
      };
    }
    return loaded;
  };
  const byPath = new Map(pages.map((page) => [page.path, page]));
  const byId = Map.groupBy(pages, (page) => page.id);
  const bySection = new Map<string, { page: Page; section: Section }>();
  for (const page of pages) for (const section of page.sections) bySection.set(section.id, { page, section });
  const frequency = new Map(Object.entries(state.frequency));
  const count = Math.max(1, bySection.size);
  // A word that no section has is the most telling one: it weighs as much as the rarest known.
  const rarity = (found: number) => Math.log(1 + (count - found + 0.5) / (found + 0.5));
  const known = new Map([...frequency].map(([term, found]) => [term, rarity(found)]));
  const unknown = rarity(0);
  const idf: Idf = (term) => known.get(term) ?? unknown;

  const facts = sectionFacts(bySection, state, idf);

  /** The rarest terms look for candidates; very common ones only where nothing rarer was said. */
  function lookups(query: Query): string[] {
    const asked = new Map(query.terms);
    for (const [term, others] of query.alike)
      for (const other of others) if (!asked.has(other)) asked.set(other, (query.terms.get(term) ?? 1) / 2);
    for (const [term, weight] of query.extra) if (!asked.has(term)) asked.set(term, weight);
    const known = [...asked]
      .filter(([term]) => frequency.has(term))
      .sort((a, b) => b[1] * idf(b[0]) - a[1] * idf(a[0]));
    const rare = known.filter(([term]) => (frequency.get(term) ?? 0) < count * 0.12);
    return (rare.length >= 2 ? rare : known).slice(0, LOOKUPS).map(([term]) => term);
  }

  return {
    version,
    frequency,
    askable: new Set(state.askable),
    idf,
    async search(query) {
      const asked = prepareQuery(query, idf);
      const look = lookups(query);
      if (!look.length || asked.total <= 0) return [];
      const ask = {
        queries: look,
        combineWith: "OR" as const,
        boostTerm: (term: string) => query.terms.get(term) ?? 1,
      };
      const candidates = new Map<string, number>();
      const results = engines().sections.search(ask);
      const best = results[0]?.score ?? 1;
      for (const result of results.slice(0, CANDIDATES)) candidates.set(String(result.id), result.score / best);
      for (const result of engines().pages.search(ask).slice(0, PAGES))
        for (const section of byPath.get(String(result.id))?.sections ?? [])
          if (section.role !== "flag" && !candidates.has(section.id)) candidates.set(section.id, 0);
      for (const id of query.concepts)
        for (const page of byId.get(id) ?? [])
          for (const section of page.sections)
            if (section.role !== "flag" && !candidates.has(section.id)) candidates.set(section.id, 0);
      const hits: Hit[] = [];
      for (const [id, engine] of candidates) {
        const found = facts(id);
        if (found) hits.push({ section: id, page: found.path, ...rank(asked, found, idf, engine) });
      }
      return hits.sort((a, b) => b.score - a.score || (a.section < b.section ? -1 : 1));
    },
    async suggest(prefix) {
      const wanted = prefix.trim().toLowerCase();
      const starts: string[] = [];
      const holds: string[] = [];
      const slips: string[] = [];
      for (const page of pages) {
        if (page.kind === "comparison") continue;
        const title = page.title.toLowerCase();
        if (title.startsWith(wanted) || page.aliases.some((alias) => alias.toLowerCase().startsWith(wanted)))
          starts.push(page.title);
        else if (title.includes(wanted)) holds.push(page.title);
        else if ([title, ...page.aliases].some((name) => beginsLike(name.toLowerCase(), wanted)))
          slips.push(page.title);
      }
      return [...new Set([...starts, ...holds, ...slips])].slice(0, 25);
    },
  };
}

/** Does a name begin with what was typed, a slip or two allowed? */
function beginsLike(name: string, typed: string): boolean {
  if (typed.length < 4 || typed.length > 40) return false;
  const slips = typed.length < 8 ? 1 : 2;
  return [-1, 0, 1].some((more) => distance(typed, name.slice(0, typed.length + more), slips) <= slips);
}
