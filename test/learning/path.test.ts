/** What builds on what: the next concept, the way to a goal, the placement check. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bankOf } from "../../src/learning/bank.ts";
import { graphOf, nextSteps, wayTo } from "../../src/learning/path.ts";
import { MOST_QUESTIONS, placement } from "../../src/learning/placement.ts";
import { library } from "../support/tutor.ts";

const graph = graphOf(library());
const bank = bankOf(library());
const someKnown = fc.subarray([...graph.concepts]).map((ids) => new Set(ids));

describe("the graph", () => {
  test("names each concept after all it builds on", () => {
    const at = new Map(graph.concepts.map((id, place) => [id, place]));
    for (const id of graph.concepts)
      for (const each of graph.requires(id)) expect(at.get(each), `${each} before ${id}`).toBeLessThan(at.get(id) ?? 0);
  });

  test("knows what lies below and above", () => {
    expect([...graph.before("pod")]).toEqual(expect.arrayContaining(["container", "process", "orchestrator"]));
    expect(graph.after("process").has("pod")).toBe(true);
  });
});

describe("the next step", () => {
  test("for a beginner builds on nothing and is easy", () => {
    const [first] = nextSteps(graph, new Set());
    expect(graph.requires(first?.id ?? "")).toEqual([]);
    expect(graph.page(first?.id ?? "")?.level).toBe("beginner");
  });

  test("never has something unknown below it and is never known already", () => {
    fc.assert(
      fc.property(someKnown, (known) => {
        for (const { id } of nextSteps(graph, known)) {
          expect(known.has(id)).toBe(false);
          for (const each of graph.requires(id)) expect(known.has(each), `${each} below ${id}`).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("leads through everything in the end", () => {
    const known = new Set<string>();
    for (let next = nextSteps(graph, known)[0]; next; next = nextSteps(graph, known)[0]) known.add(next.id);
    expect(known.size).toBe(graph.concepts.length);
  });

  test("is what was begun before what was not", () => {
    expect(nextSteps(graph, new Set(), { begun: new Set(["union-fs"]) })[0]?.id).toBe("union-fs");
  });
});

test("the way to a goal ends there and each step builds on those before it", () => {
  fc.assert(
    fc.property(someKnown, fc.constantFrom(...graph.concepts), (known, goal) => {
      const way = wayTo(graph, goal, known);
      if (known.has(goal)) expect(way).not.toContain(goal);
      else expect(way.at(-1)).toBe(goal);
      const reached = new Set(known);
      for (const id of way) {
        for (const each of graph.requires(id)) expect(reached.has(each)).toBe(true);
        reached.add(id);
      }
    }),
    { numRuns: 60 },
  );
});

describe("the placement check", () => {
  const sure = (answers: string) => placement(answers, "seed", graph, bank);

  test("asks eight questions at most, whatever is answered, and no concept twice", () => {
    for (let bits = 0; bits < 256; bits += 5) {
      const { asked, next } = sure(bits.toString(2).padStart(8, "0"));
      expect(next).toBeUndefined();
      expect(asked.length).toBeLessThanOrEqual(MOST_QUESTIONS);
      expect(new Set(asked.map(({ id }) => id)).size).toBe(asked.length);
    }
  });

  test("is the same for the same answers, and goes on differently after others", () => {
    expect(sure("1").next?.id).toBe(sure("1").next?.id);
    expect(sure("1").next?.page.id).not.toBe(sure("0").next?.page.id);
  });

  test("takes what a right answer builds on as known, and nothing from wrong ones", () => {
    const { asked, known } = sure("11110000");
    for (const { id, right } of asked) {
      expect(known.has(id)).toBe(right);
      if (right) for (const each of graph.before(id)) expect(known.has(each)).toBe(true);
    }
    expect(sure("00000000").known.size).toBe(0);
    expect(sure("11111111").known.size).toBeGreaterThan(graph.concepts.length / 4);
  });
});
