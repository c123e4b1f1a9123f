/**
 * The tutor: hear (instant, pure) and answer (never rejects). The one error boundary of the project is here:
 * whatever goes wrong inside a command becomes a reply that a person can act on.
 */
import type { Capability, Command, Form } from "./capability.ts";
import { quote, TutorError } from "./errors.ts";
import type { ConversationStore, Log } from "./ports.ts";
import { about, type Block, type Reply } from "./reply.ts";
import { type Call, placeKey, type Turn } from "./turn.ts";

/** A turn understood: which command answers it, who may see the answer, and whether a form comes first. */
export interface Plan {
  readonly turn: Turn;
  readonly call: Call;
  readonly audience: "everyone" | "asker";
  readonly form: Form | undefined;
}

export interface Diagram {
  readonly svg: string;
  readonly png: Uint8Array;
  readonly alt: string;
}

export interface Tutor {
  readonly commands: readonly Command[];
  hear(turn: Turn): Plan;
  answer(plan: Plan): Promise<Reply>;
  /** One of our own drawings; undefined for an id that is not there. */
  diagram(id: string): Promise<Diagram | undefined>;
}

export interface TutorParts {
  readonly capabilities: readonly Capability[];
  readonly conversations: ConversationStore;
  readonly log: Log;
  readonly diagram: (id: string) => Promise<Diagram | undefined>;
}

/** Longer than any sentence that asks for a command; a question is cut shorter still where it is understood. */
const HEARD = 2000;

export function createTutor({ capabilities, conversations, log, diagram }: TutorParts): Tutor {
  const commands = capabilities.flatMap((capability) => capability.commands);
  const byName = new Map(commands.map((command) => [command.name, command]));

  function understand(turn: Turn): Call {
    if (turn.said.kind === "call") return turn.said.call;
    // Whatever looks for words in it is quick for a sentence, and not for a book.
    const heard = turn.said.text.slice(0, HEARD);
    for (const capability of capabilities) {
      try {
        const call = capability.hear?.(heard, turn);
        if (call) return call;
      } catch (error) {
        // One capability that stumbles must not make the others deaf.
        log.error({ capability: capability.name, err: error }, "bug while hearing");
      }
    }
    return { command: "ask", args: { question: turn.said.text } };
  }

  return {
    commands,
    hear(turn) {
      const call = understand(turn);
      const command = byName.get(call.command);
      const missing = command?.options.some((option) => option.required && !call.args[option.name]) ?? false;
      return { turn, call, audience: command?.audience ?? "asker", form: missing ? command?.form : undefined };
    },
    async answer(plan) {
      try {
        const command = byName.get(plan.call.command);
        if (!command)
          throw new TutorError("learner", `I no longer have "${quote(plan.call.command)}".`, {
            hint: "Try `help` for what I can do.",
          });
        const reply = await command.run(plan.call.args, plan.turn);
        await remember(plan.turn, reply);
        return reply;
      } catch (error) {
        return apology(error, plan);
      }
    },
    diagram,
  };

  /** A store that is down costs the next follow-up its context, never this answer. */
  async function remember(turn: Turn, reply: Reply): Promise<void> {
    try {
      await conversations.remember(turn.place, reply.about);
    } catch (error) {
      log.warn({ err: error }, "conversation not remembered");
    }
  }

  function apology(error: unknown, plan: Plan): Reply {
    const fields = { command: plan.call.command, place: placeKey(plan.turn.place) };
    if (error instanceof TutorError && error.fault === "learner") {
      log.info({ ...fields, fault: error.fault }, "learner fault");
      return { blocks: [say(error.sentence)], about: about("abstained") };
    }
    if (error instanceof TutorError) {
      log.warn({ ...fields, fault: error.fault, err: error }, "answer failed");
      return { blocks: [say("I cannot do that right now; please try again in a minute.")], about: about("abstained") };
    }
    const incident = crypto.randomUUID().slice(0, 8);
    log.error({ ...fields, incident, err: error }, "bug");
    return {
      blocks: [
        say(
          `Something broke on my side. It is noted as incident ${incident}; please try once more, or ask in other words.`,
        ),
      ],
      about: about("abstained"),
    };
  }
}

/** Backticks in a fault's sentence are code, nothing else is markup: a learner's words are never parsed. */
function say(sentence: string): Block {
  const line = sentence.split("`").map((text, i) => (i % 2 ? { kind: "code" as const, text } : text));
  return { kind: "text", line: line.filter((span) => (typeof span === "string" ? span : span.text)) };
}
