/** The gateway's events, as Discord sends them: each becomes a turn for the desk, or is not for us. */
import {
  type APIInteraction,
  ApplicationCommandType,
  type Client,
  Events,
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  type GatewayMessageCreateDispatchData,
  InteractionResponseType,
  InteractionType,
  PermissionFlagsBits,
  REST,
} from "discord.js";
import type { Desk, Log, Tutor } from "../../src/core/index.ts";
import { REMOVE } from "./commands.ts";
import { watchGaps } from "./gaps.ts";
import { closeSilently, interactionCaller, respond, sayAside } from "./interaction.ts";
import { messageCaller } from "./message.ts";
import { parseInteraction, parseMessage, type Surroundings } from "./parse.ts";
import { removeAnswer } from "./remove.ts";
import { createSender } from "./send.ts";
import { type Communities, watchServers } from "./servers.ts";
import { suggestions } from "./suggest.ts";
import { greet } from "./welcome.ts";

export interface ListenParts {
  readonly client: Client;
  readonly tutor: Tutor;
  readonly desk: Desk;
  readonly communities: Communities | undefined;
  readonly log: Log;
}

/**
 * What the client keeps: servers, channels, threads, roles, the bot itself. Of everything else it would only build
 * objects, drop direct messages in channels that it does not know, and end the process over a field that is null.
 */
const FOR_CLIENT =
  /^(?:READY|RESUMED|USER_UPDATE|GUILD_(?:CREATE|UPDATE|DELETE|MEMBER_UPDATE|ROLE_\w+)|CHANNEL_(?:CREATE|UPDATE|DELETE)|THREAD_(?:CREATE|UPDATE|DELETE|LIST_SYNC))$/;

const SOMEBODY_ELSES = "That button is for the person who asked. Ask me yourself and you get your own.";
const UNKNOWN = "I no longer have that button or command. `/docker help` shows what I can do.";
const RESTARTING = "I am being restarted. Please try again in a minute.";

export function listen({ client, tutor, desk, communities, log }: ListenParts) {
  const { rest } = client;
  const once = new REST({ ...rest.options, retries: 0 });
  const running = new Set<Promise<void>>();
  const about = surroundingsOf(client);
  const sender = createSender(
    rest,
    () => tutor,
    () => about.me,
  );

  /** Nothing that goes wrong with one event reaches another, or the process. */
  function handle(what: string, work: () => Promise<void>): void {
    const task = work()
      .catch((err: unknown) => log.warn({ err, what }, "Discord event not answered"))
      .finally(() => running.delete(task));
    running.add(task);
  }

  async function hearMessage(message: GatewayMessageCreateDispatchData): Promise<void> {
    const heard = parseMessage(message, about);
    if (!heard) return;
    const { place } = heard.turn;
    const chosen = await desk.preferences(place);
    if (heard.how === "thread" && !chosen.followUp) return;
    const threads = chosen.threads && heard.how !== "direct" && !place.thread;
    // A thread has the id of the message at which it begins.
    const turn = threads ? { ...heard.turn, place: { ...place, thread: message.id } } : heard.turn;
    await desk.receive(turn, messageCaller({ rest, sender, tutor, log }, message, { ...heard, turn }, threads));
  }

  async function hearInteraction(interaction: APIInteraction): Promise<void> {
    if (interaction.type === InteractionType.ApplicationCommandAutocomplete)
      return respond(rest, interaction, {
        type: InteractionResponseType.ApplicationCommandAutocompleteResult,
        data: await suggestions(interaction, tutor),
      });
    if (
      interaction.type === InteractionType.ApplicationCommand &&
      interaction.data.type === ApplicationCommandType.Message &&
      interaction.data.name === REMOVE &&
      "resolved" in interaction.data
    )
      return removeAnswer(rest, { ...interaction, data: interaction.data }, about);
    const asked = parseInteraction(interaction);
    if (!asked) return sayAside(rest, interaction, UNKNOWN);
    if (asked.owner && asked.owner !== asked.turn.person.id) return sayAside(rest, interaction, SOMEBODY_ELSES);
    const received = await desk.receive(asked.turn, interactionCaller({ rest, once, sender }, interaction, asked));
    if (received === "silent") await closeSilently(rest, interaction);
    if (received === "closed") await sayAside(rest, interaction, RESTARTING);
  }

  const stopping = new AbortController();
  client.on(Events.Raw, (packet: { t: string }, shard: number) => {
    const event = packet as GatewayDispatchPayload;
    const hearing = !stopping.signal.aborted;
    if (hearing && event.t === GatewayDispatchEvents.MessageCreate) handle("message", () => hearMessage(event.d));
    if (hearing && event.t === GatewayDispatchEvents.InteractionCreate)
      handle("interaction", () => hearInteraction(event.d));
    if (!FOR_CLIENT.test(packet.t) || resumedTooLate(client, packet.t, shard)) packet.t = "";
  });
  client.on(Events.GuildCreate, (guild) => handle("welcome", () => greet(guild, tutor, sender, log)));
  if (communities) watchServers(client, communities, handle, stopping.signal);
  watchGaps(client, log);

  return {
    /** Hears nothing new and waits for what is being answered. */
    async stop(): Promise<void> {
      stopping.abort();
      await Promise.allSettled([...running]);
    },
  };
}

/**
 * A session that was invalidated while its RESUMED was on the way: discord.js 14 reads the session's number there and would
 * end the process. A new session follows, and watchGaps says what may be missed.
 */
const resumedTooLate = (client: Client, event: string, shard: number): boolean =>
  event === "RESUMED" && !(client.ws.shards.get(shard) as { sessionInfo?: unknown } | undefined)?.sessionInfo;

function surroundingsOf(client: Client): Surroundings {
  return {
    get me() {
      return client.user?.id ?? "";
    },
    ownRole: (id) => {
      const me = client.user?.id;
      return client.guilds.cache.get(id)?.roles.cache.find(({ tags }) => tags?.botId !== undefined && tags.botId === me)
        ?.id;
    },
    thread(id) {
      const channel = client.channels.cache.get(id);
      if (!channel?.isThread() || !channel.parentId) return undefined;
      return { parent: channel.parentId, own: channel.ownerId === client.user?.id };
    },
    moderates(id, person, roles) {
      const guild = client.guilds.cache.get(id);
      if (!guild) return false;
      const held = [guild.id, ...roles].reduce(
        (sum, role) => sum | (guild.roles.cache.get(role)?.permissions.bitfield ?? 0n),
        0n,
      );
      return (
        guild.ownerId === person ||
        (held & (PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator)) !== 0n
      );
    },
  };
}
