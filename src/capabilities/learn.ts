/** `learn`: what to learn next, the way to a goal, and a check of at most eight questions that finds where to begin. */
import { z } from "zod";
import { type Capability, command } from "../core/capability.ts";
import { conceptOf, isArea } from "../learning/deck.ts";
import { personOf, standingOf } from "../learning/learner.ts";
import { answered, check } from "./check.ts";
import { instanceOf, type Learning } from "./judge.ts";
import { path, way } from "./path.ts";

const WORDS = /^\/?learn(?:\s+(?:about\s+)?(.{1,60}))?$/i;
const SPOKEN =
  /^(?:what (?:should|do|can) i learn (?:next|now|first)|what(?:'s| is) next|where (?:should|do) i (?:start|begin)|(?:show )?my (?:learning )?path)$/i;
const CHECK = /^(?:check(?: me| my level)?|placement(?: check| test)?|test)$/i;

export function learn(deps: Learning): Capability {
  const { library } = deps;
  return {
    name: "learn",
    examples: ["learn", "learn check", "learn kubernetes"],
    commands: [
      command({
        name: "learn",
        summary: "What to learn next, the way to a goal, or a check of where you stand",
        usage: "[goal or check]",
        args: z.object({ goal: z.string().describe("A concept to reach, or check").optional() }),
        audience: "asker",
        suggest: async (option, typed) =>
          option === "goal" ? ["check", ...(await library().index.suggest(typed))] : [],
        async run({ goal }, turn) {
          if (goal && CHECK.test(goal)) return check("", instanceOf(turn), [], turn, deps);
          const { progress, cards } = await standingOf(deps.learners, personOf(turn), library(), deps.clock());
          const last = cards.toSorted((a, b) => b.dueAt - a.dueAt)[0];
          return goal ? way(goal, progress, library()) : path(progress, last?.area, library());
        },
      }),
      command({
        name: "learn.answer",
        summary: "Answer a question of the check",
        args: z.object({
          a: z
            .string()
            .regex(/^[01]{0,8}$/)
            .default(""),
          p: z.string(),
          s: z.string(),
        }),
        audience: "asker",
        listed: false,
        run: (args, turn) => answered(args, turn, deps),
      }),
    ],
    hear(text) {
      if (text.length > 120) return undefined;
      const said = text.trim().replace(/(?<![.!?])[.!?]+$/, "");
      if (SPOKEN.test(said)) return { command: "learn", args: {} };
      const typed = WORDS.exec(said);
      const goal = typed?.[1]?.trim();
      if (!typed) return undefined;
      if (!goal) return { command: "learn", args: {} };
      const ours = CHECK.test(goal) || conceptOf(goal, library()) !== undefined || isArea(goal, library());
      return ours ? { command: "learn", args: { goal } } : undefined;
    },
  };
}
