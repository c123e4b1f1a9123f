/** What a person wrote, before others read it. */
import { expect, test } from "vitest";
import { plainReason } from "../../src/core/reason.ts";

test.each([
  ["two\nlines\tand \u001b[31mred\u0007", "two lines and 31mred"],
  ["ask <@U0ANN> or <!channel> in <#C1|general>", "ask or in"],
  ["@everyone @here ＠ann see", "see"],
  ["see https://evil.example/x?a=1 and www.evil.example now", "see and now"],
  ["[click](javascript://x) <https://e.example|here>", "click ("],
  ["write to ann@example.org please", "write to please"],
  ["\u202egnorw\u200b\u2066", "gnorw"],
  ["closes owner/repo#12 and `code` | ```", "closes owner/repo 12 and code"],
  ["<@U1>", ""],
])("%j is shown as %j", (said, shown) => expect(plainReason(said)).toBe(shown));

test("is cut to 160 characters, also where they are not of one unit", () => {
  expect(plainReason("x".repeat(160))).toHaveLength(160);
  expect(plainReason("x".repeat(5000))).toBe(`${"x".repeat(159)}…`);
  expect([...plainReason("🐳".repeat(300))]).toHaveLength(160);
});
