/** The words the library knows, and the nearest of them to a word it does not know. */
import { distance, FILLERS, stem } from "./words.ts";

export interface Vocabulary {
  /** Does any section hold this stem? */
  has(term: string): boolean;
  /** Is this lemma part of a title or an alias? */
  isName(word: string): boolean;
  /** The known stem that an unknown one most likely was meant to be. */
  repair(term: string): string | undefined;
  /** The same for a word of a name. */
  repairName(word: string): string | undefined;
  /** Is an unknown word a slip of one that carries no subject, "acutally" for "actually"? */
  isFillerSlip(word: string): boolean;
}

/** Letters as bits: two words within n edits differ in at most 2n of them, which rules out most words at once. */
function letters(word: string): number {
  let mask = 0;
  for (let i = 0; i < word.length; i++) {
    const at = word.charCodeAt(i) - 97;
    if (at >= 0 && at < 26) mask |= 1 << at;
  }
  return mask;
}

function bits(mask: number): number {
  let count = 0;
  for (let m = mask; m; m &= m - 1) count++;
  return count;
}

/** Edits that a word of this length may need: short words are too close to each other to guess. */
const allowed = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2);

type ByLength = ReadonlyMap<
  number,
  readonly { readonly word: string; readonly mask: number; readonly weight: number }[]
>;

function sorted(weight: ReadonlyMap<string, number>): ByLength {
  const out = new Map<number, { word: string; mask: number; weight: number }[]>();
  for (const [word, count] of weight) {
    if (word.length < 4 || !/^[a-z]+$/.test(word)) continue;
    const list = out.get(word.length) ?? [];
    list.push({ word, mask: letters(word), weight: count });
    out.set(word.length, list);
  }
  return out;
}

/** The nearest word with the same first letter; of equally near ones the heavier. */
function nearest(term: string, words: ByLength): string | undefined {
  const limit = allowed(term.length);
  if (!limit || term.length > 20 || !/^[a-z]+$/.test(term)) return undefined;
  const mask = letters(term);
  let best: { word: string; edits: number; weight: number } | undefined;
  for (let length = term.length - limit; length <= term.length + limit; length++) {
    for (const { word, mask: other, weight } of words.get(length) ?? []) {
      if (bits(mask ^ other) > 2 * limit || word[0] !== term[0]) continue;
      const edits = distance(term, word, limit);
      if (edits <= limit && (!best || edits < best.edits || (edits === best.edits && weight > best.weight)))
        best = { word, edits, weight };
    }
  }
  return best?.word;
}

/** Keeps the answers to the last words asked about. */
function remembered(find: (term: string) => string | undefined): (term: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (term) => {
    if (!known.has(term)) {
      if (known.size > 5000) known.clear();
      known.set(term, find(term));
    }
    return known.get(term);
  };
}

/** `weight` is how many sections hold a stem; `names` are the lemmas of titles and aliases. */
export function createVocabulary(weight: ReadonlyMap<string, number>, names: ReadonlySet<string>): Vocabulary {
  // A word that a single section has may itself be a slip.
  const common = new Map([...weight].filter(([, count]) => count > 1));
  for (const name of names) common.set(stem(name), (weight.get(stem(name)) ?? 0) + 1000);
  const words = sorted(common);
  const nameWords = sorted(new Map([...names].map((name) => [name, weight.get(stem(name)) ?? 0])));
  const fillers = sorted(new Map([...FILLERS].map((word) => [word, 1])));
  const slip = remembered((word) => nearest(word, fillers));
  return {
    has: (term) => weight.has(term),
    isName: (word) => names.has(word),
    repair: remembered((term) => (term.length === 4 ? undefined : nearest(term, words))),
    isFillerSlip: (word) => word.length > 4 && slip(word) !== undefined,
    repairName: remembered((word) => nearest(word, nameWords)),
  };
}
