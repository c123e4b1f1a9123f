/** Slack payloads -> what was said, where, by whom; undefined for everything that is not said to the tutor. */
import { type Call, decodeCall, type Place, type Turn } from "../../src/core/index.ts";
import { readable } from "./words.ts";

/** Who the tutor is in a workspace. */
export interface Self {
  readonly user: string;
  readonly bot: string;
}

/** The parts of `message` and `app_mention` that matter here. */
export interface Message {
  readonly type: string;
  readonly subtype?: string;
  readonly hidden?: boolean;
  readonly user?: string;
  readonly bot_id?: string;
  readonly text?: string;
  readonly channel: string;
  readonly channel_type?: string;
  readonly ts: string;
  readonly thread_ts?: string;
}

/** `follow-up` needs a look whether the thread is one of the tutor's, and whether the channel wants that. */
export type Heard = { readonly kind: "asked" | "follow-up"; readonly turn: Turn };

/** Attached files come as a message of this subtype, and shared messages as another; both have words of their own. */
const SPOKEN = new Set(["file_share", "thread_broadcast"]);

export function messageTurn(message: Message, team: string, self: Self): Heard | undefined {
  const { type, subtype, user, channel, ts, thread_ts } = message;
  if ((subtype !== undefined && !SPOKEN.has(subtype)) || message.hidden) return undefined;
  if (!user || message.bot_id || user === self.user || user === "USLACKBOT") return undefined;
  const direct = message.channel_type === "im" || channel.startsWith("D");
  const mentioned = type === "app_mention" || (message.text ?? "").includes(`<@${self.user}>`);
  // A mention also comes as a plain message; both are the same turn, since both have the message's own name.
  if (!direct && !mentioned && !thread_ts) return undefined;
  const thread = direct ? thread_ts : (thread_ts ?? ts);
  const place: Place = { platform: "slack", community: team, channel, ...(thread ? { thread } : {}) };
  const turn = spoken(`${channel}:${ts}`, user, place, readable(message.text ?? "", self.user));
  return { kind: direct || mentioned ? "asked" : "follow-up", turn };
}

/** Nothing but the tutor's name is a call for help. */
const spoken = (id: string, person: string, place: Place, text: string): Turn => ({
  id,
  person: { id: person },
  place,
  said: text ? { kind: "text", text } : { kind: "call", call: { command: "help", args: {} } },
});

/** The parts of a slash command that matter here. */
export interface SlashCommand {
  readonly text: string;
  readonly user_id: string;
  readonly team_id: string;
  readonly channel_id: string;
  readonly trigger_id: string;
}

export const commandTurn = (command: SlashCommand, self: Self): Turn =>
  spoken(
    `command:${command.trigger_id}`,
    command.user_id,
    { platform: "slack", community: command.team_id, channel: command.channel_id },
    readable(command.text ?? "", self.user),
  );

/** The parts of a click that matter here. */
export interface Click {
  readonly user: { readonly id: string; readonly team_id?: string };
  readonly team?: { readonly id: string } | null;
  readonly trigger_id?: string;
  readonly channel?: { readonly id: string };
  readonly message?: { readonly ts: string; readonly thread_ts?: string };
  readonly container?: { readonly message_ts?: string; readonly thread_ts?: string; readonly is_ephemeral?: boolean };
}

/** Where a click happened; a click in the App Home or on a shortcut is in the direct messages with that person. */
export function placeOf(click: Click, team: string): Place {
  const channel = click.channel?.id;
  if (!channel) return { platform: "slack", community: team, channel: click.user.id };
  // Under a command's answer, which stands in no thread, the answer to a click begins one, unless only one person sees it.
  const alone = click.container?.is_ephemeral || channel.startsWith("D");
  const thread = click.message?.thread_ts ?? click.container?.thread_ts ?? (alone ? undefined : click.message?.ts);
  return { platform: "slack", community: team, channel, ...(thread ? { thread } : {}) };
}

export function clickTurn(
  click: Click,
  action: { value?: string; action_ts?: string },
  team: string,
): Turn | undefined {
  const call = decodeCall(action.value ?? "");
  if (!call) return undefined;
  const id = `click:${click.trigger_id ?? `${click.user.id}:${action.action_ts ?? ""}`}`;
  return callTurn(id, click.user.id, placeOf(click, team), call);
}

export const callTurn = (id: string, person: string, place: Place, call: Call): Turn => ({
  id,
  person: { id: person },
  place,
  said: { kind: "call", call },
});
