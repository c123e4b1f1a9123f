/** Replies of every shape, for bodies that a platform must accept: long, empty, hostile, nested. */
import fc from "fast-check";
import type { Block, Span } from "../../src/core/reply.ts";
import { HOSTILE } from "./scripted.ts";

const text = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 60, unit: "grapheme" }) },
  { weight: 2, arbitrary: fc.lorem({ maxCount: 30 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "",
      " ",
      HOSTILE,
      "`",
      "```",
      "*_~",
      "**",
      "a|b",
      "| a | b |",
      "&lt;",
      "\u202eevil",
      "x".repeat(5000),
      "w ".repeat(600),
      "é".repeat(200),
    ),
  },
);
const span: fc.Arbitrary<Span> = fc.oneof(
  text,
  fc.record({ kind: fc.constantFrom("strong" as const, "code" as const), text }),
  fc.record({
    kind: fc.constant("link" as const),
    text,
    href: fc.oneof(
      fc.webUrl(),
      fc.constantFrom("javascript:alert(1)", "/local", "https://x/(a)>b", `https://example.org/${"y".repeat(4000)}`),
    ),
  }),
);
const line = fc.array(span, { maxLength: 6 });
const call = fc.record({
  command: fc.constantFrom("ask", "read", "compare"),
  args: fc.record({ a: fc.string({ maxLength: 24, unit: "binary-ascii" }) }),
});
const buttons = fc.array(fc.record({ label: text, call }), { maxLength: 30 });

/** Few rows as a rule, and sometimes more than any platform shows at once. */
const rowsOf = (row: fc.Arbitrary<Span[][]>) =>
  fc.oneof(
    { weight: 19, arbitrary: fc.array(row, { minLength: 1, maxLength: 9 }) },
    { weight: 1, arbitrary: fc.array(row, { minLength: 90, maxLength: 120 }) },
  );

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant("heading" as const), text }),
  fc.record({ kind: fc.constant("text" as const), line }),
  fc.record({
    kind: fc.constant("list" as const),
    ordered: fc.boolean(),
    start: fc.integer({ min: 1, max: 99 }),
    items: fc.array(fc.record({ depth: fc.constantFrom(0 as const, 1 as const), line }), {
      minLength: 1,
      maxLength: 12,
    }),
  }),
  fc.record({
    kind: fc.constant("code" as const),
    language: fc.constantFrom("", "sh", "not a language"),
    text: fc.array(text, { maxLength: 40 }).map((all) => all.join("\n")),
  }),
  fc.integer({ min: 1, max: 6 }).chain((columns) =>
    fc.record({
      kind: fc.constant("table" as const),
      head: fc.array(text, { minLength: columns, maxLength: columns }),
      rows: rowsOf(fc.array(line, { minLength: columns, maxLength: columns })),
    }),
  ),
  fc.record({ kind: fc.constant("note" as const), tone: fc.constantFrom("tip" as const, "warning" as const), line }),
  fc.record({ kind: fc.constant("figure" as const), diagram: fc.constantFrom("a", "b", "c"), alt: text }),
  fc.record({ kind: fc.constant("buttons" as const), buttons }),
  fc.record({
    kind: fc.constant("sources" as const),
    sources: fc.array(fc.record({ title: text, href: fc.webUrl(), page: fc.constant("p.md") }), { maxLength: 8 }),
  }),
);

export const replies: fc.Arbitrary<readonly Block[]> = fc.array(block, { minLength: 1, maxLength: 14 });

/** Kept small, so that a hundred thousand replies need no more memory than these. */
const BATCH = 250;

/** The same replies for the same seed, however many are asked for. */
export function* repliesOf(seed: number, count: number): Generator<readonly Block[]> {
  for (let from = 0; from < count; from += BATCH)
    yield* fc.sample(replies, { seed: seed + from, numRuns: Math.min(BATCH, count - from) });
}
