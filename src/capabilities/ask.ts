/** `ask`: the last to listen; answers whatever nobody else took. */
import { z } from "zod";
import { answer } from "../answering/answer.ts";
import { understand } from "../answering/question.ts";
import { type Capability, command } from "../core/capability.ts";
import type { FeedbackStore } from "../core/feedback.ts";
import type { ConversationStore, Ms } from "../core/ports.ts";
import { about, type Reply } from "../core/reply.ts";
import type { Turn } from "../core/turn.ts";
import type { Library } from "../library/library.ts";
import { words } from "../library/words.ts";
import { explain } from "./explain.ts";
import { withFeedback } from "./feedback.ts";
import { noteGap } from "./gap.ts";
import type { HiddenSections } from "./hidden.ts";

interface AskParts {
  readonly library: () => Library;
  readonly conversations: ConversationStore;
  readonly feedback: FeedbackStore;
  readonly hidden: HiddenSections;
  readonly clock: () => Ms;
}

export function ask(parts: AskParts): Capability {
  const { library, conversations, hidden } = parts;
  async function reply(question: string, turn: Turn): Promise<Reply> {
    if (!words(question.slice(0, 2000)).length) return empty();
    const [thread, wrong] = await Promise.all([
      conversations.recall(turn.place).catch(() => undefined),
      hidden.of(turn.place),
    ]);
    const answered = await answer(question, library(), thread, wrong);
    if (answered.about.outcome === "abstained") {
      const { concepts, unknown } = understand(question, library(), thread);
      await noteGap(concepts, unknown, parts, turn);
    }
    return withFeedback(answered, parts, turn);
  }
  return {
    name: "ask",
    examples: ["what is a container", "how do I get a shell in a running container?", "why is my image so large"],
    commands: [
      command({
        name: "ask",
        summary: "Answer a question about containers, microservices or Docker",
        usage: "<question>",
        args: z.object({ question: z.string().describe("Your question, in your own words") }),
        form: {
          title: "Ask the tutor",
          fields: [{ arg: "question", label: "Your question", kind: "text", required: true }],
        },
        suggest: (_option, typed) => library().index.suggest(typed),
        run: ({ question }, turn) => reply(question, turn),
      }),
      explain(parts, reply),
    ],
    hear: (text) => ({ command: "ask", args: { question: text.replace(/^\/?ask\s+/i, "") } }),
  };
}

/** Nothing was said, or nothing that has letters: how to begin. */
function empty() {
  return {
    blocks: [
      {
        kind: "text" as const,
        line: ["Ask me anything about containers, microservices or Docker, for example: what is a volume?"],
      },
      {
        kind: "buttons" as const,
        buttons: [
          { label: "What is a container?", call: { command: "ask", args: { question: "what is a container" } } },
          { label: "VM or container?", call: { command: "compare", args: { a: "vm", b: "container" } } },
          { label: "Help", call: { command: "help", args: {} } },
        ],
      },
    ],
    about: about("abstained"),
  };
}
