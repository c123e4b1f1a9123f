/**
 * An inverted index in typed arrays: for every term the units (sections or pages) that have it, and how much it weighs there.
 * One unit's weight is BM25F's length-normalised frequency over its fields, kept in one byte.
 */

/** Terms as numbers in the order they were first met; plain to store. */
export interface Postings {
  /** Where the list of each term begins; one more at the end. */
  readonly starts: Uint32Array;
  readonly units: Uint16Array | Uint32Array;
  readonly weights: Uint8Array;
}

/** Steps of a stored weight: fine enough that saturation hides the rest. */
const STEP = 16;
const MOST = 255;

/** How soon repeats stop to count (BM25). */
export const K1 = 1.2;

/** What a stored weight adds to a score, as a share of its term's worth: 1 for a term met once, at most K1 + 1. */
const GAIN = Float32Array.from({ length: MOST + 1 }, (_, stored) => {
  const tf = stored / STEP;
  return (tf * (K1 + 1)) / (tf + K1);
});

export const saturate = (tf: number): number => (tf * (K1 + 1)) / (tf + K1);

/** Gathers units one after another; `term` numbers come from the caller. */
export function collectPostings() {
  const units: number[][] = [];
  const weights: number[][] = [];
  let entries = 0;
  let highest = 0;
  return {
    add(unit: number, weighed: ReadonlyMap<number, number>) {
      highest = Math.max(highest, unit);
      for (const [term, weight] of weighed) {
        let list = units[term];
        if (!list) {
          list = [];
          units[term] = list;
          weights[term] = [];
        }
        list.push(unit);
        weights[term]?.push(Math.min(MOST, Math.max(1, Math.round(weight * STEP))));
        entries++;
      }
    },
    finish(terms: number): Postings {
      const starts = new Uint32Array(terms + 1);
      const flat = highest < 65_536 ? new Uint16Array(entries) : new Uint32Array(entries);
      const bytes = new Uint8Array(entries);
      let at = 0;
      for (let term = 0; term < terms; term++) {
        starts[term] = at;
        flat.set(units[term] ?? [], at);
        bytes.set(weights[term] ?? [], at);
        at += units[term]?.length ?? 0;
      }
      starts[terms] = at;
      return { starts, units: flat, weights: bytes };
    },
  };
}

/** A term that is looked for: what it is worth, and what stands in for it at a fraction where it is absent. */
export interface Wanted {
  readonly term: number | undefined;
  readonly worth: number;
  readonly instead: readonly number[];
}

export interface Scores {
  /** By unit. */
  readonly of: Float32Array;
  /** Worth of the wanted terms that the unit has. */
  readonly covered: Float32Array;
  /** Units that have anything. */
  readonly touched: readonly number[];
}

/** Scores every unit exactly, in time linear in the lists of the wanted terms. */
export function scoreUnits(
  { starts, units, weights }: Postings,
  count: number,
  wanted: readonly Wanted[],
  extra: readonly Wanted[],
  part: number,
): Scores {
  const of = new Float32Array(count);
  const covered = new Float32Array(count);
  const touched: number[] = [];
  const last = new Int32Array(count).fill(-1);
  const add = (term: number, worth: number, share: number, turn: number, counts: boolean) => {
    const end = starts[term + 1] ?? 0;
    for (let i = starts[term] ?? 0; i < end; i++) {
      const unit = units[i] ?? 0;
      if (last[unit] === turn && share < 1) continue;
      if (of[unit] === 0) touched.push(unit);
      last[unit] = turn;
      of[unit] = (of[unit] ?? 0) + share * worth * (GAIN[weights[i] ?? 0] ?? 0);
      if (counts) covered[unit] = (covered[unit] ?? 0) + share * worth;
    }
  };
  for (const [turn, { term, worth, instead }] of wanted.entries()) {
    if (term !== undefined) add(term, worth, 1, turn, true);
    for (const other of instead) add(other, worth, part, turn, true);
  }
  for (const { term, worth } of extra) if (term !== undefined) add(term, worth, 1, -2, false);
  return { of, covered, touched };
}

/** The `most` best of some units, unsorted ties by number, in time linear in their count. */
export function best(units: readonly number[], score: Float32Array, most: number): number[] {
  if (units.length <= most) return units.toSorted((a, b) => (score[b] ?? 0) - (score[a] ?? 0) || a - b);
  const values = Float32Array.from(units, (unit) => score[unit] ?? 0).sort();
  const least = values[values.length - most] ?? 0;
  return units
    .filter((unit) => (score[unit] ?? 0) >= least)
    .sort((a, b) => (score[b] ?? 0) - (score[a] ?? 0) || a - b)
    .slice(0, most);
}
