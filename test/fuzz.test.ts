/** A sample of `npm run fuzz`: nothing is thrown, no body over a limit, nobody pinged, whatever is said. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { about } from "../src/core/reply.ts";
import { faultsOf, fuzzed } from "./support/fuzz.ts";
import { messages } from "./support/messages.ts";

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const COUNT = 120;

test(`${COUNT} messages (SEED=${seed})`, async () => {
  const subject = await fuzzed();
  const found: string[] = [];
  // The schemas are for the script: they take seconds to make, and the tests of bodies have them too.
  for (const message of fc.sample(messages, { seed, numRuns: COUNT }))
    for (const fault of await subject.send(message, false)) found.push(`${fault}: ${JSON.stringify(message)}`);
  await subject.close();
  expect(found).toEqual([]);
});

test("the checks find what they look for", () => {
  const faults = (text: string) =>
    faultsOf({ blocks: [{ kind: "text", line: [text] }], about: about("chat") }, false).join();
  expect(faults("fine")).toBe("");
  expect(faults("\u202eevil")).toMatch(/jsonl: controls/);
  expect(faults("\ud83d")).toMatch(/half a character/);
  expect(faults("undefined")).toMatch(/undefined/);
  expect(faults(" ")).toMatch(/terminal: nothing is said/);
});
