/** "Remove this answer": for who asked, and for moderators. */
import {
  type APIMessageApplicationCommandInteraction,
  InteractionContextType,
  InteractionResponseType,
  MessageFlags,
  PermissionFlagsBits,
  type REST,
  type RESTGetAPIChannelMessageResult,
  type RESTGetAPIChannelMessagesResult,
  RESTJSONErrorCodes,
  Routes,
} from "discord.js";
import { codeOf, isCode } from "./faults.ts";
import { respond } from "./interaction.ts";
import { markerIn } from "./marker.ts";
import type { Surroundings } from "./parse.ts";

/** Messages that Discord lists around one. */
const AROUND = 100;
const MAY = PermissionFlagsBits.ManageMessages | PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator;

export async function removeAnswer(
  rest: REST,
  interaction: APIMessageApplicationCommandInteraction,
  about: Surroundings,
): Promise<void> {
  await respond(rest, interaction, {
    type: InteractionResponseType.DeferredChannelMessageWithSource,
    data: { flags: MessageFlags.Ephemeral },
  });
  const content = await outcome(rest, interaction, about);
  const original = Routes.webhookMessage(interaction.application_id, interaction.token, "@original");
  await rest.patch(original, { body: { content, allowed_mentions: { parse: [] } }, auth: false });
}

type Message = Pick<
  RESTGetAPIChannelMessageResult,
  "id" | "channel_id" | "author" | "components" | "interaction_metadata" | "message_reference"
>;

async function outcome(
  rest: REST,
  interaction: APIMessageApplicationCommandInteraction,
  about: Surroundings,
): Promise<string> {
  const message = Object.values(interaction.data.resolved.messages)[0];
  const asker = interaction.member?.user.id ?? interaction.user?.id;
  if (!message || message.author.id !== about.me) return "That is not an answer of mine.";
  const moderator = (BigInt(interaction.member?.permissions ?? 0) & MAY) !== 0n;
  try {
    const pages = await pagesOf(rest, message, about);
    // In direct messages there is nobody else.
    const direct = interaction.context === InteractionContextType.BotDM;
    if (!moderator && !direct && (await askerOf(rest, pages, about)) !== asker)
      return "Only who asked, and moderators, can remove an answer.";
    for (const page of pages) await remove(rest, page);
    return pages.length > 1 ? `Removed, all ${pages.length} parts of it.` : "Removed.";
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return "I cannot remove it here: I may not see this channel any more.";
  }
}

/** A long answer is several messages, one after the other; where I may not read back it is the one that was pointed at. */
async function pagesOf(rest: REST, message: Message, about: Surroundings): Promise<readonly Message[]> {
  const marker = markerIn(message.components);
  if (!marker) return [message];
  const query = new URLSearchParams({ around: message.id, limit: String(AROUND) });
  try {
    const near = (await rest.get(Routes.channelMessages(message.channel_id), {
      query,
    })) as RESTGetAPIChannelMessagesResult;
    const pages = near.filter(
      ({ id, author, components }) =>
        id !== message.id && author.id === about.me && markerIn(components)?.answer === marker.answer,
    );
    return [...pages, message].toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return [message];
  }
}

/** What somebody removed meanwhile is gone as well. */
async function remove(rest: REST, { channel_id, id }: Message): Promise<void> {
  await rest.delete(Routes.channelMessage(channel_id, id)).catch((error: unknown) => {
    if (!isCode(error, RESTJSONErrorCodes.UnknownMessage)) throw error;
  });
}

/** Who used the command, or whose message was answered: the one referred to, or the one at which the thread begins. */
async function askerOf(rest: REST, pages: readonly Message[], about: Surroundings): Promise<string | undefined> {
  for (const { channel_id, interaction_metadata, message_reference } of pages) {
    if (interaction_metadata) return interaction_metadata.user.id;
    const thread = about.thread(channel_id);
    const [channel, id] = message_reference?.message_id
      ? [channel_id, message_reference.message_id]
      : thread
        ? [thread.parent, channel_id]
        : [];
    if (!channel || !id) continue;
    const question = (await rest.get(Routes.channelMessage(channel, id))) as RESTGetAPIChannelMessageResult;
    return question.author.id;
  }
  return undefined;
}
