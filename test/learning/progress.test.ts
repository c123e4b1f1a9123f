/** Cards -> what a learner knows. */
import { describe, expect, test } from "vitest";
import type { Card } from "../../src/core/learners.ts";
import { bankOf } from "../../src/learning/bank.ts";
import { bars, progressOf } from "../../src/learning/progress.ts";
import { DAY, NOW } from "../support/store.ts";
import { library } from "../support/tutor.ts";

const bank = bankOf(library());
const cardsOn = (concept: string, ...right: readonly boolean[]): Card[] =>
  right.map((each, at) => ({
    question: bank.about(concept)[at]?.id ?? "",
    concept,
    area: "storage",
    state: "",
    dueAt: each ? NOW + DAY : NOW - 1,
    right: each,
    answers: 1,
  }));
const made = (cards: readonly Card[], placed: readonly string[] = []) => progressOf(cards, placed, library(), NOW);

describe("a concept", () => {
  test.each([
    ["two right answers", [true, true], "known"],
    ["one right answer", [true], "started"],
    ["a wrong one among them", [true, false], "shaky"],
    ["no answer", [], "new"],
  ] as const)("with %s is %s", (_, right, expected) => {
    expect(made(cardsOn("volume", ...right)).standing("volume")).toBe(expected);
  });

  test("that a check has placed is known with all below it, until an answer is wrong", () => {
    expect(made([], ["volume"]).standing("writable-layer")).toBe("placed");
    expect(made([], ["volume"]).known.has("union-fs")).toBe(true);
    expect(made(cardsOn("volume", false), ["volume"]).known.has("volume")).toBe(false);
  });
});

test("a question that is no more counts nowhere", () => {
  const [card] = cardsOn("volume", false);
  const { due, missed, answered } = made(card ? [{ ...card, question: "volume.gone00" }] : []);
  expect({ due, missed, answered }).toEqual({ due: 0, missed: 0, answered: 0 });
});

test("what is due and what comes next", () => {
  const { due, nextDueAt, missed } = made(cardsOn("volume", true, false));
  expect({ due, nextDueAt, missed }).toEqual({ due: 1, nextDueAt: NOW + DAY, missed: 1 });
});

test("bars are full only for everything, show the first concept, and fit a phone", () => {
  const lines = [
    { area: "orchestration", known: 1, total: 29 },
    { area: "storage", known: 6, total: 6 },
    { area: "images", known: 15, total: 16 },
    { area: "running", known: 0, total: 12 },
  ];
  expect(bars(lines).split("\n")).toEqual([
    "Orchestration  █░░░░░░░░░  1/29",
    "Storage        ██████████  6/6",
    "Images         █████████░  15/16",
    "Running        ░░░░░░░░░░  0/12",
  ]);
  for (const line of bars(lines).split("\n")) expect(line.length).toBeLessThanOrEqual(38);
});
