/** A Discord on 127.0.0.1: REST and gateway on one port, driven by the test. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createGateway, type Gateway } from "./gateway.ts";
import { createRest, type Interaction, type Rest } from "./rest.ts";
import {
  ANN,
  APPLICATION,
  BOT,
  createWorld,
  GENERAL,
  GUILD,
  type Json,
  MOD,
  MOD_ROLE,
  OWNER,
  snowflake,
  userOf,
  type World,
} from "./world.ts";

export interface Loopback {
  /** Ends in `/api`. */
  readonly api: string;
  readonly world: World;
  readonly rest: Rest;
  readonly gateway: Gateway;
  /** Somebody says something; returns the message as it was sent. */
  say(text: string, where?: Partial<Said>): Json;
  /** An interaction begins; returns its state at the server. */
  interact(type: number, data: Json, where?: Partial<Said>, more?: Json): Interaction;
  /** The server's clock, for deadlines. */
  later(ms: number): void;
  close(): Promise<void>;
}

export interface Said {
  readonly by: string;
  readonly channel: string;
  /** Undefined in direct messages. */
  readonly guild: string | undefined;
  readonly mentions: readonly string[];
  /** The message that is answered. */
  readonly answers: Json;
  readonly more: Json;
}

export async function loopback({
  content = true,
  guilds = [GUILD],
  heartbeatMs,
  forgetful = false,
}: {
  readonly content?: boolean;
  readonly guilds?: readonly string[];
  readonly heartbeatMs?: number;
  readonly forgetful?: boolean;
} = {}): Promise<Loopback> {
  const world = createWorld(guilds);
  let ahead = 0;
  const clock = () => Date.now() + ahead;
  let port = 0;
  const rest = createRest(world, () => `ws://127.0.0.1:${port}`, clock);
  const server = createServer((request, response) => {
    rest.answer(request, response).catch((error: unknown) => {
      rest.faults.push(`the loopback failed: ${String(error)}`);
      response.destroy();
    });
  });
  const gateway = createGateway(server, world, {
    content,
    forgetful,
    address: () => `ws://127.0.0.1:${port}`,
    ...(heartbeatMs ? { heartbeatMs } : {}),
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  port = (server.address() as AddressInfo).port;

  const memberOf = (id: string): Json => ({
    roles: id === MOD ? [MOD_ROLE] : [],
    joined_at: "2026-11-24T08:00:00.000000+00:00",
    flags: 0,
    deaf: false,
    mute: false,
  });

  return {
    api: `http://127.0.0.1:${port}/api`,
    world,
    rest,
    gateway,
    say(text, { by = ANN, channel = GENERAL, guild = GUILD, mentions = [], answers, more = {} } = {}) {
      const direct = [...world.direct.values()].includes(channel);
      const message = {
        id: snowflake(),
        channel_id: channel,
        author: userOf(by),
        content: text,
        timestamp: "2026-11-24T08:00:00.000000+00:00",
        edited_timestamp: null,
        tts: false,
        mention_everyone: false,
        mentions: mentions.map(userOf),
        mention_roles: [],
        attachments: [],
        embeds: [],
        pinned: false,
        components: [],
        type: answers ? 19 : 0,
        channel_type: direct ? 1 : 0,
        ...(direct ? {} : { guild_id: guild, member: memberOf(by) }),
        ...(answers
          ? { referenced_message: answers, message_reference: { message_id: answers.id, channel_id: channel } }
          : {}),
        ...more,
      };
      // What the bot says itself is kept where it is posted.
      if (by !== BOT)
        world.messages.push({
          id: message.id,
          channel,
          author: by,
          body: { content: text },
          files: [],
          audience: direct ? "asker" : "everyone",
          deleted: false,
        });
      gateway.emit("MESSAGE_CREATE", message);
      return message;
    },
    interact(type, data, { by = ANN, channel = GENERAL, guild = GUILD } = {}, more = {}) {
      const direct = [...world.direct.values()].includes(channel);
      const known: Interaction = {
        id: snowflake(),
        token: `token-${snowflake()}`,
        bornAt: clock(),
        channel,
        asker: by,
        command: type === 2,
        installed: more.authorizing_integration_owners === undefined,
        followUps: 0,
        response: undefined,
        ephemeral: false,
        original: undefined,
        modal: undefined,
        choices: undefined,
      };
      rest.interactions.set(known.id, known);
      const permissions = by === MOD || by === OWNER ? String(1n << 5n) : "0";
      gateway.emit("INTERACTION_CREATE", {
        id: known.id,
        application_id: APPLICATION,
        token: known.token,
        version: 1,
        type,
        data,
        channel_id: channel,
        channel: world.channels.get(channel) ?? { id: channel, type: 0 },
        locale: "en-US",
        app_permissions: "0",
        entitlements: [],
        authorizing_integration_owners: direct ? { "1": by } : { "0": guild },
        context: direct ? 1 : 0,
        attachment_size_limit: 1,
        ...(direct
          ? { user: userOf(by) }
          : { guild_id: guild, member: { ...memberOf(by), user: userOf(by), permissions } }),
        ...more,
      });
      return known;
    },
    later(ms) {
      ahead += ms;
    },
    async close() {
      gateway.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
