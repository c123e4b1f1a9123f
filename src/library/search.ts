/**
 * The search index: MiniSearch over sections and over pages finds candidates, rank.ts orders them.
 * Raw MiniSearch scores grow with the question's length, so they are never compared between questions.
 */
import MiniSearch from "minisearch";
import type { Hit, Query, SearchIndex } from "../core/ports.ts";
import type { Page, Section } from "./page.ts";
import { type Idf, mass, type Ranked, rank } from "./rank.ts";
import { plain } from "./sections.ts";
import { averageLengths, type Lengths, pageTerms, sectionTerms, weighPage, weighSection } from "./terms.ts";
import { distance, terms } from "./words.ts";

/** Sections that are looked at closely; more do not change the first ten (measured on 9,000 sections). */
const CANDIDATES = 150;
const PAGES = 20;
/** Rarest terms of a question that look for candidates: bounds the work of a long message. */
const LOOKUPS = 16;

/** The part of an index that can be stored and read again. */
export interface IndexState {
  readonly sections: unknown;
  readonly pages: unknown;
  readonly frequency: Readonly<Record<string, number>>;
  readonly sectionLengths: Lengths;
  readonly pageLengths: Lengths;
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
export function buildState(pages: readonly Page[]): IndexState {
  const sections = new MiniSearch(engineOptions(SECTION_FIELDS));
  const whole = new MiniSearch(engineOptions(PAGE_FIELDS));
  const frequency: Record<string, number> = Object.create(null);
  const all: ReturnType<typeof sectionTerms>[] = [];
  const allPages: ReturnType<typeof pageTerms>[] = [];
  for (const page of pages) {
    if (page.kind === "comparison") continue;
    const pageFields = pageTerms(page);
    allPages.push(pageFields);
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
    sections: sections.toJSON(),
    pages: whole.toJSON(),
    frequency,
    sectionLengths: averageLengths(all.map((fields) => ({ ...fields }))),
    pageLengths: averageLengths(allPages.map((fields) => ({ ...fields }))),
  };
}

export interface Index extends SearchIndex {
  readonly frequency: ReadonlyMap<string, number>;
  readonly idf: Idf;
}

/** An index over `pages` from its state; `version` names that state. */
export function createIndex(pages: readonly Page[], state: IndexState, version: string): Index {
  const sectionEngine = MiniSearch.loadJS(state.sections as never, engineOptions(SECTION_FIELDS));
  const pageEngine = MiniSearch.loadJS(state.pages as never, engineOptions(PAGE_FIELDS));
  const byPath = new Map(pages.map((page) => [page.path, page]));
  const bySection = new Map<string, { page: Page; section: Section }>();
  for (const page of pages) for (const section of page.sections) bySection.set(section.id, { page, section });
  const frequency = new Map(Object.entries(state.frequency));
  const count = Math.max(1, bySection.size);
  // A word that no section has is the most telling one: it weighs as much as the rarest known.
  const idf: Idf = (term) =>
    Math.log(1 + (count - (frequency.get(term) ?? 0) + 0.5) / ((frequency.get(term) ?? 0) + 0.5));

  const ranked = new Map<string, Ranked>();
  const pageWeights = new Map<string, ReadonlyMap<string, number>>();
  const names = new Map<string, ReadonlySet<string>>();
  function facts(id: string): Ranked | undefined {
    const known = ranked.get(id);
    if (known) return known;
    const found = bySection.get(id);
    if (!found) return undefined;
    const { page, section } = found;
    const fields = sectionTerms(page, section);
    const ofPage = pageWeights.get(page.path) ?? weighPage(pageTerms(page), state.pageLengths);
    pageWeights.set(page.path, ofPage);
    const ofNames = names.get(page.path) ?? new Set([...fields.title, ...page.aliases.flatMap(terms)]);
    names.set(page.path, ofNames);
    const sequence = [...fields.title, ...fields.heading, "|", ...terms(plain(section.markdown))];
    const pairs = new Set<string>();
    for (let i = 1; i < sequence.length; i++) pairs.add(`${sequence[i - 1]} ${sequence[i]}`);
    const made: Ranked = {
      weights: weighSection(fields, state.sectionLengths),
      pageWeights: ofPage,
      pageId: page.id,
      title: fields.title,
      heading: fields.heading,
      names: ofNames,
      asks: [...section.asks, section.heading, ...(section.role === "lead" ? page.match : [])].map(
        (ask) => new Set(terms(ask)),
      ),
      pairs,
      role: section.role,
    };
    ranked.set(id, made);
    return made;
  }

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
    idf,
    async search(query) {
      const total = mass(query, idf);
      const look = lookups(query);
      if (!look.length || total <= 0) return [];
      const ask = {
        queries: look,
        combineWith: "OR" as const,
        boostTerm: (term: string) => query.terms.get(term) ?? 1,
      };
      const candidates = new Map<string, number>();
      const results = sectionEngine.search(ask);
      const best = results[0]?.score ?? 1;
      for (const result of results.slice(0, CANDIDATES)) candidates.set(String(result.id), result.score / best);
      for (const result of pageEngine.search(ask).slice(0, PAGES))
        for (const section of byPath.get(String(result.id))?.sections ?? [])
          if (section.role !== "flag" && !candidates.has(section.id)) candidates.set(section.id, 0);
      for (const page of pages)
        if (query.concepts.includes(page.id))
          for (const section of page.sections)
            if (section.role !== "flag" && !candidates.has(section.id)) candidates.set(section.id, 0);
      const hits: Hit[] = [];
      for (const [id, engine] of candidates) {
        const facts_ = facts(id);
        const found = bySection.get(id);
        if (!facts_ || !found) continue;
        hits.push({ section: id, page: found.page.path, ...rank(query, facts_, idf, total, engine) });
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
