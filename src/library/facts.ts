/** What ranking needs to know of each section: computed when it first becomes a candidate, then kept. */
import type { Page, Section } from "./page.ts";
import type { Ask, Idf, Ranked } from "./rank.ts";
import { plain } from "./sections.ts";
import { type Lengths, PAGE_WEIGHT, pageTerms, SECTION_WEIGHT, sectionTerms, weigh } from "./terms.ts";
import { terms } from "./words.ts";

interface OfPage {
  readonly weights: ReadonlyMap<string, number>;
  readonly names: ReadonlySet<string>;
}

/** A section's facts by its id; undefined for an id that is not there. */
export function sectionFacts(
  sections: ReadonlyMap<string, { readonly page: Page; readonly section: Section }>,
  lengths: { readonly sectionLengths: Lengths; readonly pageLengths: Lengths },
  idf: Idf,
): (id: string) => (Ranked & { readonly path: string }) | undefined {
  const known = new Map<string, Ranked & { readonly path: string }>();
  const pages = new Map<string, OfPage>();

  function ofPage(page: Page): OfPage {
    const made = pages.get(page.path) ?? {
      weights: weigh(
        {
          ...pageTerms(
            page,
            page.sections.map((section) => sectionTerms(page, section)),
          ),
        },
        PAGE_WEIGHT,
        lengths.pageLengths,
      ),
      names: new Set([page.title, ...page.aliases].flatMap(terms)),
    };
    pages.set(page.path, made);
    return made;
  }

  function make(page: Page, section: Section): Ranked & { readonly path: string } {
    const { weights, names } = ofPage(page);
    const fields = sectionTerms(page, section);
    const sequence = [...fields.title, ...fields.heading, "|", ...terms(plain(section.markdown))];
    const phrasings = [...section.asks, section.heading, ...(section.role === "lead" ? page.match : [])];
    const asks = phrasings.map((phrasing): Ask => {
      const said = new Set(terms(phrasing));
      let worth = 0;
      for (const term of said) if (!names.has(term)) worth += idf(term);
      return { terms: said, worth };
    });
    return {
      path: page.path,
      pageId: page.id,
      weights: weigh({ ...fields }, SECTION_WEIGHT, lengths.sectionLengths),
      pageWeights: weights,
      title: fields.title,
      names,
      asks,
      pairs: new Set(sequence.slice(1).map((term, i) => `${sequence[i]} ${term}`)),
    };
  }

  return (id) => {
    const found = sections.get(id);
    const made = known.get(id) ?? (found && make(found.page, found.section));
    if (made) known.set(id, made);
    return made;
  };
}
