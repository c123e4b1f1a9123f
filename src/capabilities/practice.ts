/** `practice`: what is due, what was missed, and an opt-in reminder by direct message. */
import { z } from "zod";
import { type Capability, command } from "../core/capability.ts";
import type { Ms } from "../core/ports.ts";
import type { Reply } from "../core/reply.ts";
import type { Turn } from "../core/turn.ts";
import { inWords, plural } from "../learning/days.ts";
import { practiceItems } from "../learning/deck.ts";
import { personOf, standingOf } from "../learning/learner.ts";
import { suggestZones } from "../time/zone.ts";
import { answerArgs, gone, instanceOf, judge, type Learning } from "./judge.ts";
import { asking, feedbackBlocks, questionBlocks, readButton, steps, teaching } from "./question.ts";
import { remind } from "./reminder.ts";

const WORDS = /^\/?practi[cs]e(?:\s+(.{1,80}))?$/i;
const SPOKEN = /^(?:what(?:'s| is) due|what should i (?:practi[cs]e|review|repeat)|let me practi[cs]e)$/i;
const MISSED =
  /^(?:only )?(?:what i (?:missed|got wrong)|(?:my )?(?:missed|mistakes|wrong)(?: (?:ones|questions|answers))?)$/i;

export function practice(deps: Learning): Capability {
  const { library } = deps;
  return {
    name: "practice",
    examples: ["practice", "practice missed", "practice remind 18:00 Europe/London", "practice remind off"],
    commands: [
      command({
        name: "practice",
        summary: "Repeat what is due, or only what you missed; set a daily reminder",
        usage: "[missed, or remind 18:00 Europe/London]",
        args: z.object({
          what: z.enum(["due", "missed", "remind"]).default("due"),
          time: z.string().describe("When to remind you, such as 18:00, or off").optional(),
          zone: z.string().describe("Your time zone, such as Europe/London").optional(),
          quiet: z.string().describe("Never between these times, such as 22:00-07:00").optional(),
          last: z.string().optional(),
        }),
        audience: "asker",
        parse: readWords,
        suggest: async (option, typed) => (option === "zone" ? suggestZones(typed) : []),
        run: (args, turn) =>
          args.what === "remind" ? remind(args, turn, deps) : ask(args.what === "missed", args.last, turn, deps),
      }),
      command({
        name: "practice.answer",
        summary: "Answer a question of your practice",
        args: z.object({ ...answerArgs, m: z.string().optional() }),
        audience: "asker",
        listed: false,
        async run(args, turn) {
          const what = args.m ? "missed" : "due";
          const verdict = await judge(deps, args, turn);
          const on = { label: "Next", call: { command: "practice", args: { what } } };
          if (!verdict) return gone(args.q, library(), on);
          const { item } = verdict;
          const next = { ...on, call: { command: "practice", args: { what, last: item.id } } };
          return teaching([...feedbackBlocks(verdict, library()), ...steps([next, readButton(item)])], item);
        },
      }),
    ],
    hear(text) {
      if (text.length > 120) return undefined;
      const said = text.trim().replace(/(?<![.!?])[.!?]+$/, "");
      const typed = WORDS.exec(said);
      if (!typed) return SPOKEN.test(said) ? { command: "practice", args: {} } : undefined;
      const rest = typed[1]?.trim() ?? "";
      // "practice exams for the DCA" is a question, not this command.
      return !rest || MISSED.test(rest) || /^(?:due|remind)/i.test(rest)
        ? { command: "practice", args: readWords(rest) }
        : undefined;
    },
  };
}

/** `remind 18:00 Europe/London quiet 22:00-07:00` and its shorter forms. */
function readWords(rest: string): Record<string, string> {
  if (MISSED.test(rest)) return { what: "missed" };
  const reminder = /^remind(?:er|ers)?(?:\s+me)?(?:\s+(?:daily|every day))?(?:\s+at)?\s*(.*)$/i.exec(rest);
  if (!reminder) return rest && rest !== "due" ? { what: rest } : {};
  const words = (reminder[1] ?? "").split(/\s+/).filter(Boolean);
  const at = words.findIndex((word) => /^quiet$/i.test(word));
  const quiet = at < 0 ? "" : words.slice(at + 1).join(" ");
  const [time, ...zone] = at < 0 ? words : words.slice(0, at);
  // "6 pm Europe/London"
  const half = zone[0] && /^[ap]m$/i.test(zone[0]) ? zone.shift() : undefined;
  return {
    what: "remind",
    ...(time ? { time: `${time}${half ?? ""}` } : {}),
    ...(zone.length ? { zone: zone.join("_").replace(/^in_/i, "") } : {}),
    ...(quiet ? { quiet } : {}),
  };
}

async function ask(
  missed: boolean,
  last: string | undefined,
  turn: Turn,
  { library, learners, clock }: Learning,
): Promise<Reply> {
  const now = clock();
  const { cards, progress } = await standingOf(learners, personOf(turn), library(), now);
  const items = practiceItems(library(), { cards, now, missed, last });
  const [item] = items;
  if (!item) return nothing(missed, progress.answered, progress.nextDueAt, now, progress.missed);
  const instance = instanceOf(turn);
  const left = missed ? `${plural(items.length, "question")} you missed` : `${plural(items.length, "question")} due`;
  return asking([
    { kind: "heading", text: `Practice: ${left}` },
    ...questionBlocks(item, instance, (choice) => ({
      command: "practice.answer",
      args: { q: item.id, p: choice.key, s: instance, ...(missed ? { m: "1" } : {}) },
    })),
  ]);
}

function nothing(missed: boolean, answered: number, nextDueAt: Ms | undefined, now: Ms, wrong: number): Reply {
  const quiz = { label: "Quiz me", call: { command: "quiz.next", args: {} } };
  const again = wrong
    ? { label: "Only what I missed", call: { command: "practice", args: { what: "missed" } } }
    : undefined;
  const line = !answered
    ? "There is nothing to repeat yet: answer some quiz questions first, and I bring them back when they are about to fade."
    : missed
      ? "Nothing is open: you answered everything right the last time."
      : `Nothing is due now.${nextDueAt === undefined ? "" : ` The next question is due ${inWords(nextDueAt, now)}.`}`;
  return asking([
    { kind: "text", line: [line] },
    ...steps([missed ? undefined : again, quiz, { label: "What next?", call: { command: "learn", args: {} } }]),
  ]);
}
