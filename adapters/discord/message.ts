/** One message: answered below it or in a thread of its own; what is for the asker alone waits behind a button. */
import { type GatewayMessageCreateDispatchData, type REST, Routes } from "discord.js";
import {
  type Caller,
  type Delivered,
  type Log,
  type Plan,
  type Reply,
  remark,
  type Tutor,
} from "../../src/core/index.ts";
import { deliveredFrom } from "./faults.ts";
import type { Heard } from "./parse.ts";
import { pressId } from "./press.ts";
import type { ExtraButton } from "./render.ts";
import type { Manner, Sender } from "./send.ts";

/** An answer that takes longer than this shows that it is being written. */
const TYPING_MS = 700;
const NAME = 80;

export interface MessageParts {
  readonly rest: REST;
  readonly sender: Sender;
  readonly tutor: Tutor;
  readonly log: Log;
}

export function messageCaller(
  { rest, sender, tutor, log }: MessageParts,
  message: GatewayMessageCreateDispatchData,
  { turn, how }: Heard,
  threads: boolean,
): Caller {
  const direct = how === "direct";
  let typing: ReturnType<typeof setTimeout> | undefined;

  /** Where the answer stands. */
  async function spot(): Promise<{ channel: string; replyTo?: string }> {
    const opens = threads && turn.place.thread === message.id;
    const thread = opens
      ? await sender.thread(message.channel_id, message.id, titleOf(message.content ?? ""))
      : undefined;
    if (thread) return { channel: thread };
    return direct ? { channel: message.channel_id } : { channel: message.channel_id, replyTo: message.id };
  }

  async function say(reply: Reply, key: string, extra: readonly ExtraButton[] = []): Promise<Delivered> {
    const { channel, replyTo } = await spot();
    const manner: Manner = { ...(replyTo ? { replyTo } : {}), look: { extra } };
    return sender.post(channel, reply, key, manner);
  }

  /** A short word with the one button that leads on. */
  async function lead(words: string, label: string, id: string): Promise<"form"> {
    await say(remark([words]), turn.id, [{ label, id }]);
    return "form";
  }

  /** Limits speak to one person too, but their notice may be read by all. */
  const forAsker = (plan: Plan): boolean =>
    !direct && plan.audience === "asker" && tutor.hear(plan.turn).audience === "asker";

  return {
    async acknowledge(plan) {
      if (forAsker(plan)) {
        const id = pressId({ call: plan.call, owner: plan.turn.person.id });
        if (id) return lead("That is for you alone.", "Show it to me", id);
      } else if (plan.form) {
        const id = pressId({ call: plan.call });
        if (id) return lead("I need a little more for that: mention me with all of it, or", plan.form.title, id);
      }
      typing = setTimeout(() => {
        rest.post(Routes.channelTyping(message.channel_id)).catch(() => undefined);
      }, TYPING_MS);
      return "answer";
    },
    async post(reply, plan, key) {
      clearTimeout(typing);
      try {
        if (forAsker(plan)) return await sender.whisper(turn.person.id, reply, key);
        const columns = pressId({ call: plan.call, columns: true });
        const table = reply.blocks.some(({ kind }) => kind === "table");
        return await say(reply, key, table && columns ? [{ label: "Table", id: columns }] : []);
      } catch (error) {
        const delivered = deliveredFrom(error);
        if (delivered.kind === "gone" && !direct) await explain(delivered.reason, key);
        return delivered;
      }
    },
  };

  /** Who asked hears why there is no answer, and can pass it on. */
  async function explain(reason: string, key: string): Promise<void> {
    log.warn({ place: turn.place, reason }, "Discord refused an answer");
    const words = `I could not answer you in that channel. ${reason} Somebody who manages that server can change it.`;
    await sender
      .whisper(turn.person.id, remark([words]), `${key.slice(0, 22)}.w`)
      .catch((err: unknown) => log.warn({ err }, "the asker could not be told"));
  }
}

/** A thread's name: the question without mentions. */
const titleOf = (content: string): string =>
  [
    ...content
      .replace(/<[@#][!&]?\d+>/g, " ")
      .replace(/\s+/g, " ")
      .trim(),
  ]
    .slice(0, NAME)
    .join("");
