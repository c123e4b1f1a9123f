/** Whatever is answered offers only buttons that lead somewhere. */
import { expect, test } from "vitest";
import { capabilities } from "../../src/capabilities/index.ts";
import { callFits } from "../../src/core/turn.ts";
import { learner } from "../support/learner.ts";
import { buttonsOf } from "../support/press.ts";
import { depsOf, memoryStore } from "../support/tutor.ts";

const list = capabilities(depsOf({ store: await memoryStore() }));
const examples = list.flatMap((capability) => capability.examples);

test("every button of what examples answer calls a command that exists, and fits a button", async () => {
  const ann = await learner();
  const names = new Set(ann.tutor.commands.map((command) => command.name));
  for (const example of examples) {
    await ann.say(example);
    for (const { call, label } of buttonsOf(ann.reply)) {
      expect(names.has(call.command), `${example} -> ${label}`).toBe(true);
      expect(callFits(call)).toBe(true);
    }
  }
});
