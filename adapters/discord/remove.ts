/** "Remove this answer": for who asked, and for moderators. */
import {
  type APIMessageApplicationCommandInteraction,
  InteractionResponseType,
  MessageFlags,
  PermissionFlagsBits,
  type REST,
  type RESTGetAPIChannelMessageResult,
  Routes,
} from "discord.js";
import { codeOf } from "./faults.ts";
import { respond } from "./interaction.ts";
import type { Surroundings } from "./parse.ts";

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
    const owner = message.interaction_metadata?.user.id ?? (await authorOf(rest, message, about));
    if (!moderator && owner !== asker) return "Only who asked, and moderators, can remove an answer.";
    await rest.delete(Routes.channelMessage(message.channel_id, message.id));
    return "Removed.";
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return "I cannot remove it here: I may not see this channel any more.";
  }
}

/** Whose message was answered: the one referred to, or the one at which the thread begins. */
async function authorOf(
  rest: REST,
  message: APIMessageApplicationCommandInteraction["data"]["resolved"]["messages"][string],
  about: Surroundings,
): Promise<string | undefined> {
  const thread = about.thread(message.channel_id);
  const [channel, id] = message.message_reference?.message_id
    ? [message.channel_id, message.message_reference.message_id]
    : thread
      ? [thread.parent, message.channel_id]
      : [];
  if (!channel || !id) return undefined;
  const question = (await rest.get(Routes.channelMessage(channel, id))) as RESTGetAPIChannelMessageResult;
  return question.author.id;
}
