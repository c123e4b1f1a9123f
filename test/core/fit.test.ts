/** Pages that a platform accepts: nothing is lost, and what is split stays whole in kind. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Limits, fit as onPages } from "../../src/core/fit.ts";
import { type Block, lineText, plainText, type Span } from "../../src/core/reply.ts";

const SEED = Number(process.env.SEED) || Math.floor(Math.random() * 2 ** 31);
console.log(`fit: seed ${SEED} (SEED=${SEED} repeats this run)`);
// The time limit ends an endless search for the smallest example, not the runs.
const always = { seed: SEED, numRuns: 300, interruptAfterTimeLimit: 20_000 };

const word = fc.oneof(
  { weight: 8, arbitrary: fc.stringMatching(/^[a-z]{1,12}$/) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }).map((t) => `x${t.replace(/\s/gu, "")}`),
  },
  { weight: 1, arbitrary: fc.constantFrom("```", "|", "**", "1.", "- ", "> q", "🐳🐳🐳") },
);
const phrase = fc.array(word, { minLength: 1, maxLength: 60 }).map((words) => words.join(" "));
const short = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(" "));
const span: fc.Arbitrary<Span> = fc.oneof(
  phrase.map((text) => `${text} `),
  fc.record({ kind: fc.constantFrom("strong" as const, "code" as const), text: short }),
  fc.record({ kind: fc.constant("link" as const), text: short, href: fc.constant("https://example.org/") }),
);
const line = fc.array(span, { minLength: 1, maxLength: 5 });
const lineOrNothing = fc.array(span, { maxLength: 4 });
const table = fc.integer({ min: 1, max: 4 }).chain((columns) =>
  fc.record({
    kind: fc.constant("table" as const),
    head: fc.array(fc.stringMatching(/^[a-z]{0,8}$/), { minLength: columns, maxLength: columns }),
    rows: fc.array(fc.array(lineOrNothing, { minLength: columns, maxLength: columns }), {
      minLength: 1,
      maxLength: 12,
    }),
  }),
);
const item = fc.record({ depth: fc.constantFrom(0 as const, 0 as const, 1 as const), line });
const call = { command: "help", args: {} };
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant("heading" as const), text: short }),
  fc.record({ kind: fc.constant("text" as const), line }),
  fc.record({ kind: fc.constant("note" as const), tone: fc.constantFrom("tip" as const, "warning" as const), line }),
  fc.record({
    kind: fc.constant("list" as const),
    ordered: fc.boolean(),
    items: fc.array(item, { minLength: 1, maxLength: 20 }),
  }),
  fc.record({
    kind: fc.constant("code" as const),
    language: fc.constantFrom("", "sh", "dockerfile"),
    text: fc.array(phrase, { minLength: 1, maxLength: 20 }).map((rows) => rows.join("\n")),
  }),
  table,
  fc.record({ kind: fc.constant("figure" as const), diagram: fc.constant("docker-architecture"), alt: short }),
  fc.record({
    kind: fc.constant("sources" as const),
    sources: fc.array(fc.record({ title: short, page: fc.constant("a.md") }), { minLength: 1, maxLength: 6 }),
  }),
  fc.record({
    kind: fc.constant("buttons" as const),
    buttons: fc.array(fc.record({ label: short, call: fc.constant(call) }), { minLength: 1, maxLength: 6 }),
  }),
);
const blocks = fc.array(block, { maxLength: 8 });

/** As a platform counts that sends text: what is read, and an empty line between blocks. */
const size = (each: Block): number =>
  each.kind === "buttons"
    ? each.buttons.reduce((sum, button) => sum + button.label.length + 4, 0)
    : plainText([each]).length + 2;
// The tightest place of all platforms, a field of an embed, has 1,024 characters.
const limits: fc.Arbitrary<Limits> = fc.record({
  size: fc.constant(size),
  page: fc.integer({ min: 1024, max: 4000 }),
  blocks: fc.integer({ min: 1, max: 20 }),
});

/** What a block says, without its marks and without what is repeated on purpose. */
function said(each: Block): string {
  switch (each.kind) {
    case "heading":
    case "code":
      return each.text;
    case "text":
    case "note":
      return lineText(each.line);
    case "list":
      return each.items.map((entry) => lineText(entry.line)).join("\n");
    case "table":
      return each.rows.map((row) => row.map(lineText).join("\n")).join("\n");
    case "figure":
      return each.alt;
    case "buttons":
      return each.buttons.map((button) => button.label).join("\n");
    case "sources":
      return each.sources.map((source) => source.title).join("\n");
    default:
      return each satisfies never;
  }
}
/** Letters in a fixed order: a row that is cut goes on in the next row, cell by cell. */
const letters = (all: readonly Block[]): string => [...all.map(said).join("").replace(/\s+/gu, "")].sort().join("");
const words = (all: readonly Block[]): string[] => all.map(said).join(" ").split(/\s+/u).filter(Boolean).sort();

describe("every reply on pages", () => {
  test("obeys the limits on each of them", () => {
    fc.assert(
      fc.property(blocks, limits, (reply, bounds) => {
        for (const page of onPages(reply, bounds)) {
          expect(page.length).toBeGreaterThan(0);
          expect(page.length).toBeLessThanOrEqual(bounds.blocks);
          expect(page.reduce((sum, each) => sum + size(each), 0)).toBeLessThanOrEqual(bounds.page);
        }
      }),
      always,
    );
  });

  test("says every word, and every block in its order", () => {
    fc.assert(
      fc.property(blocks, limits, (reply, bounds) => {
        const all = onPages(reply, bounds).flat();
        expect(letters(all)).toBe(letters(reply));
        // Lines of code may be cut in a word where nothing else helps; nothing else is.
        const proper = (list: readonly Block[]) => words(list.filter((each) => each.kind !== "code"));
        expect(proper(all)).toEqual(proper(reply));
        const kinds = all.map((each) => each.kind);
        expect(kinds.filter((kind, i) => kind !== kinds[i - 1])).toEqual(
          reply.map((each) => each.kind).filter((kind, i, list) => kind !== list[i - 1]),
        );
      }),
      always,
    );
  });

  test("is untouched where it fits", () => {
    fc.assert(
      fc.property(blocks, (reply) => {
        const roomy: Limits = { size, page: 1_000_000, blocks: 1000 };
        expect(onPages(reply, roomy)).toEqual(reply.length ? [reply] : []);
      }),
      always,
    );
  });

  test("has each list's numbers going on from page to page", () => {
    const ordered = fc.record({
      kind: fc.constant("list" as const),
      ordered: fc.constant(true),
      start: fc.integer({ min: 2, max: 90 }),
      items: fc.array(item, { minLength: 1, maxLength: 40 }),
    });
    fc.assert(
      fc.property(ordered, limits, (list, bounds) => {
        // Follows the numbers as a reader sees them: each numbered item must carry the one it had.
        const numbers = (all: readonly Block[]) =>
          all.flatMap((each) => {
            if (each.kind !== "list") return [];
            let number = (each.start ?? 1) - 1;
            return each.items.flatMap((entry) => (entry.depth === 0 ? [++number] : []));
          });
        expect(numbers(onPages([list], bounds).flat())).toEqual(numbers([list]));
      }),
      always,
    );
  });
});

const bounds = (page: number, most = 10): Limits => ({ size, page, blocks: most });
const many = (count: number, text: string): string => Array.from({ length: count }, () => text).join(" ");

describe("what is split", () => {
  test("a fence is a whole fence on every page", () => {
    const text = Array.from({ length: 200 }, (_, i) => `RUN step ${i}`).join("\n");
    const pages = onPages([{ kind: "code", language: "dockerfile", text }], bounds(1000));
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) expect(plainText(page).match(/^```/gm)).toHaveLength(2);
    expect(pages.flat().map(said).join("\n")).toBe(text);
    expect(pages.flat().every((each) => each.kind === "code" && each.language === "dockerfile")).toBe(true);
  });

  test("a table repeats its head and never cuts a row that fits", () => {
    const rows = Array.from({ length: 60 }, (_, i) => [[`row ${i}`], [many(8, "cell")]]);
    const pages = onPages([{ kind: "table", head: ["", "What"], rows }], bounds(1000));
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) expect(plainText(page)).toMatch(/^\| {2}\| What \|\n\| --- \| --- \|/);
    expect(pages.flat().flatMap((each) => (each.kind === "table" ? each.rows : []))).toEqual(rows);
  });

  test("a row longer than a page goes on in the row below", () => {
    const long = many(400, "cell");
    const pages = onPages([{ kind: "table", head: ["a", "b"], rows: [[["left"], [long]]] }], bounds(1000));
    for (const page of pages) expect(size(page[0] ?? { kind: "heading", text: "" })).toBeLessThanOrEqual(1000);
    expect(words(pages.flat())).toEqual(["left", ...long.split(" ")].sort());
  });

  test("an item longer than a page does not confuse the numbers after it", () => {
    const items = [many(20, "one"), many(500, "two"), "three", "four"].map((text) => ({
      depth: 0 as const,
      line: [text],
    }));
    const text = onPages([{ kind: "list", ordered: true, items }], bounds(1024))
      .map((page) => plainText(page))
      .join("\n");
    expect(text).toMatch(/^3\. three$/m);
    expect(text).toMatch(/^4\. four$/m);
  });

  test("a heading moves to the page of what it heads", () => {
    const filling: Block = { kind: "text", line: [many(180, "word")] };
    const pages = onPages(
      [filling, { kind: "heading", text: "Next" }, { kind: "text", line: [many(60, "more")] }],
      bounds(1000),
    );
    expect(pages.map((page) => page[0]?.kind)).toEqual(["text", "heading"]);
  });

  test("a heading stays where taking it along would overfill the next page", () => {
    const [almost, full] = [many(160, "word"), many(199, "word")].map(
      (text): Block => ({ kind: "text", line: [text] }),
    );
    if (!almost || !full) throw new Error("unreachable");
    const pages = onPages([almost, { kind: "heading", text: "Next" }, full], bounds(1000));
    expect(pages.map((page) => page.map((each) => each.kind))).toEqual([["text", "heading"], ["text"]]);
    for (const page of pages) expect(page.reduce((sum, each) => sum + size(each), 0)).toBeLessThanOrEqual(1000);
  });

  test("an endless word is cut between characters, never inside one", () => {
    const whales = "🐳".repeat(3000);
    const pages = onPages([{ kind: "text", line: [whales] }], bounds(1000));
    expect(pages.flat().map(said).join("")).toBe(whales);
    expect(pages.flat().map(said).join(" ").isWellFormed()).toBe(true);
    for (const page of pages) expect(size(page[0] ?? { kind: "heading", text: "" })).toBeLessThanOrEqual(1000);
  });

  test("bold words stay bold and links keep their target on both sides", () => {
    const pages = onPages(
      [
        {
          kind: "text",
          line: [
            { kind: "strong", text: many(300, "bold") },
            { kind: "link", text: many(300, "link"), href: "https://a.org" },
          ],
        },
      ],
      bounds(1000),
    );
    const spans = pages.flat().flatMap((each) => (each.kind === "text" ? each.line : []));
    expect(spans.every((each) => typeof each === "object")).toBe(true);
    expect(
      spans.filter((each) => typeof each === "object" && each.kind === "link" && each.href !== "https://a.org"),
    ).toEqual([]);
  });
});
