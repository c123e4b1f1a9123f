/** Questions and their ids: what buttons carry for weeks. */
import { describe, expect, test } from "vitest";
import { encodeCall } from "../../src/core/turn.ts";
import { bankOf, choicesFor } from "../../src/learning/bank.ts";
import { openLibrary } from "../../src/library/open.ts";
import { concept, knowledge } from "../support/folder.ts";
import { keptLog, library } from "../support/tutor.ts";

const quiz = (question: string, options: readonly string[]): string => `quiz:
  - question: ${question}
    options:
${options.map((text, at) => `      - { text: ${text}, ${at === 0 ? "right: true" : "belief: something else"}, why: so it is }`).join("\n")}`;

const bankWith = (more: string) =>
  bankOf(
    openLibrary(
      { builtin: knowledge({ "concepts/containers/a.md": concept({ id: "a", more }) }), own: [] },
      keptLog(),
    ).current(),
  );

describe("a question's id", () => {
  const items = bankOf(library()).items;

  test("is unique, and so is each option's key within its question", () => {
    expect(new Set(items.map((item) => item.id)).size).toBe(items.length);
    expect(items.length).toBeGreaterThan(300);
    for (const item of items) expect(new Set(item.choices.map((choice) => choice.key)).size).toBe(item.choices.length);
  });

  test("fits a button together with the longest topic", () => {
    const longest = items.reduce((a, b) => (a.id.length > b.id.length ? a : b));
    expect(() =>
      encodeCall({ command: "lesson.answer", args: { q: longest.id, p: "abc", s: "abcdef", n: "8" } }),
    ).not.toThrow();
    expect(() =>
      encodeCall({ command: "quiz.next", args: { topic: longest.page.id, last: longest.id } }),
    ).not.toThrow();
  });

  test("stays when options are reordered or reworded, and goes with the question's words", () => {
    const id = bankWith(quiz("What is it?", ["one", "two", "three"])).items[0]?.id;
    expect(bankWith(quiz("What is it?", ["three", "one", "two"])).items[0]?.id).toBe(id);
    expect(bankWith(quiz("What was it?", ["one", "two", "three"])).items[0]?.id).not.toBe(id);
  });

  test("every concept, command and error has two questions at least", () => {
    const kinds = ["concept", "command", "error"];
    const few = library().pages.filter(
      (page) => kinds.includes(page.kind) && items.filter((item) => item.page === page).length < 2,
    );
    expect(few.map((page) => page.id)).toEqual([]);
  });

  test("has one right option and at least two wrong ones, no two of them the same, each explained", () => {
    for (const { id, question } of items) {
      expect(
        question.options.filter((each) => each.right),
        id,
      ).toHaveLength(1);
      expect(question.options.length, id).toBeGreaterThan(2);
      expect(new Set(question.options.map((each) => each.text.toLowerCase())).size, id).toBe(question.options.length);
      for (const each of question.options) expect(each.why, id).not.toBe("");
    }
  });

  test("made from facts gives no name away and reads a section that is there", () => {
    for (const { id, page, question } of items.filter((item) => !item.page.quiz.includes(item.question))) {
      const right = question.options.find((each) => each.right)?.text ?? "";
      if (right.startsWith("`")) expect(question.question.includes(right), id).toBe(false);
      const read = question.read ?? "";
      expect(
        page.sections.some(({ heading }) => heading === read),
        `${id} ${read}`,
      ).toBe(true);
    }
  });
});

describe("the order of options", () => {
  test("is the same for one asking and differs between askings", () => {
    const [item] = bankOf(library()).items;
    if (!item) throw new Error("no question");
    const keys = (seed: string) =>
      choicesFor(item, seed)
        .map((choice) => choice.key)
        .join();
    expect(keys("x")).toBe(keys("x"));
    expect(new Set(["a", "b", "c", "d", "e", "f", "g", "h"].map(keys)).size).toBeGreaterThan(2);
  });

  test("puts the right one everywhere alike, wherever the page has it", () => {
    const places = [0, 0, 0];
    for (const item of bankOf(library()).items.filter((each) => each.choices.length === 3))
      for (const seed of ["one", "two", "three", "four", "five"]) {
        const at = choicesFor(item, seed).findIndex((choice) => choice.right);
        places[at] = (places[at] ?? 0) + 1;
      }
    const all = places.reduce((a, b) => a + b, 0);
    for (const count of places) expect(Math.abs(count / all - 1 / 3)).toBeLessThan(0.06);
  });
});
