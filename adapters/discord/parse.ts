/** Discord's payloads -> turns; undefined for whatever was not said to the tutor. */
import {
  type APIChatInputApplicationCommandInteraction,
  type APIInteraction,
  type APIModalSubmitInteraction,
  ApplicationCommandType,
  ComponentType,
  type GatewayMessageCreateDispatchData,
  InteractionContextType,
  InteractionType,
  MessageType,
  PermissionFlagsBits,
} from "discord.js";
import { type Call, decodeCall, type Person, type Place, type Turn } from "../../src/core/index.ts";
import { EXPLAIN } from "./commands.ts";
import { readPress } from "./press.ts";

/** What the adapter knows of the guild, for parsing alone. */
export interface Surroundings {
  /** The bot's own user id. */
  readonly me: string;
  /** The bot's own role in a guild; people mention it when they mean the bot. */
  ownRole(guild: string): string | undefined;
  /** A thread's channel, and whether the tutor opened it; undefined for anything but a thread. */
  thread(channel: string): { readonly parent: string; readonly own: boolean } | undefined;
  moderates(guild: string, person: string, roles: readonly string[]): boolean;
}

export interface Heard {
  readonly turn: Turn;
  readonly how: "direct" | "mention" | "reply" | "thread";
}

/** Longer than any question; pastes come whole. */
const TEXT = 4000;

/** A message's turn; an empty one that was meant for the tutor opens the form for a question. */
export function parseMessage(message: GatewayMessageCreateDispatchData, about: Surroundings): Heard | undefined {
  const { author, guild_id: guild, channel_id: channel } = message;
  if (!author || author.bot || author.system || message.webhook_id) return undefined;
  if (message.type !== MessageType.Default && message.type !== MessageType.Reply) return undefined;
  const thread = guild ? about.thread(channel) : undefined;
  const how = addressed(message, thread?.own ?? false, about);
  if (!how) return undefined;
  const text = spoken(message, about);
  // Without the Message Content intent a thread's words are not delivered; stickers have none.
  if (!text && how === "thread") return undefined;
  return {
    how,
    turn: {
      id: message.id,
      person: {
        id: author.id,
        moderator: guild ? about.moderates(guild, author.id, message.member?.roles ?? []) : true,
      },
      place: placeOf(guild ?? author.id, channel, thread?.parent),
      said: text ? { kind: "text", text } : { kind: "call", call: { command: "ask", args: {} } },
    },
  };
}

function addressed(
  message: GatewayMessageCreateDispatchData,
  own: boolean,
  { me, ownRole }: Surroundings,
): Heard["how"] | undefined {
  const guild = message.guild_id;
  if (!guild) return "direct";
  const mentions = message.mentions ?? [];
  const role = ownRole(guild);
  // A reply pings whom it answers: alone that is no mention.
  const named = new RegExp(`<@!?${me}>`).test(message.content ?? "");
  if (named || (role && message.mention_roles?.includes(role))) return "mention";
  const answered = message.referenced_message?.author?.id;
  if (answered === me) return "reply";
  if (mentions.some(({ id }) => id === me)) return "mention";
  // In its own thread everything is said to the tutor, unless it is said to somebody else.
  return own && answered === undefined && !mentions.length ? "thread" : undefined;
}

/** The words without the mention of the tutor; other mentions would say nothing to it. */
function spoken({ content, guild_id: guild }: GatewayMessageCreateDispatchData, about: Surroundings): string {
  const role = guild ? about.ownRole(guild) : undefined;
  return (content ?? "")
    .slice(0, TEXT)
    .replaceAll(new RegExp(`<@!?${about.me}>${role ? `|<@&${role}>` : ""}`, "g"), " ")
    .replace(/<@[!&]?\d+>/g, " ")
    .trim();
}

const placeOf = (community: string, channel: string, parent: string | null | undefined): Place => ({
  platform: "discord",
  community,
  ...(parent ? { channel: parent, thread: channel } : { channel }),
});

/** An interaction's turn, and what only the adapter has to know about it. */
export interface Asked {
  readonly turn: Turn;
  /** The only one who may press this button. */
  readonly owner?: string;
  readonly columns?: true;
  /** Seen by the asker alone, whatever the command's own audience is. */
  readonly aside?: true;
}

/** Undefined for what is no call of ours, such as a button of another version. */
export function parseInteraction(interaction: APIInteraction): Asked | undefined {
  const person = personOf(interaction);
  if (!person) return undefined;
  const ask = (call: Call, rest: Omit<Asked, "turn"> = {}): Asked => ({
    turn: {
      id: interaction.id,
      person,
      place: placeOfInteraction(interaction, person.id),
      said: { kind: "call", call },
    },
    ...rest,
  });
  switch (interaction.type) {
    case InteractionType.ApplicationCommand: {
      const { data } = interaction;
      if (data.type === ApplicationCommandType.ChatInput) return ask(callOf(data));
      if (data.type !== ApplicationCommandType.Message || data.name !== EXPLAIN) return undefined;
      const message = Object.values(data.resolved.messages)[0]?.content?.slice(0, TEXT).trim();
      // A picture or a sticker has no words: then a form asks what it is about.
      return ask(message ? { command: "explain", args: { text: message } } : { command: "ask", args: {} }, {
        aside: true,
      });
    }
    case InteractionType.MessageComponent: {
      const press = readPress(interaction.data.custom_id);
      if (!press) return undefined;
      const { call, ...rest } = press;
      return ask(call, rest.columns ? { ...rest, aside: true } : rest);
    }
    case InteractionType.ModalSubmit: {
      const call = decodeCall(interaction.data.custom_id);
      return call && ask({ ...call, args: { ...call.args, ...filledIn(interaction) } });
    }
    default:
      return undefined;
  }
}

/** `/docker compare a:vm b:container` -> the call; an option that was left out is not there. */
function callOf(data: APIChatInputApplicationCommandInteraction["data"]): Call {
  const [sub] = data.options ?? [];
  const options = sub && "options" in sub ? (sub.options ?? []) : [];
  return {
    command: sub?.name ?? data.name,
    args: Object.fromEntries(
      options.flatMap((option) => ("value" in option ? [[option.name, String(option.value)]] : [])),
    ),
  };
}

/** What stands in the fields, by argument; empty ones are left out. */
function filledIn({ data }: APIModalSubmitInteraction): Record<string, string> {
  const out: Record<string, string> = {};
  for (const label of data.components) {
    if (label.type !== ComponentType.Label) continue;
    const field = label.component;
    const value = "value" in field ? field.value : "values" in field ? field.values[0] : undefined;
    if (typeof value === "string" && value.trim()) out[field.custom_id] = value.trim();
  }
  return out;
}

function personOf({ member, user, guild_id: guild, context }: APIInteraction): Person | undefined {
  const id = member?.user.id ?? user?.id;
  if (!id) return undefined;
  // Asked again at every click: rights come and go.
  const rights = BigInt(member?.permissions ?? 0);
  const moderator = guild
    ? (rights & (PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator)) !== 0n
    : context !== InteractionContextType.PrivateChannel;
  return { id, moderator };
}

/**
 * Direct messages belong to no server: there a person is a community of one, so that nothing that is set or listed there
 * reaches anybody else. A group of several is a community by its channel, in which nobody sets anything.
 */
function placeOfInteraction(interaction: APIInteraction, person: string): Place {
  const { guild_id: guild, channel, channel_id, context } = interaction;
  const parent = channel && "thread_metadata" in channel ? channel.parent_id : undefined;
  const id = channel?.id ?? channel_id ?? "";
  return placeOf(guild ?? (context === InteractionContextType.PrivateChannel ? id : person), id, parent);
}
