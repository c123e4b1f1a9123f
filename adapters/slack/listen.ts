/** What the app listens to, each as a turn. */
import type { App, webApi } from "@slack/bolt";
import type { Log, Turn, Tutor } from "../../src/core/index.ts";
import { FORM, type Submitted, submitted } from "./form.ts";
import { ACKNOWLEDGE } from "./gate.ts";
import type { Home } from "./home.ts";
import {
  type Click,
  callTurn,
  clickTurn,
  commandTurn,
  type Message,
  messageTurn,
  type Self,
  type SlashCommand,
} from "./parse.ts";
import { createRemove } from "./remove.ts";
import type { Respond } from "./send.ts";
import { type Occasion, SHARE } from "./take.ts";
import { readable } from "./words.ts";

export const SHORTCUT = { explain: "explain", ask: "ask", remove: "remove" } as const;

export interface ListenParts {
  readonly tutor: Tutor;
  readonly take: (turn: Turn, occasion: Occasion) => Promise<unknown>;
  readonly follows: (turn: Turn) => Promise<boolean>;
  readonly moderates: (client: webApi.WebClient, team: string, user: string) => Promise<boolean>;
  readonly home: Home;
  /** The app was taken away from a workspace or an organisation; false where it is back since. */
  readonly left: (community: string, asOf: number) => Promise<boolean>;
  readonly log: Log;
}

interface Context {
  readonly botUserId?: string;
  readonly botId?: string;
  readonly teamId?: string;
  readonly enterpriseId?: string;
  readonly isEnterpriseInstall?: boolean;
  readonly [ACKNOWLEDGE]?: () => Promise<void>;
}

const selfOf = ({ botUserId = "", botId = "" }: Context): Self => ({ user: botUserId, bot: botId });
/** Longer than this and the explanation would be of a whole page. */
const EXPLAINED = 600;

export function listen(app: App, parts: ListenParts): void {
  const { take, follows, home, log } = parts;
  const remove = createRemove(log);

  const hear = async (message: Message, context: Context, client: webApi.WebClient): Promise<void> => {
    const heard = messageTurn(message, context.teamId ?? "", selfOf(context));
    if (!heard) return;
    if (heard.kind === "follow-up" && !(await follows(heard.turn))) return;
    const spot = { channel: message.channel, ts: message.thread_ts ?? message.ts };
    await take(heard.turn, { client, acknowledge: async () => context[ACKNOWLEDGE]?.(), spot });
  };
  app.event("app_mention", ({ event, context, client }) => hear(event as Message, context, client));
  app.event("message", ({ event, context, client }) => hear(event as Message, context, client));

  app.command(/^\//, async ({ command, ack, client, context, respond }) => {
    await take(commandTurn(command as SlashCommand, selfOf(context)), {
      client,
      acknowledge: (shown) => ack(shown ? { response_type: "in_channel" } : undefined),
      trigger: command.trigger_id,
      respond: respond as Respond,
    });
  });

  app.action(/^call:/, async ({ action, body, ack, client, context }) => {
    const turn = clickTurn(body as Click, action as { value?: string; action_ts?: string }, teamOf(body, context));
    if (!turn) return void (await ack());
    const trigger = (body as Click).trigger_id;
    const meant = unshared(turn);
    await take(meant, {
      client,
      acknowledge: () => ack(),
      ...(trigger ? { trigger } : {}),
      shared: meant !== turn,
    });
  });

  app.view(FORM, async ({ view, body, ack, client }) => {
    const pending = submitted(view as Submitted);
    if (!pending) return void (await ack());
    await take(callTurn(`form:${view.id}`, body.user.id, pending.place, pending.call), {
      client,
      acknowledge: () => ack(),
    });
  });

  app.shortcut({ callback_id: SHORTCUT.ask, type: "shortcut" }, async ({ shortcut, ack, client, context }) => {
    const place = { platform: "slack", community: teamOf(shortcut, context), channel: shortcut.user.id } as const;
    await take(callTurn(`shortcut:${shortcut.trigger_id}`, shortcut.user.id, place, { command: "ask", args: {} }), {
      client,
      acknowledge: () => ack(),
      trigger: shortcut.trigger_id,
    });
  });

  app.shortcut(
    { callback_id: SHORTCUT.explain, type: "message_action" },
    async ({ shortcut, ack, client, context, respond }) => {
      const { message, channel, user, trigger_id } = shortcut;
      const text = readable(message.text ?? "", selfOf(context).user).slice(0, EXPLAINED);
      const thread = message.thread_ts ?? message.ts;
      const place = { platform: "slack", community: teamOf(shortcut, context), channel: channel.id, thread } as const;
      const explain = parts.tutor.commands.some(({ name }) => name === "explain");
      const call = explain ? { command: "explain", args: { text } } : { command: "ask", args: { question: text } };
      await take(callTurn(`shortcut:${trigger_id}`, user.id, place, call), {
        client,
        acknowledge: () => ack(),
        respond: respond as Respond,
      });
    },
  );

  app.shortcut({ callback_id: SHORTCUT.remove, type: "message_action" }, async ({ shortcut, ack, client, context }) => {
    await ack();
    await remove(shortcut, client, { user: context.botUserId ?? "", bot: context.botId ?? "" }, (user) =>
      parts.moderates(client, teamOf(shortcut, context), user),
    );
  });

  app.event("app_home_opened", async ({ event, client, context }) => {
    const team = context.teamId ?? "";
    await (event.tab === "home" ? home.publish(client, team, event.user) : home.suggest(client, event.channel));
  });
  app.event("member_joined_channel", async ({ event, client, context }) => {
    if (event.user === context.botUserId) await home.welcome(client, event.channel);
  });

  const leave = async (context: Context, at: number) => {
    const community = (context.isEnterpriseInstall ? context.enterpriseId : undefined) ?? context.teamId;
    if (community) log.info({ team: community, gone: await parts.left(community, (at + 1) * 1000) }, "app taken away");
  };
  app.event("app_uninstalled", ({ context, body }) => leave(context, body.event_time));
  app.event("tokens_revoked", async ({ event, context, body }) => {
    if (event.tokens.bot?.length) await leave(context, body.event_time);
  });
}

/** A shared answer is the call that it shares. */
function unshared(turn: Turn): Turn {
  if (turn.said.kind !== "call" || turn.said.call.command !== SHARE) return turn;
  const { of = "help", ...args } = turn.said.call.args;
  return { ...turn, said: { kind: "call", call: { command: of, args } } };
}

const teamOf = (body: object, context: Context): string =>
  (body as { team?: { id?: string } | null }).team?.id ?? context.teamId ?? "";
