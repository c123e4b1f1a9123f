/** `home`: progress, what is due, the daily tip and the next step, as one reply that a platform's home screen can show. */
import { z } from "zod";
import { type Capability, command } from "../core/capability.ts";
import { about, type Block, type Reply, type Span } from "../core/reply.ts";
import type { KeptSubscription, TipStore } from "../core/tips.ts";
import type { Turn } from "../core/turn.ts";
import { personOf, standingOf } from "../learning/learner.ts";
import { graphOf, nextSteps } from "../learning/path.ts";
import { bars } from "../learning/progress.ts";
import { sayMinute } from "../time/clock.ts";
import type { Learning } from "./judge.ts";
import { dueBlocks } from "./progress.ts";
import { steps } from "./question.ts";

const WORDS = /^\/?(?:home|dashboard|(?:my )?overview)$/i;
const AREAS = 4;

/** `others` are all capabilities: tip settings are offered only where there is a command for them. */
export function home(
  deps: Learning & { readonly tips: TipStore; readonly others: () => readonly Capability[] },
): Capability {
  return {
    name: "home",
    examples: ["home"],
    commands: [
      command({
        name: "home",
        summary: "Your progress, what is due, the daily tip and the next step",
        args: z.object({}),
        audience: "asker",
        run: (_, turn) => show(turn, deps),
      }),
    ],
    hear: (text) => (WORDS.test(text.trim()) ? { command: "home", args: {} } : undefined),
  };
}

async function show(
  turn: Turn,
  { library, learners, clock, tips, others }: Parameters<typeof home>[0],
): Promise<Reply> {
  const now = clock();
  const person = personOf(turn);
  const [{ progress }, subscription, reminder] = await Promise.all([
    standingOf(learners, person, library(), now),
    tips.subscription(turn.place),
    learners.reminder(person),
  ]);
  const graph = graphOf(library());
  const [next] = nextSteps(graph, progress.known);
  const best = progress.areas.filter((each) => each.known > 0).sort((a, b) => b.known / b.total - a.known / a.total);
  const hasTips = others().some(({ commands }) => commands.some(({ name }) => name === "tips"));
  const line = (name: string, ...rest: Span[]): Block => ({
    kind: "text",
    line: [{ kind: "strong", text: `${name}: ` }, ...rest],
  });
  return {
    blocks: [
      { kind: "heading", text: `You know ${progress.known.size} of ${progress.total} concepts` },
      ...(best.length ? [{ kind: "code" as const, language: "text", text: bars(best.slice(0, AREAS)) }] : []),
      ...(progress.answered ? dueBlocks(progress, now) : []),
      ...(next ? [line("Next step", library().concepts.title(next.id))] : []),
      ...(hasTips ? [line("Daily tip", ...tipLine(subscription))] : []),
      line(
        "Practice reminder",
        ...(reminder
          ? [`${sayMinute(reminder.minute)} ${reminder.zone}`]
          : ["off, ", { kind: "code" as const, text: "practice remind 18:00 Europe/London" }]),
      ),
      ...steps([
        progress.due
          ? { label: "Practise now", call: { command: "practice", args: {} } }
          : { label: "Quiz me", call: { command: "quiz.next", args: {} } },
        next
          ? {
              label: `Lesson: ${library().concepts.title(next.id)}`.slice(0, 60),
              call: { command: "lesson", args: { topic: next.id } },
            }
          : undefined,
        hasTips
          ? { label: "Tip settings", call: { command: "tips", args: {} } }
          : { label: "My path", call: { command: "learn", args: {} } },
      ]),
    ],
    about: about("chat"),
  };
}

function tipLine(subscription: KeptSubscription | undefined): Span[] {
  if (!subscription) return ["none here, ", { kind: "code", text: "tips here at 09:00 Europe/London weekdays" }];
  const { minute, zone, paused } = subscription;
  return [`${sayMinute(minute)} ${zone}${paused ? `, paused: ${paused}` : ""}`];
}
