/** Any reply becomes bodies that Discord takes, and the checker of this test finds what it would not. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderPages } from "../../../adapters/discord/render.ts";
import { aligned, COLUMNS } from "../../../adapters/discord/table.ts";
import { escapeText } from "../../../adapters/discord/text.ts";
import type { Block } from "../../../src/core/reply.ts";
import { bodyOf as body, discordFaults } from "../../support/discord/faults.ts";
import { faultsOf } from "../../support/discord/limits.ts";
import { unmarked } from "../../support/discord/readable.ts";
import { replies } from "../../support/replies.ts";

const faults = (of: unknown) => faultsOf("RESTPostAPIChannelMessageJSONBody", of);
const line = fc.array(fc.string({ unit: "grapheme", maxLength: 300 }), { maxLength: 6 });
const say = (content: string) => [{ type: 17, components: [{ type: 10, content }] }];

describe("rendering", () => {
  test("every generated reply is within every limit, and nothing in it is live: a sample of `npm run discord:bodies`", () => {
    fc.assert(
      fc.property(replies, (blocks) => {
        expect(discordFaults(blocks).flat()).toEqual([]);
      }),
      { numRuns: 200, endOnFailure: true },
    );
  });

  test("what has no name or no words gets some, and a table of six columns is told by aspects", () => {
    const button = { label: " ", call: { command: "help", args: {} } };
    const head = ["", "a", "b", "c", "d", "x".repeat(5000)];
    const blocks: Block[] = [
      { kind: "buttons", buttons: [button] },
      { kind: "figure", diagram: "a", alt: "" },
      { kind: "table", head, rows: [head.map(() => ["cell"])] },
    ];
    expect(discordFaults(blocks).flat()).toEqual([]);
    expect(JSON.stringify(renderPages(blocks, { columns: true }))).toContain("- a: cell");
  });

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
