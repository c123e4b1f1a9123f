/** Tokens at rest: nothing but the right key opens them, for the right row, and keys can be changed. */
import { randomBytes } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import { openStore } from "../../src/store/open.ts";
import { createSeals } from "../../src/store/seal.ts";
import { folder } from "../support/scratch.ts";
import { COMMUNITY, NOW } from "../support/store.ts";
import { keptLog } from "../support/tutor.ts";

const [old, next] = [randomBytes(32), randomBytes(32)];

test("the same text is sealed differently each time, and opens as it was", () => {
  const seals = createSeals([old]);
  const [a, b] = [seals.seal("xoxb-1", "T1"), seals.seal("xoxb-1", "T1")];
  expect(a).not.toBe(b);
  expect(a).not.toContain("xoxb");
  expect([a, b].map((each) => seals.open(each, "T1"))).toEqual(["xoxb-1", "xoxb-1"]);
  expect(() => seals.open(a, "T2")).toThrow(/does not open/);
});

test("a flipped bit anywhere is noticed", () => {
  const seals = createSeals([old]);
  const [name, body = ""] = seals.seal("xoxb-1", "T1").split(".");
  const bytes = Buffer.from(body, "base64url");
  for (let at = 0; at < bytes.length * 8; at += 1) {
    const flipped = Buffer.from(bytes);
    flipped[at >> 3] = (flipped[at >> 3] ?? 0) ^ (1 << (at & 7));
    expect(() => seals.open(`${name}.${flipped.toString("base64url")}`, "T1")).toThrow(/does not open/);
  }
});

test("the newest key seals, former ones open; a key that is missing is named, with the cure and without any key", () => {
  const sealed = createSeals([old]).seal("xoxb-1", "T1");
  const both = createSeals([next, old]);
  expect(both.open(sealed, "T1")).toBe("xoxb-1");
  expect(both.fresh(sealed)).toBe(false);
  expect(both.fresh(both.seal("x", "T1"))).toBe(true);
  expect(() => createSeals([next]).open(sealed, "T1")).toThrow(
    expect.objectContaining({
      fault: "config",
      sentence: expect.stringMatching(/TOKEN_KEY lacks the key [0-9a-f]{8}/),
    }),
  );
  expect(() => createSeals([]).seal("x", "T1")).toThrow(/TOKEN_KEY is not set/);
});

test("at start all tokens come under the newest key, so that the former one can go; without it the start is refused", async () => {
  const dataDir = folder();
  const open = (tokenKeys: readonly Uint8Array[]) => openStore({ dataDir, tokenKeys, clock: () => NOW }, keptLog());
  const installation = {
    ...COMMUNITY,
    organisation: false,
    token: "xoxb-1",
    rotation: { refresh: "xoxe-1", expiresAt: NOW },
    botUser: "U",
    botId: "B",
    scopes: [],
  };
  const first = await open([old]);
  await first.installations.save(installation, NOW);
  await first.close();
  await expect(open([next])).rejects.toMatchObject({ fault: "config" });
  const second = await open([next, old]);
  await second.close();
  const third = await open([next]);
  onTestFinished(() => third.close());
  expect(await third.installations.of(COMMUNITY)).toMatchObject(installation);
});
