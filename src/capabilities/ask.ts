/** `ask`: the last to listen; answers whatever nobody else took. */
import { z } from "zod";
import { answer } from "../answering/answer.ts";
import { type Capability, command } from "../core/capability.ts";
import type { ConversationStore } from "../core/ports.ts";
import { about } from "../core/reply.ts";
import type { Library } from "../library/library.ts";
import { words } from "../library/words.ts";

export function ask({
  library,
  conversations,
}: {
  library: () => Library;
  conversations: ConversationStore;
}): Capability {
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
        async run({ question }, turn) {
          if (!words(question.slice(0, 2000)).length) return empty();
          const thread = await conversations.recall(turn.place).catch(() => undefined);
          return answer(question, library(), thread);
        },
      }),
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
