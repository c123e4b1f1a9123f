/** Taking an answer away again: for whoever asked, and for those who moderate. */
import type { webApi } from "@slack/bolt";
import type { Log } from "../../src/core/index.ts";
import { nameOf } from "./failure.ts";
import type { Self } from "./parse.ts";
import { askerOf } from "./send.ts";

/** The parts of a message's menu that matter here. */
interface Chosen {
  readonly channel: { readonly id: string };
  readonly user: { readonly id: string };
  readonly message: {
    readonly ts: string;
    readonly user?: string;
    readonly bot_id?: string;
    readonly blocks?: unknown;
  };
}

export function createRemove(log: Log) {
  return async (
    { channel, user, message }: Chosen,
    client: webApi.WebClient,
    self: Self,
    moderates: (user: string) => Promise<boolean>,
  ): Promise<void> => {
    const mine = message.user === self.user || message.bot_id === self.bot;
    const asked = askerOf((message.blocks ?? []) as { block_id?: string }[]) === user.id;
    const say = (text: string) => client.chat.postEphemeral({ channel: channel.id, user: user.id, text });
    try {
      if (!mine) return void (await say("I can only remove answers of mine."));
      if (!asked && !(await moderates(user.id)))
        return void (await say("Only the person who asked, or an admin, can remove that answer."));
      await client.chat.delete({ channel: channel.id, ts: message.ts });
    } catch (error) {
      log.warn({ code: nameOf(error), method: "chat.delete" }, "answer not removed");
    }
  };
}
