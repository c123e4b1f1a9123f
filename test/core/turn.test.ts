/** A call survives its way through a button id. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CALL_LIMIT, type Call, callFits, decodeCall, encodeCall, placeKey } from "../../src/core/turn.ts";

const name = fc.stringMatching(/^[a-z][a-z.]{0,15}$/);
const word = fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => text.toWellFormed());
const call: fc.Arbitrary<Call> = fc.record({ command: name, args: fc.dictionary(word, word, { maxKeys: 4 }) });

describe("a call as a button id", () => {
  test("comes back as it was, whatever its arguments say", () => {
    fc.assert(
      fc.property(call, (said) => {
        fc.pre(callFits(said));
        const back = decodeCall(encodeCall(said));
        expect(back?.command).toBe(said.command);
        expect(Object.entries(back?.args ?? {}).sort()).toEqual(Object.entries(said.args).sort());
      }),
    );
  });

  test("never has more than the 100 characters that every platform takes", () => {
    fc.assert(
      fc.property(call, (said) => {
        if (callFits(said)) expect(encodeCall(said).length).toBeLessThanOrEqual(CALL_LIMIT);
        else expect(() => encodeCall(said)).toThrow(RangeError);
      }),
    );
  });

  test("is refused rather than cut when it is one character too long", () => {
    const fits = { command: "ask", args: { q: "x".repeat(CALL_LIMIT - "ask?q=".length) } };
    const tooLong = { command: "ask", args: { q: `${fits.args.q}x` } };
    expect(encodeCall(fits)).toHaveLength(CALL_LIMIT);
    expect(callFits(fits)).toBe(true);
    expect(callFits(tooLong)).toBe(false);
    expect(() => encodeCall(tooLong)).toThrow(/101 characters, at most 100/);
  });

  test("reads as a person would write it", () => {
    expect(encodeCall({ command: "compare", args: { a: "vm", b: "container" } })).toBe("compare?a=vm&b=container");
    expect(encodeCall({ command: "help", args: {} })).toBe("help");
  });

  test.each(["", "UPPER", "1two", "com mand", "?a=b", "__proto__", "a".repeat(60), "\u0000"])(
    "a button id that is not ours (%j) is nobody's call",
    (id) => {
      expect(decodeCall(id)).toBeUndefined();
    },
  );

  test("an argument named __proto__ is an argument and nothing more", () => {
    const back = decodeCall("help?__proto__=x");
    expect(Object.keys(back?.args ?? {})).toEqual(["__proto__"]);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe("the key of a place", () => {
  const place = { platform: "slack", community: "T1", channel: "C1", thread: "9" } as const;

  test("is one for a whole thread", () => {
    expect(placeKey({ ...place })).toBe(placeKey({ thread: "9", channel: "C1", community: "T1", platform: "slack" }));
  });

  test("differs for every other place, also where names run together", () => {
    const { thread: _, ...outside } = place;
    const others = [outside, { ...place, thread: "10" }, { ...place, community: "T1C1", channel: "" }];
    expect(new Set([place, ...others].map(placeKey)).size).toBe(4);
  });
});
