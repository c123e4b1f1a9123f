/** Which of the numbered questions were answered, and which more than once. */

export interface Tally {
  readonly answered: number;
  readonly lost: number;
  readonly twice: number;
}

/** Questions are named `question1` to `question<asked>`; each text is an answer that repeats its question's name. */
export function tally(texts: readonly string[], asked: number): Tally {
  const times = new Map<string, number>();
  for (const text of texts) {
    const name = /question(\d+)/.exec(text)?.[1];
    if (name) times.set(name, (times.get(name) ?? 0) + 1);
  }
  return {
    answered: times.size,
    lost: asked - times.size,
    twice: [...times.values()].filter((each) => each > 1).length,
  };
}
