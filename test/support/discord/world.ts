/** A small Discord: one guild, its channels and people, direct messages, and everything that was posted. */

export type Json = Readonly<Record<string, unknown>>;

export const BOT = "1000000000000000001";
export const APPLICATION = "1000000000000000002";
export const GUILD = "2000000000000000001";
export const GENERAL = "3000000000000000001";
export const ANN = "4000000000000000001";
export const MOD = "4000000000000000002";
export const OTHER_BOT = "4000000000000000003";
export const OWNER = "4000000000000000004";
export const BOT_ROLE = "5000000000000000001";
export const MOD_ROLE = "5000000000000000002";
export const TOKEN = "fake.discord.token";

/** View, send, send in threads, create threads, embed, attach, history. */
export const PERMISSIONS =
  (1n << 10n) | (1n << 11n) | (1n << 38n) | (1n << 35n) | (1n << 14n) | (1n << 15n) | (1n << 16n);

export interface Stored {
  readonly id: string;
  readonly channel: string;
  readonly author: string;
  body: Json;
  files: readonly string[];
  readonly audience: "everyone" | "asker";
  readonly referenced?: string;
  /** Who asked, where an interaction did. */
  readonly asker?: string;
  deleted: boolean;
}

let last = 0n;
/** Ids that grow, as Discord's do. */
export function snowflake(): string {
  last += 1n;
  return String(6_000_000_000_000_000_000n + last);
}

export const userOf = (id: string): Json => ({
  id,
  username: `user${id.slice(-3)}`,
  discriminator: "0",
  global_name: null,
  avatar: null,
  bot: id === BOT || id === OTHER_BOT,
});

export interface World {
  readonly messages: Stored[];
  readonly channels: Map<string, Json>;
  /** Direct message channels, by person. */
  readonly direct: Map<string, string>;
  readonly guilds: readonly string[];
  /** What the bot may not do, by channel: Discord's error code for every post there. */
  readonly refused: Map<string, number>;
  commands: readonly Json[];
  guildCommands: readonly Json[];
  directOf(person: string): string;
  guild(id: string): Json;
  message(stored: Stored): Json;
}

export function createWorld(guilds: readonly string[] = [GUILD]): World {
  const channels = new Map<string, Json>();
  const direct = new Map<string, string>();
  const messages: Stored[] = [];
  for (const [i, guild] of guilds.entries()) {
    const id = i === 0 ? GENERAL : snowflake();
    channels.set(id, { id, type: 0, guild_id: guild, name: "general", position: 0, permission_overwrites: [] });
  }
  const world: World = {
    messages,
    channels,
    direct,
    guilds,
    refused: new Map(),
    commands: [],
    guildCommands: [],
    directOf(person) {
      const known = direct.get(person);
      if (known) return known;
      const id = snowflake();
      direct.set(person, id);
      channels.set(id, { id, type: 1, recipients: [userOf(person)] });
      return id;
    },
    guild: (id) => ({
      id,
      name: "Test guild",
      owner_id: OWNER,
      system_channel_id: id === GUILD ? GENERAL : null,
      unavailable: false,
      member_count: 4,
      large: false,
      joined_at: "2026-11-24T08:00:00.000000+00:00",
      roles: [
        role(id, "@everyone", PERMISSIONS),
        { ...role(BOT_ROLE, "Container Tutor", 0n), managed: true, tags: { bot_id: BOT } },
        role(MOD_ROLE, "Moderators", 1n << 5n),
      ],
      channels: [...channels.values()].filter((each) => each.guild_id === id && each.type === 0),
      threads: [...channels.values()].filter((each) => each.guild_id === id && each.type === 11),
      members: [{ user: userOf(BOT), roles: [BOT_ROLE], joined_at: "2026-11-24T08:00:00.000000+00:00", flags: 0 }],
      emojis: [],
      stickers: [],
      presences: [],
      voice_states: [],
      stage_instances: [],
      guild_scheduled_events: [],
      features: [],
    }),
    message: (stored) => ({
      id: stored.id,
      channel_id: stored.channel,
      author: userOf(stored.author),
      content: stored.body.content ?? "",
      components: stored.body.components ?? [],
      attachments: [],
      embeds: [],
      mentions: [],
      mention_roles: [],
      type: stored.referenced ? 19 : 0,
      timestamp: "2026-11-24T08:00:00.000000+00:00",
      ...(stored.referenced
        ? { message_reference: { message_id: stored.referenced, channel_id: stored.channel } }
        : {}),
      ...(stored.asker
        ? {
            interaction_metadata: {
              id: snowflake(),
              type: 2,
              user: userOf(stored.asker),
              authorizing_integration_owners: {},
            },
          }
        : {}),
    }),
  };
  return world;
}

const role = (id: string, name: string, permissions: bigint): Json => ({
  id,
  name,
  permissions: String(permissions),
  position: 0,
  color: 0,
  colors: { primary_color: 0 },
  hoist: false,
  managed: false,
  mentionable: false,
  flags: 0,
});
