/** The words the library knows, and the nearest of them to a word it does not know. */
import { distance } from "./words.ts";

export interface Vocabulary {
  has(term: string): boolean;
  /** The known word that an unknown one most likely was meant to be. */
  repair(term: string): string | undefined;
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

/** `weight` is how many sections hold the word; `names` are the words of titles and aliases, preferred when repairing. */
export function createVocabulary(weight: ReadonlyMap<string, number>, names: ReadonlySet<string>): Vocabulary {
  const byLength = new Map<number, { word: string; mask: number; weight: number }[]>();
  for (const [word, count] of new Map([
    ...weight,
    ...[...names].map((name) => [name, (weight.get(name) ?? 0) + 1000] as const),
  ])) {
    if (word.length < 4 || !/^[a-z]+$/.test(word) || (count < 2 && !names.has(word))) continue;
    const list = byLength.get(word.length) ?? [];
    list.push({ word, mask: letters(word), weight: count });
    byLength.set(word.length, list);
  }
  const known = new Map<string, string | undefined>();
  return {
    has: (term) => weight.has(term) || names.has(term),
    repair(term) {
      const limit = allowed(term.length);
      if (!limit || term.length > 20 || !/^[a-z]+$/.test(term)) return undefined;
      if (known.has(term)) return known.get(term);
      const mask = letters(term);
      let best: { word: string; edits: number; weight: number } | undefined;
      for (let length = term.length - limit; length <= term.length + limit; length++) {
        for (const entry of byLength.get(length) ?? []) {
          if (bits(mask ^ entry.mask) > 2 * limit || entry.word[0] !== term[0]) continue;
          if (term.length === 4 && !names.has(entry.word)) continue;
          const edits = distance(term, entry.word, limit);
          if (edits > limit) continue;
          if (!best || edits < best.edits || (edits === best.edits && entry.weight > best.weight))
            best = { word: entry.word, edits, weight: entry.weight };
        }
      }
      if (known.size > 5000) known.clear();
      known.set(term, best?.word);
      return best?.word;
    },
  };
}
