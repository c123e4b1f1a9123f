/** `quiz`: one multiple choice question with buttons; each answer is the clicker's own and explained to them. */
import { z } from "zod";
import { type Capability, command } from "../core/capability.ts";
import { quote, TutorError } from "../core/errors.ts";
import type { LearnerStore } from "../core/learners.ts";
import type { ConversationStore, Ms } from "../core/ports.ts";
import type { Reply } from "../core/reply.ts";
import { type Call, callFits, type Turn } from "../core/turn.ts";
import type { Item } from "../learning/bank.ts";
import { bankOf } from "../learning/bank.ts";
import { nextQuestion, readTopic, type Topic, topicArg } from "../learning/deck.ts";
import { personOf, standingOf } from "../learning/learner.ts";
import { progressOf } from "../learning/progress.ts";
import type { Library } from "../library/library.ts";
import { answerArgs, gone, instanceOf, judge } from "./judge.ts";
import { asking, feedbackBlocks, questionBlocks, readButton, steps, teaching } from "./question.ts";

interface QuizParts {
  readonly library: () => Library;
  readonly learners: LearnerStore;
  readonly conversations: Pick<ConversationStore, "recall">;
  readonly clock: () => Ms;
}

const QUIZ = /^\/?quiz(?:\s+me)?(?:\s+(?:on|about|with|in|for|of))?(?:\s+(?:the\s+)?(.{1,60}))?$/i;
const SPOKEN =
  /^(?:please\s+)?(?:can you\s+)?(?:test me|give me (?:a|another|one more) (?:quiz|question|quiz question)|(?:another|next) (?:quiz )?question|start (?:a |the )?quiz|ask me (?:a|another|some) (?:quiz )?questions?)(?:\s+(?:on|about)\s+(?:the\s+)?(.{1,60}))?(?:\s+please)?$/i;
/** An answer typed where only buttons can tell which question is meant. */
const LETTER = /^\(?[a-d][).]?$/i;

/** The next question, said where one was answered. */
const NEXT = /^(?:(?:the )?next|(?:another|one more)(?: one)?|go on|continue)(?:,? please)?$/i;

export function quiz(deps: QuizParts): Capability {
  const { library, conversations } = deps;
  const topicArgs = {
    topic: z.string().describe("An area or a concept, such as networking or volume").optional(),
    last: z.string().optional(),
  };
  const suggest = async (option: string, typed: string) => {
    if (option !== "topic") return [];
    const areas = bankOf(library()).areas.filter((area) => area.startsWith(typed.toLowerCase()));
    return [...areas, ...(await library().index.suggest(typed))];
  };
  const ask = async (args: { topic?: string | undefined; last?: string | undefined }, turn: Turn): Promise<Reply> => {
    const topic = findTopic(args.topic ?? "", library());
    const item = await choose(deps, topic, turn, args.last);
    const instance = instanceOf(turn);
    return asking([
      { kind: "heading", text: `Quiz: ${item.page.area}` },
      ...questionBlocks(item, instance, (choice) => answerCall(item, choice.key, instance, topic)),
    ]);
  };

  return {
    name: "quiz",
    examples: ["quiz", "quiz networking", "quiz me on volumes"],
    commands: [
      command({
        name: "quiz",
        summary: "A question to test yourself; answers are explained",
        usage: "[topic]",
        args: z.object(topicArgs),
        suggest,
        run: ask,
      }),
      // The next question after an answer is for that learner alone: an open quiz does not flood its channel.
      command({
        name: "quiz.next",
        summary: "The next question",
        args: z.object(topicArgs),
        audience: "asker",
        listed: false,
        run: ask,
      }),
      command({
        name: "quiz.again",
        summary: "The next question, on what the last one was about",
        args: z.object({}),
        audience: "asker",
        listed: false,
        async run(_, turn) {
          // Only what this thread has been about makes it clear; without it any question is a next one.
          const thread = await conversations.recall(turn.place).catch(() => undefined);
          const topic = thread?.concepts.find((concept) => bankOf(library()).about(concept).length > 0);
          return ask({ topic }, turn);
        },
      }),
      command({
        name: "quiz.answer",
        summary: "Answer a question",
        args: z.object({ ...answerArgs, t: z.string().optional() }),
        audience: "asker",
        listed: false,
        async run(args, turn) {
          const verdict = await judge(deps, args, turn);
          if (!verdict) return gone(args.q, library());
          const { item, choice } = verdict;
          const next: Call = { command: "quiz.next", args: { ...(args.t ? { topic: args.t } : {}), last: item.id } };
          return teaching(
            [
              ...feedbackBlocks(verdict, library()),
              ...steps([
                { label: "Next question", call: next },
                readButton(item),
                choice.right
                  ? undefined
                  : { label: "Five-minute lesson", call: { command: "lesson", args: { topic: item.page.id } } },
              ]),
            ],
            item,
          );
        },
      }),
      command({
        name: "quiz.letter",
        summary: "A letter typed instead of a button pressed",
        args: z.object({}),
        audience: "asker",
        listed: false,
        run: async () =>
          asking([
            { kind: "text", line: ["To answer a question, press its button: a letter alone does not say which one."] },
            ...steps([{ label: "New question", call: { command: "quiz.next", args: {} } }]),
          ]),
      }),
    ],
    hear(text) {
      if (text.length > 120) return undefined;
      const said = text.trim().replace(/(?<![.!?])[.!?]+$/, "");
      if (LETTER.test(said)) return { command: "quiz.letter", args: {} };
      if (NEXT.test(said)) return { command: "quiz.again", args: {} };
      const match = QUIZ.exec(said) ?? SPOKEN.exec(said);
      return match ? { command: "quiz", args: match[1] ? { topic: match[1].trim() } : {} } : undefined;
    },
  };
}

function answerCall(item: Item, p: string, s: string, topic: Topic): Call {
  const args = { q: item.id, p, s };
  const { topic: t } = topicArg(topic);
  const whole: Call = { command: "quiz.answer", args: t ? { ...args, t } : args };
  // A long name costs the next question its topic, never this one its answer.
  return callFits(whole) ? whole : { command: "quiz.answer", args };
}

function findTopic(said: string, library: Library): Topic {
  const topic = readTopic(said, library);
  if (topic) return topic;
  const bank = bankOf(library);
  const near = library.concepts
    .nearest(said, 6)
    .filter((id) => bank.about(id).length)
    .slice(0, 3)
    .map((id) => library.concepts.title(id));
  throw new TutorError("learner", `I have no questions on "${quote(said)}".`, {
    hint: near.length ? `The nearest: ${near.join(", ")}.` : `Areas are ${bank.areas.join(", ")}.`,
  });
}

async function choose(
  { library, learners, clock }: { library: () => Library; learners: LearnerStore; clock: () => Ms },
  topic: Topic,
  turn: Turn,
  last: string | undefined,
): Promise<Item> {
  const now = clock();
  // Without the database a question can still be asked; it is only not chosen for this learner.
  const { cards, progress } = await standingOf(learners, personOf(turn), library(), now).catch((error: unknown) => {
    if (error instanceof TutorError && error.fault === "dependency")
      return { cards: [], progress: progressOf([], [], library(), now) };
    throw error;
  });
  const item = nextQuestion(library(), { topic, cards, progress, now, seed: instanceOf(turn), last });
  if (!item)
    throw new TutorError("learner", "My pages have no quiz questions.", {
      hint: "Questions come from the `quiz` part of a page.",
    });
  return item;
}
