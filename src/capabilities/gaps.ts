/** `gaps`: what people asked and the pages could not answer, for moderators and contributors. */
import { z } from "zod";
import { type Capability, command } from "../core/capability.ts";
import type { FeedbackStore } from "../core/feedback.ts";
import type { Ms } from "../core/ports.ts";
import { about, type ListItem, type Reply, remark } from "../core/reply.ts";
import type { Library } from "../library/library.ts";
import { issue, sayGap, sayReasons } from "../tips/digest.ts";
import { type Moderates, requireModerator } from "./moderator.ts";

const DAYS = 30;
const MOST = 10;

interface GapsParts {
  readonly feedback: FeedbackStore;
  readonly library: () => Library;
  readonly moderates: Moderates;
  readonly clock: () => Ms;
}

export function gaps({ feedback, library, moderates, clock }: GapsParts): Capability {
  return {
    name: "gaps",
    examples: ["gaps", "what could you not answer?"],
    commands: [
      command({
        name: "gaps",
        summary: "Questions I could not answer (moderators)",
        usage: "[issue]",
        args: z.object({ as: z.enum(["list", "issue"]).describe("A list, or text for an issue").default("list") }),
        audience: "asker",
        parse: (rest) => (/^issue\b/i.test(rest) ? { as: "issue" } : {}),
        async run({ as }, turn): Promise<Reply> {
          requireModerator(moderates, turn, "see what I could not answer");
          const found = await feedback.gaps(turn.place, clock() - DAYS * 86_400_000, MOST);
          if (!found.length)
            return remark([`Nothing in ${DAYS} days that was asked more than once and had no answer.`]);
          if (as === "issue") return { blocks: [issue(found, library())], about: about("chat") };
          const items = found.flatMap((gap): ListItem[] => [
            { depth: 0, line: [sayGap(gap, library())] },
            ...sayReasons(gap).map((said) => ({ depth: 1 as const, line: [said] })),
          ]);
          return {
            blocks: [
              { kind: "text", line: [`What the pages lacked in ${DAYS} days; who asked is not known to me:`] },
              { kind: "list", ordered: false, items },
              {
                kind: "buttons",
                buttons: [
                  { label: "As text for an issue", call: { command: "gaps", args: { as: "issue" } } },
                  {
                    label: "Weekly digest here",
                    call: { command: "settings", args: { name: "digest", value: "here" } },
                  },
                ],
              },
            ],
            about: about("chat"),
          };
        },
      }),
    ],
    hear(text) {
      const said = text.trim();
      if (/^\/?gaps(?:\s+(?:as\s+)?(?:an\s+)?issue)?\W*$/i.test(said))
        return { command: "gaps", args: /issue/i.test(said) ? { as: "issue" } : {} };
      return /^(?:what|which questions)\s+(?:could(?:n'?t| not)|can(?:'?t|not)|did(?:n'?t| not))\s+you\s+(?:not\s+)?answer\W*$|^(?:what|which questions)\s+could\s+you\s+not\s+answer\W*$/i.test(
        said,
      )
        ? { command: "gaps", args: {} }
        : undefined;
    },
  };
}
