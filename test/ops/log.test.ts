/** What a log line holds, and what it must not. */
import { describe, expect, test } from "vitest";
import { TutorError } from "../../src/core/errors.ts";
import { createLog } from "../../src/ops/log.ts";
import { secretScrub } from "../../src/ops/scrub.ts";

function logged(secrets: readonly string[] = []) {
  const lines: string[] = [];
  const log = createLog({ level: "info", secrets, write: (line) => lines.push(line) });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? "null") };
}

const PLACE = { platform: "slack", community: "T0ACME123", channel: "C0GENERAL1", thread: "1700.1" };

describe("the log", () => {
  test("names people and places by hashes that stay the same, and differ between installations", () => {
    const { log, lines, last } = logged();
    log.saltWith("here");
    log.warn({ place: PLACE, user: "U0ANN45678" }, "twice");
    const first = last();
    expect(first.place.platform).toBe("slack");
    expect(lines.join("")).not.toMatch(/T0ACME|C0GENERAL|U0ANN|1700\.1/);
    expect(first.user).toMatch(/^#[0-9a-f]{10}$/);
    log.info({ place: "slack T0ACME123 C0GENERAL1" }, "again for U0ANN45678");
    // A name is the same wherever the id stood.
    expect(last().msg).toBe(`again for ${first.user}`);
    log.saltWith("elsewhere");
    log.info({ user: "U0ANN45678" }, "");
    expect(last().user).not.toBe(first.user);
  });

  test("takes ids out of messages and addresses of errors", () => {
    const { log, lines } = logged();
    log.warn({ err: new Error("POST https://discord.com/api/v10/channels/123456789012345678/messages") }, "x");
    expect(lines.join("")).not.toContain("123456789012345678");
    log.warn({ err: new TutorError("config", "In CONTAINER and DEPLOYMENT nothing is an id.") }, "x");
    expect(lines.join("")).toContain("In CONTAINER and DEPLOYMENT nothing is an id.");
  });

  test("tells errors with their causes, and nothing that a library hung onto them", () => {
    const { log, lines, last } = logged();
    const cause = Object.assign(new Error("reset"), { code: "ECONNRESET", config: { headers: { a: "said by ann" } } });
    const body = { requestBody: { json: { content: "said by ann" } }, status: 403 };
    log.error({ err: Object.assign(new Error("refused", { cause }), body) }, "x");
    expect(last().err).toMatchObject({
      message: "refused",
      status: 403,
      cause: { message: "reset", code: "ECONNRESET" },
    });
    expect(lines.join("")).not.toContain("said by ann");
  });

  test("writes at most so much, however much there is", () => {
    const { log, lines } = logged();
    const deep: Record<string, unknown> = {};
    deep.self = deep;
    log.info({ deep, long: "x".repeat(1e6), many: Array(1e5).fill("y"), big: 1n, run: () => 0 }, "x");
    expect(lines[0]?.length).toBeLessThan(5000);
  });
});

describe("scrubbing", () => {
  test("takes out tokens by their shape", () => {
    const scrub = secretScrub([]);
    const tokens = [
      "xoxb-1234-5678-abcdef",
      "xapp-1-A0-99-abc",
      "xoxe.xoxb-1-Mi0yLTEy",
      "MTA1MDAwMDAwMDAwMDAwMDAw.GhIjKl.abcdefghijklmnopqrstuvwxyz0123456789AB",
    ];
    for (const token of tokens) expect(scrub(`before ${token} after`)).toBe("before [secret] after");
    expect(scrub("Authorization: Bearer abc.def-ghi")).toBe("Authorization: Bearer [secret]");
    expect(scrub('AUTHORIZATION: "Bot abcdefgh12"')).toBe('AUTHORIZATION: "Bot [secret]"');
    expect(scrub("postgres://tutor:hunter2@db:5432/tutor")).toBe("postgres://tutor:[secret]@db:5432/tutor");
    expect(scrub("http://127.0.0.1:9090/ready")).toBe("http://127.0.0.1:9090/ready");
  });

  test("takes out the actual values, in whatever form they are written", () => {
    const value = 'pa/ss"wörd+1';
    const scrub = secretScrub([value]);
    for (const form of [value, JSON.stringify(value), encodeURIComponent(value), Buffer.from(value).toString("base64")])
      expect(scrub(`<${form}>`)).not.toMatch(/ss|w%C3|cGEv/);
    // Too short to be one: it would be taken out of ordinary words.
    expect(secretScrub(["a", ""])("a banana")).toBe("a banana");
  });
});
