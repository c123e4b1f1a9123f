/** One interaction: acknowledged at once in the right form, answered by editing that, closed where nothing is said. */
import {
  type APIInteraction,
  type APIInteractionResponse,
  RESTJSONErrorCodes as Codes,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  type REST,
  type RequestData,
  Routes,
} from "discord.js";
import type { Caller, Delivered, Plan, Reply } from "../../src/core/index.ts";
import { deliveredFrom, isCode, mayHaveArrived } from "./faults.ts";
import { modalOf } from "./form.ts";
import type { Asked } from "./parse.ts";
import { pressId } from "./press.ts";
import type { Look } from "./render.ts";
import { attachmentsOf, nobody, type Sender } from "./send.ts";

const ORIGINAL = "@original";
const TRIES = 3;

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

export interface InteractionParts {
  readonly rest: REST;
  /** Sends once only: follow-ups have no nonce that would tell Discord that it has one already. */
  readonly once: REST;
  readonly sender: Sender;
}

export function interactionCaller(
  { rest, once, sender }: InteractionParts,
  interaction: APIInteraction,
  asked: Asked,
): Caller {
  const { application_id: application, token } = interaction;
  const quiet = (plan: Plan): boolean => asked.aside === true || plan.audience === "asker";
  /** Pages that are there; a second attempt goes on behind them. */
  let there = 0;

  async function edit(reply: Reply, plan: Plan, key: string): Promise<Delivered> {
    const columns = pressId({ call: plan.call, columns: true });
    const table = reply.blocks.some(({ kind }) => kind === "table");
    const look: Look = asked.columns
      ? { columns: true }
      : { extra: table && columns ? [{ label: "Table", id: columns }] : [] };
    const tables = reply.blocks.filter(({ kind }) => kind === "table" || kind === "sources");
    const shown = asked.columns && table ? { ...reply, blocks: tables } : reply;
    const pages = await sender.write(shown, key, look);
    for (const [i, page] of pages.entries()) {
      if (i < there) continue;
      const body = {
        flags: MessageFlags.IsComponentsV2 | (i && quiet(plan) ? MessageFlags.Ephemeral : 0),
        components: [page.container],
        allowed_mentions: nobody(),
        ...attachmentsOf(page),
      };
      const { files } = page;
      if (i === 0) await rest.patch(Routes.webhookMessage(application, token, ORIGINAL), { body, files, auth: false });
      else if (!(await followUp({ body, files, auth: false }, i, plan, key))) return { kind: "unsure" };
      there = i + 1;
    }
    return { kind: "sent" };
  }

  /** A page behind the first one; where its response gets lost it is looked for. False: nobody can tell. */
  async function followUp(request: RequestData, page: number, plan: Plan, key: string): Promise<boolean> {
    for (let tried = 1; ; tried++) {
      try {
        await once.post(Routes.webhook(application, token), request);
        return true;
      } catch (error) {
        if (!mayHaveArrived(error)) throw error;
        const { place } = plan.turn;
        const standing = quiet(plan)
          ? undefined
          : await sender.standing(place.thread ?? place.channel, key).catch(() => undefined);
        if (standing?.has(page)) return true;
        if (!standing || tried >= TRIES) return false;
      }
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
        return await edit(reply, plan, key);
      } catch (error) {
        // Outside of its own servers a bot may follow up five times only: the whole answer goes to the asker.
        if (isCode(error, Codes.ThisInteractionHasHitTheMaximumNumberOfFollowUpMessages))
          return sender.whisper(plan.turn.person.id, reply, key).catch(deliveredFrom);
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
