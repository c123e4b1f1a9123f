/** All commands together: unique names, examples that reach their own capability, buttons that lead somewhere. */
import { expect, test } from "vitest";
import { capabilities } from "../src/capabilities/index.ts";
import { callFits } from "../src/core/turn.ts";
import { learner } from "./support/learner.ts";
import { buttonsOf } from "./support/press.ts";
import { NOW } from "./support/store.ts";
import { library, memoryStore, turn } from "./support/tutor.ts";

const { conversations, learners, tips } = await memoryStore();
const list = capabilities({ library, conversations, learners, tips, clock: () => NOW });
const examples = list.flatMap((capability) => capability.examples.map((example) => ({ capability, example })));

test("names are unique", () => {
  const names = list.flatMap((capability) => capability.commands.map((command) => command.name));
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

test.each(examples)("$capability.name hears $example", ({ capability, example }) => {
  const first = list.find((each) => each.hear?.(example, turn(example)));
  expect(first?.name).toBe(capability.name);
});

test("every button of what examples answer calls a command that exists, and fits a button", async () => {
  const ann = await learner();
  const names = new Set(ann.tutor.commands.map((command) => command.name));
  for (const { example } of examples) {
    await ann.say(example);
    for (const { call, label } of buttonsOf(ann.reply)) {
      expect(names.has(call.command), `${example} -> ${label}`).toBe(true);
      expect(callFits(call)).toBe(true);
    }
  }
});
