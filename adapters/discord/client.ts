/** The gateway connection: least intents, small caches, and in again without Message Content where it is refused. */
import { Client, type ClientOptions, Events, GatewayCloseCodes, GatewayIntentBits, Options } from "discord.js";
import { type Limiter, type Log, TutorError } from "../../src/core/index.ts";
import { pacedBy } from "./identify.ts";

export interface Connection {
  readonly token: string;
  /** Ends in `/api`; a REST proxy, which then counts the limits for all processes. */
  readonly apiUrl?: string | undefined;
  /** Which shards this process runs, of how many. */
  readonly shards?: readonly number[] | undefined;
  readonly shardCount?: number | undefined;
  /** Paces the logins of all processes that share it; without one each process paces its own. */
  readonly limiter?: Limiter | undefined;
  readonly log: Log;
}

const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];
/** Waiting longer than this is left to whoever asked for the post. */
const PATIENCE_MS = 10_000;
const INVALID_REQUESTS = 100;

function optionsOf({ apiUrl, shards, shardCount, limiter }: Connection, content: boolean): ClientOptions {
  return {
    intents: content ? [...INTENTS, GatewayIntentBits.MessageContent] : INTENTS,
    allowedMentions: { parse: [], repliedUser: false },
    shards: shards ? [...shards] : "auto",
    ...(shardCount === undefined ? {} : { shardCount }),
    ...(limiter ? { ws: { buildIdentifyThrottler: pacedBy(limiter) } } : {}),
    rest: {
      ...(apiUrl ? { api: apiUrl, globalRequestsPerSecond: Number.POSITIVE_INFINITY } : {}),
      retries: 2,
      timeout: PATIENCE_MS,
      invalidRequestWarningInterval: INVALID_REQUESTS,
      rejectOnRateLimit: ({ retryAfter }) => retryAfter > PATIENCE_MS,
    },
    // Events are read as they come; of a guild only its channels, roles and the bot itself are needed.
    makeCache: Options.cacheWithLimits({
      ApplicationCommandManager: 0,
      ApplicationEmojiManager: 0,
      AutoModerationRuleManager: 0,
      BaseGuildEmojiManager: 0,
      DMMessageManager: 0,
      EntitlementManager: 0,
      GuildBanManager: 0,
      GuildEmojiManager: 0,
      GuildInviteManager: 0,
      GuildMemberManager: { maxSize: 0, keepOverLimit: (member) => member.id === member.client.user.id },
      GuildMessageManager: 0,
      GuildScheduledEventManager: 0,
      GuildStickerManager: 0,
      PresenceManager: 0,
      ReactionManager: 0,
      ReactionUserManager: 0,
      StageInstanceManager: 0,
      ThreadMemberManager: 0,
      UserManager: { maxSize: 0, keepOverLimit: (user) => user.id === user.client.user.id },
      VoiceStateManager: 0,
    }),
    sweepers: { ...Options.DefaultSweeperSettings },
  };
}

/** Close codes that trying again does not cure, each with what does. */
const FATAL: Readonly<Record<number, readonly [says: string, cure: string]>> = {
  [GatewayCloseCodes.AuthenticationFailed]: [
    "Discord refused DISCORD_TOKEN.",
    "Copy it again: Developer Portal > your application > Bot > Reset Token.",
  ],
  [GatewayCloseCodes.InvalidShard]: ["Discord refused SHARDS.", "Each must be below SHARD_COUNT, from 0."],
  [GatewayCloseCodes.ShardingRequired]: [
    "The bot is in too many servers for this SHARD_COUNT.",
    "Leave SHARDS and SHARD_COUNT unset, or raise SHARD_COUNT.",
  ],
  [GatewayCloseCodes.InvalidIntents]: ["Discord refused the intents.", "Update Container Tutor."],
};

/**
 * Logs in; `prepare` adds the listeners before anything can arrive. A refused token or sharding is a config fault,
 * the network's own troubles are thrown as they are.
 */
export async function connect(
  connection: Connection,
  prepare: (client: Client, content: boolean) => void,
): Promise<{ readonly client: Client; readonly content: boolean }> {
  for (const content of [true, false]) {
    const client = new Client(optionsOf(connection, content));
    let closed = 0;
    client.on(Events.ShardDisconnect, ({ code }) => {
      closed = code;
    });
    // Without a listener an error would end the process.
    client.on(Events.Error, (err) => connection.log.error({ err }, "Discord client"));
    client.on(Events.ShardError, (err, shard) => connection.log.warn({ err, shard }, "Discord gateway"));
    client.on(Events.Warn, (warning) => connection.log.warn({ warning }, "Discord client warns"));
    prepare(client, content);
    try {
      const ready = new Promise((done) => client.once(Events.ClientReady, done));
      await client.login(connection.token);
      await ready;
      return { client, content };
    } catch (cause) {
      await client.destroy();
      if (content && closed === GatewayCloseCodes.DisallowedIntents) {
        connection.log.warn(
          {},
          "Discord: the Message Content intent is off, so replies and threads without a mention stay unread; mentions, direct messages, commands and buttons work. Switch it on under Developer Portal > Bot > Privileged Gateway Intents.",
        );
        continue;
      }
      throw faultFrom(cause, closed);
    }
  }
  throw new TutorError("config", "Discord refused the intents.", { hint: "Update Container Tutor." });
}

function faultFrom(cause: unknown, closed: number): unknown {
  const invalid = cause instanceof Error && "code" in cause && cause.code === "TokenInvalid";
  const fatal = FATAL[invalid ? GatewayCloseCodes.AuthenticationFailed : closed];
  return fatal ? new TutorError("config", fatal[0], { hint: fatal[1], cause }) : cause;
}
