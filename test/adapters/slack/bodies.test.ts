/** Every body is one that Slack takes: by its own types, closed, and by the limits that they do not tell. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { modal } from "../../../adapters/slack/form.ts";
import { replies } from "../../support/replies.ts";
import { HOSTILE, KINDS, LONG } from "../../support/scripted.ts";
import { slackFaults } from "../../support/slack/faults.ts";
import { faultsOfMessage, faultsOfView } from "../../support/slack/limits.ts";
import { slackChecks } from "../../support/slack/schema.ts";

const checks = slackChecks();
type Json = Record<string, unknown>;

const faults = (blocks: Parameters<typeof slackFaults>[0]): string[] => slackFaults(blocks).flat();

describe("messages", () => {
  test("of every kind of block, long ones and hostile ones", () => {
    expect(faults([...KINDS, ...LONG, { kind: "text", line: [HOSTILE] }])).toEqual([]);
  });

  test("of any shape: a sample of `npm run slack:bodies`", () => {
    fc.assert(
      fc.property(replies, (blocks) => {
        expect(faults(blocks)).toEqual([]);
      }),
      { numRuns: 120, endOnFailure: true },
    );
  });

  test("the checks refuse what Slack refuses", () => {
    const header = (length: number) => ({ type: "header", text: { type: "plain_text", text: "x".repeat(length) } });
    const table = { type: "table", rows: [[{ type: "raw_text", text: "x" }]] };
    const button = (i: number, text = "x") => ({
      type: "button",
      action_id: `${i}`,
      text: { type: "plain_text", text },
    });
    const planted: readonly Json[][] = [
      [header(151)],
      [{ type: "section", text: { type: "mrkdwn", text: "" } }],
      [{ type: "section", text: { type: "mrkdwn", text: "x".repeat(3001) } }],
      [table, table],
      [{ type: "table", rows: Array.from({ length: 101 }, () => table.rows[0]) }],
      [{ type: "actions", elements: Array.from({ length: 26 }, (_, i) => button(i)) }],
      [{ type: "actions", elements: [button(1), button(1)] }],
      [{ type: "actions", elements: [button(1, "x".repeat(76))] }],
      [{ type: "context", elements: Array.from({ length: 11 }, () => ({ type: "plain_text", text: "x" })) }],
      [
        { ...header(1), block_id: "a" },
        { ...header(1), block_id: "a" },
      ],
      Array.from({ length: 51 }, () => header(1)),
      [{ type: "nope" }],
      Array.from({ length: 49 }, () => ({ type: "section", text: { type: "plain_text", text: "x".repeat(2900) } })),
    ];
    for (const blocks of planted) expect(faultsOfMessage({ text: "x", blocks })).not.toEqual([]);
    expect(faultsOfMessage({ text: "", blocks: [] })).not.toEqual([]);
    expect(checks.block({ type: "nope" })).toBeDefined();
    expect(checks.block({ ...header(1), colour: "red" })).toBeDefined();
    expect(checks.block({ type: "header", text: { type: "mrkdwn", text: "x" } })).toBeDefined();
  });
});

describe("forms", () => {
  test("of every kind of field", () => {
    const view = modal(
      {
        title: "A title that is longer than Slack allows",
        fields: [
          { arg: "a", label: "Line", kind: "line", required: true },
          { arg: "b", label: "Text", kind: "text", required: false },
          { arg: "c", label: "Choice", kind: "choice", choices: ["one", "x".repeat(90)], required: true },
          { arg: "d", label: "Zone", kind: "zone", required: true },
        ],
      },
      { call: { command: "echo", args: {} }, place: { platform: "slack", community: "T", channel: "C" } },
    );
    expect(checks.view(view)).toBeUndefined();
    expect(faultsOfView(view as unknown as Json)).toEqual([]);
  });
});
