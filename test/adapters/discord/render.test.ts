/** Any reply becomes bodies that Discord takes, and the checker of this test finds what it would not. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { markerOf } from "../../../adapters/discord/marker.ts";
import { container, renderPages } from "../../../adapters/discord/render.ts";
import { aligned, COLUMNS } from "../../../adapters/discord/table.ts";
import { escapeText } from "../../../adapters/discord/text.ts";
import type { Block, Span } from "../../../src/core/reply.ts";
import { faultsOf } from "../../support/discord/limits.ts";
import { unmarked } from "../../support/discord/readable.ts";

const RUNS = Number(process.env.RUNS ?? 200);

const text = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.constantFrom(
    "@everyone",
    "<@123456789012345678>",
    "```",
    "**",
    "| a | b |",
    "\u202eevil",
    "",
    " ",
    "a".repeat(5000),
    "w ".repeat(600),
  ),
);
const span: fc.Arbitrary<Span> = fc.oneof(
  text,
  fc.record({ kind: fc.constantFrom("strong" as const, "code" as const), text }),
  fc.record({
    kind: fc.constant("link" as const),
    text,
    href: fc.oneof(fc.webUrl(), fc.constantFrom("javascript:alert(1)", "https://x/(a)>b")),
  }),
);
const line = fc.array(span, { maxLength: 6 });
const call = fc.record({
  command: fc.constantFrom("ask", "read", "compare"),
  args: fc.dictionary(fc.constantFrom("a", "b", "page"), fc.string({ maxLength: 60 })),
});
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant("heading" as const), text }),
  fc.record({ kind: fc.constant("text" as const), line }),
  fc.record({
    kind: fc.constant("list" as const),
    ordered: fc.boolean(),
    start: fc.nat(99),
    items: fc.array(fc.record({ depth: fc.constantFrom(0 as const, 1 as const), line }), { maxLength: 12 }),
  }),
  fc.record({ kind: fc.constant("code" as const), language: fc.constantFrom("", "sh", "not a language"), text }),
  fc.record({
    kind: fc.constant("table" as const),
    head: fc.tuple(fc.constant(""), text, text).map((all) => all.map((each) => each.slice(0, 80))),
    rows: fc.array(fc.tuple(line, line, line), { maxLength: 9 }),
  }),
  fc.record({ kind: fc.constant("note" as const), tone: fc.constantFrom("tip" as const, "warning" as const), line }),
  fc.record({
    kind: fc.constant("figure" as const),
    diagram: fc.constantFrom("a", "b", "c"),
    alt: fc.string({ minLength: 1, maxLength: 2000 }),
  }),
  fc.record({
    kind: fc.constant("buttons" as const),
    buttons: fc.array(fc.record({ label: fc.string({ minLength: 1, maxLength: 120 }), call }), { maxLength: 12 }),
  }),
  fc.record({
    kind: fc.constant("sources" as const),
    sources: fc.array(fc.record({ title: text, href: fc.webUrl(), page: fc.constant("x.md") }), { maxLength: 8 }),
  }),
);

const body = (components: unknown, more: object = {}) => ({
  flags: 1 << 15,
  components,
  allowed_mentions: { parse: [] },
  nonce: "k",
  enforce_nonce: true,
  ...more,
});
const faults = (of: unknown) => faultsOf("RESTPostAPIChannelMessageJSONBody", of);
const say = (content: string) => [{ type: 17, components: [{ type: 10, content }] }];

describe("rendering", () => {
  test("every generated reply is within every limit, and nothing in it is live", () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 14 }), fc.boolean(), (blocks, columns) => {
        const look = { columns, drawn: new Set(["a", "b"]), extra: [{ label: "Table", id: "=compare?a=x" }] };
        for (const [i, page] of renderPages(blocks, look).entries()) {
          const found = faults(body([container(page, markerOf("key", i))]));
          expect(found).toEqual([]);
          const out = JSON.stringify(page.components);
          expect(out).not.toMatch(/@everyone(?![A-Za-z0-9])|[\u202a-\u202e]/);
          expect(out).not.toMatch(/\]\(<javascript/);
        }
      }),
      { numRuns: RUNS },
    );
  }, 120_000);

  test("text reads as it was written", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 80 }).filter((each) => !/[\p{Cc}@]|https?:/u.test(each)),
        (said) => {
          expect(unmarked(escapeText(said))).toBe(said);
        },
      ),
    );
  });

  test("a table's columns stay within a phone's line", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(line, line, line), { maxLength: 6 }), (rows) => {
        const out = aligned({ kind: "table", head: ["", "Virtual machine", "Container"], rows });
        for (const each of out.split("\n")) expect([...each].length).toBeLessThanOrEqual(COLUMNS);
      }),
    );
  });

  test("the checker finds planted faults", () => {
    expect(faults(body(say("fine")))).toEqual([]);
    expect(faults(body(say("x"), { allowed_mentions: undefined })).join()).toMatch(/mentions/);
    expect(faults(body(say("x"), { allowed_mentions: { parse: ["everyone"] } })).join()).toMatch(/parsed/);
    expect(faults(body(say("x"), { content: "also" })).join()).toMatch(/beside content/);
    expect(faults(body(say("x"), { flags: 0 })).join()).toMatch(/without its flag/);
    expect(faults(body(say("x".repeat(4001)))).join()).toMatch(/4001 characters/);
    expect(faults(body(say("| a | b |\n|---|---|"))).join()).toMatch(/pipe table/);
    expect(faults(body(say("x"), { nonce: "n".repeat(26) })).join()).toMatch(/nonce/);
    expect(faults(body(say("x"), { unknown: 1 })).join()).toMatch(/additional/);
    const button = { type: 2, style: 2, label: "a", custom_id: "a" };
    expect(faults(body([{ type: 1, components: Array(6).fill(button) }])).join()).toMatch(/row holds 6|twice/);
    expect(faults(body([{ type: 1, components: [{ ...button, style: 9 }] }])).length).toBeGreaterThan(0);
    expect(faults(body(Array(41).fill({ type: 10, content: "x" }))).join()).toMatch(/41 components/);
  });
});
