/** In which order tips come. */
import { describe, expect, test } from "vitest";
import type { Page } from "../../src/library/page.ts";
import { deckOf, nextTip, tipsFor } from "../../src/tips/deck.ts";
import { library } from "../support/tutor.ts";

const blank = library().pages.find(({ kind }) => kind === "concept") as Page;
const page = (id: string, rest: Partial<Page> = {}): Page => ({
  ...blank,
  path: `concepts/x/${id}.md`,
  id,
  title: id,
  area: "x",
  level: "beginner",
  requires: [],
  tips: [`first of ${id}`, `second of ${id}`],
  ...rest,
});
const order = (pages: readonly Page[]): string[] => deckOf(pages).map(({ markdown }) => markdown);

describe("the deck of the real pages", () => {
  const deck = deckOf(library().pages);

  test("holds every tip once, each with an id of its own that fits a button", () => {
    expect(deck).toHaveLength(
      new Set(library().pages.flatMap(({ id, tips }) => tips.map((tip) => `${id} ${tip}`))).size,
    );
    expect(new Set(deck.map(({ id }) => id)).size).toBe(deck.length);
    expect(Math.max(...deck.map(({ id }) => id.length))).toBeLessThanOrEqual(60);
  });

  test("has all tips of a prerequisite before any tip of what needs it", () => {
    const last = new Map(deck.map(({ page: { id } }, at) => [id, at]));
    const early = deck.flatMap(({ page }, at) =>
      page.requires.filter((id) => (last.get(id) ?? -1) > at).map((id) => `${page.id} before ${id}`),
    );
    expect(early).toEqual([]);
  });

  test("changes the topic from day to day while there are topics to change to", () => {
    const start = deck.slice(0, 40).map(({ page }) => page.area);
    expect(start.filter((area, i) => area === start[i - 1]).length).toBeLessThanOrEqual(2);
  });
});

describe("a deck", () => {
  test("keeps its ids when a page's tips are moved or joined by others", () => {
    const ids = (tips: string[]) => deckOf([page("a", { tips })]).map(({ id }) => id);
    const [one, two] = ids(["one", "two"]);
    expect(ids(["two", "new", "one"])).toEqual([two, expect.any(String), one]);
  });

  test("waits for prerequisites even where the simpler page needs the harder one", () => {
    const pages = [page("easy", { requires: ["hard"] }), page("hard", { level: "advanced" })];
    expect(order(pages)).toEqual(["first of hard", "second of hard", "first of easy", "second of easy"]);
  });

  test("comes to an end in spite of a circle", () => {
    expect(order([page("a", { requires: ["b"] }), page("b", { requires: ["a"] })])).toHaveLength(4);
  });

  test("is cut to topics and a level without losing its order", () => {
    const deck = deckOf([page("a", { area: "y" }), page("b"), page("c", { level: "advanced" })]);
    const ids = (areas: string[], level?: "advanced") => tipsFor(deck, { areas, level }).map(({ page }) => page.id);
    expect(new Set(ids(["x"]))).toEqual(new Set(["b", "c"]));
    expect(new Set(ids([], "advanced"))).toEqual(new Set(["c"]));
    expect(ids(["y"], "advanced")).toEqual([]);
  });

  test("repeats nothing until it is used up, and then begins again", () => {
    const deck = deckOf([page("a"), page("b")]);
    const used = new Set<string>();
    for (let day = 0; day < deck.length; day++) {
      const next = nextTip(deck, used);
      expect(next?.newRound).toBe(false);
      if (!next || used.has(next.tip.id)) throw new Error("a tip came twice");
      used.add(next.tip.id);
    }
    expect(nextTip(deck, used)).toEqual({ tip: deck[0], newRound: true });
    expect(nextTip([], used)).toBeUndefined();
  });
});
