/** Text -> the concepts named in it, through titles and aliases, in any spelling and with typos. */
import type { Page } from "./page.ts";
import type { Vocabulary } from "./vocabulary.ts";
import { clean, distance, key, keyParts, lemma, stem } from "./words.ts";

export interface Mention {
  readonly id: string;
  /** Positions in the units of the text, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** As it was written. */
  readonly said: string;
  /** Found only after a word was repaired. */
  readonly repaired: boolean;
}

export interface Unit {
  readonly raw: string;
  /** Lemma after repair. */
  readonly term: string;
  readonly repaired: boolean;
}

export interface Concepts {
  /** Words of the text as names are matched: stems, with unknown words repaired. */
  units(text: string): Unit[];
  /** Longest names first, left to right, without overlap. `loose` also takes `copy` for the instruction COPY. */
  find(units: readonly Unit[], loose?: boolean): Mention[];
  /** The concept that this whole phrase names. */
  exact(phrase: string): string | undefined;
  /** Ids of the names nearest to a phrase that names nothing, best first. */
  nearest(phrase: string, count: number): string[];
  /** A slip of a word that carries no subject. */
  isFillerSlip(word: string): boolean;
  title(id: string): string;
  names(): readonly { readonly id: string; readonly title: string }[];
}

const LONGEST = 6;
/** No name is longer, in UTF-16 units. */
const PHRASE = 200;

/** Instructions that are ordinary words: in running text only capitals mean the instruction. */
const ORDINARY = new Set([
  "add",
  "copy",
  "from",
  "run",
  "user",
  "label",
  "shell",
  "volume",
  "maintainer",
  "process",
  "service",
]);

/** Whether a name means an instruction by its capitals alone. */
export const inCapitals = (phrase: string): boolean => /^[A-Z]+$/.test(phrase) && ORDINARY.has(phrase.toLowerCase());

/** One way of writing a concept's name: its key, what it names, and whether it must be in capitals. */
export type Name = readonly [key: string, id: string, capitals: boolean];

/** Every name of every concept, titles first: an alias never takes another page's title away. */
export function nameTable(pages: readonly Page[]): Name[] {
  const table: Name[] = [];
  const add = (phrase: string, id: string) => {
    const parts = keyParts(phrase);
    if (parts.length && parts.length <= LONGEST) table.push([parts.join(" "), id, inCapitals(phrase)]);
  };
  const concepts = pages.filter((page) => page.kind !== "comparison" && page.kind !== "document");
  for (const page of concepts) add(page.title, page.id);
  // Somebody's own page is named by its title; a built-in name comes first.
  for (const page of pages) if (page.kind === "document") add(page.title, page.id);
  for (const page of concepts) {
    if (/^[a-z0-9-]+$/.test(page.id)) add(page.id.replaceAll("-", " "), page.id);
    for (const alias of page.aliases) add(alias, page.id);
  }
  return table;
}

export function createConcepts(pages: readonly Page[], table: readonly Name[], vocabulary: () => Vocabulary): Concepts {
  const named = new Map<string, { id: string; capitals: boolean }[]>();
  const joined = new Map<string, string>();
  const titles = new Map<string, string>();
  for (const page of pages) {
    if (page.kind === "comparison") continue;
    if (page.kind !== "command" || !titles.has(page.id)) titles.set(page.id, page.title);
  }
  for (const [name, id, capitals] of table) {
    const list = named.get(name) ?? [];
    if (!list.some((entry) => entry.id === id && entry.capitals === capitals)) list.push({ id, capitals });
    named.set(name, list);
    if (name.includes(" ") && !joined.has(name.replaceAll(" ", ""))) joined.set(name.replaceAll(" ", ""), id);
  }

  const at = (name: string, raw: readonly string[], loose: boolean): string | undefined => {
    const list = named.get(name);
    if (!list) return undefined;
    const capital = raw.every((word) => /^[A-Z]+$/.test(word));
    // "VOLUME" is the instruction; "volume" is it only where no page has the plain word as its name.
    const inCapitals = list.find((entry) => entry.capitals)?.id;
    const plain = list.find((entry) => !entry.capitals)?.id;
    return capital ? (inCapitals ?? plain) : (plain ?? (loose ? inCapitals : undefined));
  };

  return {
    units(text) {
      return [...clean(text).matchAll(/[\p{L}\p{N}.']+/gu)].flatMap(([raw]): Unit[] => {
        const word = raw.toLowerCase().replace(/^[.']+|(?<![.'])[.']+$/g, "");
        if (!word) return [];
        const term = lemma(word);
        if (vocabulary().isName(term) || named.has(term) || joined.has(term)) return [{ raw, term, repaired: false }];
        // A known word is left alone, unless it only looks known because its stem is: "kubernets".
        const better = vocabulary().repairName(term);
        const slip = better && (!vocabulary().has(stem(word)) || stem(better) === stem(word));
        return [{ raw, term: slip ? better : term, repaired: Boolean(slip) }];
      });
    },
    find(units, loose = false) {
      const found: Mention[] = [];
      for (let start = 0; start < units.length; ) {
        let step = 1;
        for (let length = Math.min(LONGEST, units.length - start); length > 0; length--) {
          const slice = units.slice(start, start + length);
          const name = slice.map((unit) => unit.term).join(" ");
          const id =
            at(
              name,
              slice.map((unit) => unit.raw),
              loose,
            ) ?? (length <= 3 ? joined.get(name.replaceAll(" ", "")) : undefined);
          if (id !== undefined) {
            found.push({
              id,
              start,
              end: start + length,
              said: slice.map((unit) => unit.raw).join(" "),
              repaired: slice.some((unit) => unit.repaired),
            });
            step = length;
            break;
          }
        }
        start += step;
      }
      return found;
    },
    exact(phrase) {
      if (phrase.length > PHRASE) return undefined;
      const raw = [...clean(phrase).matchAll(/[\p{L}\p{N}.']+/gu)].map(([word]) => word);
      return at(key(phrase), raw, true) ?? joined.get(keyParts(phrase).join(""));
    },
    nearest(phrase, count) {
      const wanted = key(phrase.slice(0, PHRASE));
      if (!wanted) return [];
      const parts = new Set(wanted.split(" "));
      const scored = new Map<string, number>();
      for (const [name, list] of named) {
        const id = list[0]?.id;
        if (!id) continue;
        const nameParts = name.split(" ");
        const shared = nameParts.filter((part) => parts.has(part)).length / Math.max(nameParts.length, parts.size);
        const edits = distance(wanted, name, 3);
        const near = edits <= 3 ? 1 - edits / Math.max(4, wanted.length) : 0;
        const score = Math.max(shared, near);
        if (score > 0.3 && score > (scored.get(id) ?? 0)) scored.set(id, score);
      }
      return [...scored]
        .sort((a, b) => b[1] - a[1])
        .slice(0, count)
        .map(([id]) => id);
    },
    isFillerSlip: (word) => !vocabulary().isName(lemma(word)) && vocabulary().isFillerSlip(word),
    title: (id) => titles.get(id) ?? id,
    names: () => [...titles].map(([id, title]) => ({ id, title })),
  };
}
