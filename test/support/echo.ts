/** A command for tests of how turns come in: it says back what was said, and nothing else. */
import { z } from "zod";
import { command } from "../../src/core/capability.ts";
import { remark } from "../../src/core/reply.ts";

export const sayBack = command({
  name: "ask",
  summary: "Say it back",
  args: z.object({ question: z.string() }),
  run: async ({ question }) => remark([`You said ${question}.`]),
});
