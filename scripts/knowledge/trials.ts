/** Commands that lessons let learners type: only what src/learning knows to be safe. */
import { sandbox } from "../../src/learning/sandbox.ts";
import { fault } from "../../src/library/matter.ts";
import type { Lint } from "./set.ts";

export const unsafe: Lint = {
  name: "unsafe-try",
  level: "fatal",
  find: ({ pages }) =>
    pages.flatMap(({ path, trials = [] }) =>
      sandbox(trials.map((one) => ({ output: "", ...one }))).dropped.map((command) =>
        fault(
          path,
          2,
          `try: \`${command.split("\n")[0]}\` is not known to be safe.`,
          "See `try` in knowledge/README.md.",
        ),
      ),
    ),
};
