/** Chance without dice: a text decides, so that the same turn gives the same quiz again after a restart. */

/** 32 bits of a text (FNV-1a with a final mix): spread, not secret. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** A text as a few letters and digits, for button ids. */
export const short = (text: string, length = 6): string => hash(text).toString(36).padStart(7, "0").slice(-length);

/** An option's key in a button: made from its words. */
export const optionKey = (text: string): string => short(text, 3);

/** The same things in an order that the seed decides. */
export const shuffled = <T>(things: readonly T[], seed: string): T[] =>
  things
    .map((thing, at) => ({ thing, at, rank: hash(`${seed} ${at}`) }))
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .map(({ thing }) => thing);

/** One of the things; undefined where there are none. */
export const pick = <T>(things: readonly T[], seed: string): T | undefined => things[hash(seed) % (things.length || 1)];
