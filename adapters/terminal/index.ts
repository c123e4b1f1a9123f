/** The chat in a terminal: a line read is a turn, a number presses a button. Streams are passed in. */
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Adapter, Block, Plan, Reply, Turn, Tutor } from "../../src/core/index.ts";
import { createQuestions } from "./form.ts";
import { renderText } from "./render.ts";

export interface TerminalParts {
  readonly input: Readable & { isTTY?: boolean };
  readonly output: Writable & { isTTY?: boolean; columns?: number };
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Who sits at the terminal owns what is set there. */
const PERSON = { id: "you", moderator: true } as const;
const PLACE = { platform: "terminal", community: "local", channel: "terminal", thread: "this" } as const;
const WELCOME =
  "Container Tutor: ask about containers, microservices and Docker. `help` lists commands, a number presses a button, Ctrl-C leaves.";
const WIDEST = 100;

type Button = Extract<Block, { kind: "buttons" }>["buttons"][number];

/** One person and one process: nothing is redelivered and nobody is held back, so turns go to the tutor directly. */
export interface Terminal extends Adapter {
  start(tutor: Tutor): Promise<void>;
  /** Resolves when the chat has ended and the last answer is shown. */
  readonly closed: Promise<void>;
}

export function terminal({ input, output, environment }: TerminalParts): Terminal {
  const ended = Promise.withResolvers<void>();
  let lines: Interface | undefined;
  let state: "connecting" | "up" | "down" = "connecting";
  let buttons: Button[] = [];
  let turns = 0;
  // Turns of another session are other turns, though both count from 1.
  const session = crypto.randomUUID().slice(0, 8);
  let running: Promise<void> = Promise.resolve();
  const posted = new Set<string>();
  const questions = createQuestions();

  const width = () => Math.min(WIDEST, Math.max(30, output.columns || Number(environment.COLUMNS) || 80));
  // https://no-color.org: any value but the empty one asks for plain text.
  const colour = () => Boolean(output.isTTY) && !environment.NO_COLOR && environment.TERM !== "dumb";

  function show(reply: Reply): void {
    buttons = reply.blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : []));
    output.write(`\n${renderText(reply.blocks, { width: width(), colour: colour(), firstButton: 1 })}\n\n`);
  }

  function said(line: string): Turn["said"] {
    const pressed = /^\s*\[?(\d{1,2})\]?\s*$/.exec(line)?.[1];
    // A quiz shows its options as A, B, C: the letter presses as the number does.
    const letter = /^\s*\(?([a-f])[).]?\s*$/i.exec(line)?.[1]?.toUpperCase();
    const button = pressed ? buttons[Number(pressed) - 1] : buttons.find((each) => each.label === letter);
    return button ? { kind: "call", call: button.call } : { kind: "text", text: line };
  }

  /** A form is asked field by field; what was filled in is a turn like any other. */
  async function hear(line: string, tutor: Tutor): Promise<void> {
    turns += 1;
    const turn = (what: Turn["said"]): Turn => ({
      id: `${session}-${turns}`,
      person: PERSON,
      place: PLACE,
      said: what,
    });
    const filled = questions.open() ? questions.answer(line) : undefined;
    if (filled === "cancelled") return void output.write("\nLeft as it was.\n\n");
    if (filled === "more") return void output.write(`\n${questions.prompt()}\n\n`);
    const plan: Plan = tutor.hear(turn(filled ? { kind: "call", call: filled } : said(line)));
    if (plan.form && !filled) {
      questions.start(plan.form, plan.call);
      return void output.write(`\n${questions.prompt()}\n\n`);
    }
    show(await tutor.answer(plan));
  }

  return {
    platform: "terminal",
    closed: ended.promise,
    async start(tutor: Tutor) {
      lines = createInterface({
        input,
        output: input.isTTY ? output : undefined,
        terminal: Boolean(input.isTTY && output.isTTY),
        prompt: "> ",
        historySize: 200,
        removeHistoryDuplicates: true,
      });
      output.write(`${WELCOME}\n\n`);
      lines.on("line", (line) => {
        // Lines that were piped behind an `exit` still arrive.
        if (state !== "up") return;
        const text = line.trim();
        if (/^(?:exit|quit|:q|bye)$/i.test(text)) return lines?.close();
        // One after the other, in the order typed or piped.
        running = running.then(async () => {
          // An empty line means something in a form only: it leaves a field out.
          if (text || questions.open()) await hear(text, tutor);
          if (state === "up") lines?.prompt();
        });
      });
      lines.on("SIGINT", () => lines?.close());
      lines.on("close", () => {
        state = "down";
        void running.then(() => ended.resolve());
      });
      state = "up";
      lines.prompt();
    },
    async deliver(_place, reply, key) {
      if (state !== "up") return { kind: "later", afterMs: 1000 };
      if (!posted.has(key)) {
        posted.add(key);
        show(reply);
        lines?.prompt();
      }
      return { kind: "sent" };
    },
    health: () => state,
    async stop() {
      lines?.close();
      await running;
    },
  };
}
