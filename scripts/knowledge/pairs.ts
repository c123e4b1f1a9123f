/** How many pairs of the whole set can be compared, and which of those that people meet cannot. */
import { comparable } from "../../src/answering/compare.ts";
import type { Library } from "../../src/library/library.ts";
import type { Page } from "../../src/library/page.ts";

export interface Pairs {
  /** Ids in the set. */
  readonly ids: number;
  readonly pairs: number;
  readonly authored: number;
  readonly aspects: number;
  readonly none: readonly (readonly [string, string])[];
}

/** Pairs over all concepts, or over all concepts and commands. */
export function countPairs(library: Library, kinds: readonly Page["kind"][]): Pairs {
  const ids = [...new Set(library.pages.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id))];
  let authored = 0;
  let aspects = 0;
  const none: (readonly [string, string])[] = [];
  ids.forEach((a, i) => {
    for (const b of ids.slice(i + 1)) {
      const how = comparable(a, b, library);
      if (how === "authored") authored += 1;
      else if (how === "aspects") aspects += 1;
      else none.push([a, b]);
    }
  });
  return { ids: ids.length, pairs: (ids.length * (ids.length - 1)) / 2, authored, aspects, none };
}

/** A pair that the pages themselves bring together, and where. */
export interface Popular {
  readonly pair: readonly [string, string];
  readonly why: string;
}

/** Popular is a pair that a page names: in requires or related, or by a heading about two concepts. */
export function popularPairs(library: Library): Popular[] {
  const found = new Map<string, Popular>();
  const add = (a: string, b: string, why: string) => {
    const [first, second] = a < b ? [a, b] : [b, a];
    const name = `${first} ${second}`;
    if (a !== b && !found.has(name)) found.set(name, { pair: [first, second], why });
  };
  const subjects = new Set(library.pages.filter(isSubject).map(({ id }) => id));
  for (const page of library.pages.filter(isSubject)) {
    for (const id of [...page.requires, ...page.related])
      if (subjects.has(id)) add(page.id, id, `${page.path} links to it`);
    for (const { heading, role } of page.sections) {
      if (role !== "body") continue;
      const named = library.concepts.find(library.concepts.units(heading)).map(({ id }) => id);
      // "How it differs from a VM" compares with the page's own subject.
      const ids = [...new Set(/differ|\bvs\b|\bor\b|compare|unlike/i.test(heading) ? [page.id, ...named] : named)];
      for (const [i, a] of ids.entries())
        for (const b of ids.slice(i + 1))
          if (subjects.has(a) && subjects.has(b)) add(a, b, `${page.path}: "${heading}"`);
    }
  }
  return [...found.values()];
}

const isSubject = ({ kind }: Page): boolean => kind === "concept" || kind === "command";

/** The report as lines. */
export function pairsReport(library: Library): string[] {
  const row = (name: string, { ids, pairs, authored, aspects, none }: Pairs) =>
    `${name}: ${ids} ids, ${pairs} pairs: ${authored} authored, ${aspects} from three shared aspects or more, ${none.length} not.`;
  const popular = popularPairs(library).map((each) => ({ ...each, how: comparable(...each.pair, library) }));
  const count = (how: "authored" | "aspects" | undefined) => popular.filter((each) => each.how === how).length;
  return [
    row("concepts", countPairs(library, ["concept"])),
    row("concepts and commands", countPairs(library, ["concept", "command"])),
    `popular (a page requires, relates or names both in a heading): ${popular.length} pairs: ${count("authored")} authored, ${count("aspects")} from aspects, ${count(undefined)} not.`,
    ...popular.filter(({ how }) => !how).map(({ pair, why }) => `cannot be compared: ${pair.join(" + ")} (${why})`),
  ];
}
