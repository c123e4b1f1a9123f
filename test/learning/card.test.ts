/** A learner's memory of a question: the same answers at the same times always give the same card. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { grade, strength } from "../../src/learning/card.ts";
import { DAY, MINUTE, NOW } from "../support/store.ts";

/** Answers with the hours between them -> when each is due, counted from its answer. */
function play(answers: readonly (readonly [right: boolean, hours: number])[]): number[] {
  let state: string | undefined;
  let now = NOW;
  return answers.map(([right, hours]) => {
    now += hours * 60 * MINUTE;
    const graded = grade(state, right, now);
    state = graded.state;
    return graded.dueAt - now;
  });
}

describe("a card", () => {
  test("that is right each time it is due comes back after 10 minutes, 2 days and 11 days", () => {
    let state: string | undefined;
    let now = NOW;
    const gaps = [1, 2, 3].map(() => {
      const graded = grade(state, true, now);
      const gap = graded.dueAt - now;
      state = graded.state;
      now = graded.dueAt;
      return gap;
    });
    expect(gaps).toEqual([10 * MINUTE, 2 * DAY, 11 * DAY]);
  });

  test("that was missed comes back within minutes", () => {
    expect(play([[false, 0]])).toEqual([MINUTE]);
    expect(
      play([
        [true, 0],
        [true, 1],
        [true, 72],
        [false, 300],
      ]).at(-1),
    ).toBeLessThanOrEqual(10 * MINUTE);
  });

  test("is the same for the same answers, due after its answer, and never earlier for a right one", () => {
    const answers = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 2000 })), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(answers, (list) => {
        const gaps = play(list);
        expect(play(list)).toEqual(gaps);
        for (const gap of gaps) expect(gap).toBeGreaterThan(0);
        const before = list.slice(0, -1);
        expect(play([...before, [true, 5]]).at(-1)).toBeGreaterThanOrEqual(play([...before, [false, 5]]).at(-1) ?? 0);
      }),
      { numRuns: 100 },
    );
  });

  test("fades: its strength falls with the days and is whole after an answer", () => {
    const { state } = grade(grade(undefined, true, NOW).state, true, NOW + DAY);
    expect(strength(state, NOW + DAY)).toBeCloseTo(1);
    expect(strength(state, NOW + 30 * DAY)).toBeLessThan(strength(state, NOW + 3 * DAY));
  });

  test.each(["", "not json", "{}", "null", '{"stability":"x"}', '{"due":"yesterday"}'])(
    "that cannot be read (%j) starts anew",
    (state) => {
      expect(grade(state, true, NOW)).toEqual(grade(undefined, true, NOW));
      expect(strength(state, NOW)).toBe(0);
    },
  );

  test("survives a clock that jumps back", () => {
    const { state } = grade(undefined, true, NOW);
    expect(grade(state, true, NOW - DAY).dueAt).toBeGreaterThan(NOW - DAY);
  });
});
