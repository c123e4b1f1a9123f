/** One interaction: acknowledged at once in the right form, answered by editing that, closed where nothing is said. */
import {
  type APIInteraction,
  type APIInteractionResponse,
  RESTJSONErrorCodes as Codes,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  type REST,
  Routes,
} from "discord.js";
import type { Caller, Delivered, Plan, Reply } from "../../src/core/index.ts";
import { deliveredFrom, isCode } from "./faults.ts";
import { modalOf } from "./form.ts";
import type { Asked } from "./parse.ts";
import { pressId } from "./press.ts";
import type { Look } from "./render.ts";
import { attachmentsOf, nobody, type Sender } from "./send.ts";

const ORIGINAL = "@original";

export const respond = async (
  rest: REST,
  { id, token }: APIInteraction,
  body: APIInteractionResponse,
): Promise<void> => {
  try {
    await rest.post(Routes.interactionCallback(id, token), { body, auth: false });
  } catch (error) {
    // The response got lost and the client sent it again: it is there.
    if (!isCode(error, Codes.InteractionHasAlreadyBeenAcknowledged)) throw error;
  }
};

/** A short word to the asker alone. */
export const sayAside = (rest: REST, interaction: APIInteraction, content: string): Promise<void> =>
  respond(rest, interaction, {
    type: InteractionResponseType.ChannelMessageWithSource,
    data: { content, flags: MessageFlags.Ephemeral, allowed_mentions: { parse: [] } },
  });

/** Ends the "thinking" of an interaction to which nothing is said. */
export async function closeSilently(rest: REST, interaction: APIInteraction): Promise<void> {
  if (interaction.type !== InteractionType.ApplicationCommand)
    return respond(rest, interaction, { type: InteractionResponseType.DeferredMessageUpdate });
  await respond(rest, interaction, {
    type: InteractionResponseType.DeferredChannelMessageWithSource,
    data: { flags: MessageFlags.Ephemeral },
  });
  await rest.delete(Routes.webhookMessage(interaction.application_id, interaction.token, ORIGINAL), { auth: false });
}

export function interactionCaller(rest: REST, sender: Sender, interaction: APIInteraction, asked: Asked): Caller {
  const { application_id: application, token } = interaction;
  const quiet = (plan: Plan): boolean => asked.aside === true || plan.audience === "asker";

  async function edit(reply: Reply, plan: Plan, key: string): Promise<void> {
    const columns = pressId({ call: plan.call, columns: true });
    const table = reply.blocks.some(({ kind }) => kind === "table");
    const look: Look = asked.columns
      ? { columns: true }
      : { extra: table && columns ? [{ label: "Table", id: columns }] : [] };
    const tables = reply.blocks.filter(({ kind }) => kind === "table" || kind === "sources");
    const shown = asked.columns && table ? { ...reply, blocks: tables } : reply;
    const pages = await sender.write(shown, key, look);
    for (const [i, page] of pages.entries()) {
      const body = {
        flags: MessageFlags.IsComponentsV2 | (i && quiet(plan) ? MessageFlags.Ephemeral : 0),
        components: [page.container],
        allowed_mentions: nobody(),
        ...attachmentsOf(page),
      };
      const { files } = page;
      if (i === 0) await rest.patch(Routes.webhookMessage(application, token, ORIGINAL), { body, files, auth: false });
      else await rest.post(Routes.webhook(application, token), { body, files, auth: false });
    }
  }

  /** The interaction is gone: as the bot, in the channel or to the asker alone. */
  const besides = (reply: Reply, { turn, ...plan }: Plan, key: string): Promise<Delivered> =>
    sender.deliver(turn.place, reply, key, {
      again: false,
      ...(quiet({ turn, ...plan }) ? { only: turn.person.id } : {}),
    });

  return {
    async acknowledge(plan) {
      // A form must be the first response, and cannot follow a form.
      const modal = interaction.type === InteractionType.ModalSubmit ? undefined : modalOf(plan);
      if (modal) {
        await respond(rest, interaction, { type: InteractionResponseType.Modal, data: modal });
        return "form";
      }
      await respond(rest, interaction, {
        type: InteractionResponseType.DeferredChannelMessageWithSource,
        ...(quiet(plan) ? { data: { flags: MessageFlags.Ephemeral } } : {}),
      });
      return "answer";
    },
    async post(reply, plan, key) {
      try {
        await edit(reply, plan, key);
        return { kind: "sent" };
      } catch (error) {
        return isCode(
          error,
          Codes.UnknownWebhook,
          Codes.InvalidWebhookToken,
          Codes.UnknownMessage,
          Codes.UnknownInteraction,
        )
          ? besides(reply, plan, key)
          : deliveredFrom(error);
      }
    },
  };
}
