/** One message after the other through the real tutor and every renderer; what is wrong with what comes out. */

import { markerOf } from "../../adapters/discord/marker.ts";
import { container, renderPages } from "../../adapters/discord/render.ts";
import { answerLine } from "../../adapters/jsonl/index.ts";
import { render } from "../../adapters/slack/render.ts";
import { renderText } from "../../adapters/terminal/render.ts";
import type { Log } from "../../src/core/ports.ts";
import type { Button, Reply } from "../../src/core/reply.ts";
import type { Store } from "../../src/core/store.ts";
import type { Turn } from "../../src/core/turn.ts";
import type { Tutor } from "../../src/core/tutor.ts";
import { bodyOf, discordFaults, liveIn } from "./discord/faults.ts";
import { tableFaultsOf } from "./discord/limits.ts";
import type { Message } from "./messages.ts";
import { slackFaults } from "./slack/faults.ts";
import { faultsOfMessage } from "./slack/limits.ts";
import { pingsIn } from "./slack/stage.ts";
import { memoryStore, tutor } from "./tutor.ts";

/** People and threads of one round: enough to answer follow-ups, few enough to meet again. */
const PEOPLE = 50;
/** Terminal and JSON carry no markup, so nothing invisible or turned around may be in them. */
const CONTROLS = /(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;

export interface Fuzzed {
  /** Every fault of one message, in words; `whole`: by the schemas too, which take a hundred times as long. */
  send(message: Message, whole: boolean): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** A tutor with an empty store of its own: what it answers depends on nothing but what was said since. */
export async function fuzzed(): Promise<Fuzzed> {
  const store: Store = await memoryStore();
  const logged: string[] = [];
  const keep = (_fields: object, message: string) => void logged.push(`logged: ${message}`);
  const log: Log = { info() {}, warn: keep, error: keep };
  const subject = tutor({ store, log });
  let sent = 0;
  let buttons: readonly Button[] = [];

  return {
    async send(message, whole) {
      sent += 1;
      logged.length = 0;
      const faults: string[] = [];
      try {
        const reply = await subject.answer(subject.hear(turnOf(message, sent, subject, buttons)));
        buttons = reply.blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : []));
        faults.push(...faultsOf(reply, whole));
      } catch (error) {
        faults.push(`thrown: ${String(error)}`);
      }
      return [...faults, ...logged];
    },
    close: () => store.close(),
  };
}

function turnOf({ way, text, pick }: Message, sent: number, tutor: Tutor, buttons: readonly Button[]): Turn {
  const who = pick % PEOPLE;
  const place = { platform: "test" as const, community: "c", channel: `c${who}`, thread: `t${who}` };
  const turn = { id: `m${sent}`, person: { id: `p${who}` }, place };
  const command = tutor.commands[pick % tutor.commands.length];
  const button = buttons[pick % Math.max(1, buttons.length)];
  if (way === "clicked" && button) return { ...turn, said: { kind: "call", call: button.call } };
  if (way === "called" && command) {
    const args = Object.fromEntries(command.options.map(({ name }) => [name, text]));
    return { ...turn, said: { kind: "call", call: { command: command.name, args } } };
  }
  return { ...turn, said: { kind: "text", text } };
}

/** What is wrong with a reply wherever it is shown. */
export function faultsOf(reply: Reply, whole: boolean): string[] {
  const { blocks } = reply;
  const faults: string[] = [];
  const line = JSON.stringify(answerLine("x", undefined, reply));
  const terminal = renderText(blocks, { width: 80, colour: false, firstButton: 1 });
  if (!terminal.trim()) faults.push("terminal: nothing is said");
  if (CONTROLS.test(terminal)) faults.push("terminal: controls");
  const { answer } = JSON.parse(line) as { answer: string };
  if (CONTROLS.test(answer)) faults.push("jsonl: controls");
  if (!answer.isWellFormed()) faults.push("jsonl: half a character");
  if (/\bundefined\b|\[object|\bNaN\b/.test(answer))
    faults.push(`jsonl: ${/.{0,20}(?:undefined|\[object|NaN)/.exec(answer)?.[0]}`);

  for (const { text, blocks: body } of render(blocks)) {
    const page = { text, blocks: body.map((block) => ({ ...block })) };
    for (const fault of [...faultsOfMessage(page), ...pingsIn(page)]) faults.push(`slack: ${fault}`);
    if (CONTROLS.test(text)) faults.push("slack: controls");
  }
  for (const [i, page] of renderPages(blocks).entries()) {
    const body = bodyOf([container(page, markerOf("key", i))]);
    for (const fault of [...tableFaultsOf(body), ...liveIn(page.components)]) faults.push(`discord: ${fault}`);
  }
  if (whole) faults.push(...[slackFaults(blocks), discordFaults(blocks)].flat(2).map((fault) => `schema: ${fault}`));
  return faults;
}
