/** What the configuration means for each chat platform: how it is reached, which part of it is this process' share. */
import { type Config, shardsIn } from "./config.ts";
import { TutorError } from "./core/errors.ts";
import type { Paces } from "./tips/pace.ts";

/** This process' shards, and of how many; a list without a count would be another number of shards each time. */
export function shardingOf(config: Config): { readonly shards?: readonly number[]; readonly shardCount?: number } {
  const { SHARDS: named, SHARD_COUNT: count } = config;
  if (named === undefined) return count === undefined ? {} : { shardCount: count };
  if (count === undefined)
    throw new TutorError("config", `SHARDS="${named}" says nothing without SHARD_COUNT.`, {
      hint: "Set SHARD_COUNT to the number of shards over all processes.",
    });
  const ordinal = /-(\d{1,5})$/.exec(config.HOSTNAME ?? "")?.[1];
  if (named === "ordinal" && ordinal === undefined)
    throw new TutorError(
      "config",
      `SHARDS="ordinal" needs a HOSTNAME such as tutor-2, not "${config.HOSTNAME ?? ""}".`,
      {
        hint: "Run it as a StatefulSet, or list the shards.",
      },
    );
  const list = named === "ordinal" ? [Number(ordinal)] : shardsIn(named);
  const beyond = list.find((each) => each >= count);
  if (beyond !== undefined)
    throw new TutorError("config", `SHARDS="${named}" has shard ${beyond}, and SHARD_COUNT is ${count}.`, {
      hint: `Shards go from 0 to ${count - 1}.`,
    });
  return { shards: list, shardCount: count };
}

/** Processes with a SQLite file each would all answer, and none would know what the others keep. */
export function refuseSeparateFiles(config: Config): void {
  if (config.DATABASE_URL) return;
  const { shards, shardCount = 1 } = shardingOf(config);
  const said =
    config.REPLICAS > 1
      ? `REPLICAS="${config.REPLICAS}"`
      : shards && shards.length < shardCount
        ? `SHARDS="${config.SHARDS}" of SHARD_COUNT="${shardCount}"`
        : undefined;
  if (said)
    throw new TutorError(
      "config",
      `${said} is for several processes, and without DATABASE_URL each has a file of its own.`,
      {
        hint: "Set DATABASE_URL to a PostgreSQL that all of them reach, or run one process (docs/scale-out.md).",
      },
    );
}

/** How Slack is reached, and whether by one token or by installs of workspaces; undefined where nothing says that it should be. */
export function slackOf(config: Config) {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SLACK_API_URL } = config;
  const install = installOf(config);
  if (!botToken && !install) {
    const left = SLACK_APP_TOKEN ? "SLACK_APP_TOKEN" : SLACK_SIGNING_SECRET ? "SLACK_SIGNING_SECRET" : undefined;
    if (left)
      throw new TutorError("config", `${left} is set, but neither SLACK_BOT_TOKEN nor SLACK_CLIENT_ID.`, {
        hint: "Set SLACK_BOT_TOKEN for one workspace, or SLACK_CLIENT_ID for many (docs/slack.md).",
      });
    return undefined;
  }
  if (botToken && install)
    throw new TutorError("config", "SLACK_BOT_TOKEN and SLACK_CLIENT_ID are both set.", {
      hint: "Leave SLACK_BOT_TOKEN unset for installs by many workspaces, or SLACK_CLIENT_ID for one.",
    });
  return {
    ...(install ? { install } : {}),
    ...(botToken ? { botToken } : {}),
    ...(SLACK_API_URL ? { apiUrl: SLACK_API_URL } : {}),
    transport: transportOf(config),
  };
}

function transportOf({ SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SLACK_MODE, HOST: host, PORT: port }: Config) {
  const mode = SLACK_MODE ?? (SLACK_APP_TOKEN ? "socket" : "http");
  if (mode === "socket") {
    if (!SLACK_APP_TOKEN)
      throw new TutorError("config", "SLACK_APP_TOKEN is not set, and Socket Mode needs it.", {
        hint: "Make one under Basic Information, App-Level Tokens, with the scope connections:write.",
      });
    return { mode, appToken: SLACK_APP_TOKEN, host, port } as const;
  }
  if (!SLACK_SIGNING_SECRET)
    throw new TutorError("config", "Slack is set up, but neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set.", {
      hint: "Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.",
    });
  return { mode, signingSecret: SLACK_SIGNING_SECRET, host, port } as const;
}

const INSTALL = ["SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_STATE_SECRET", "TOKEN_KEY", "PUBLIC_URL"] as const;

/** All that installs by OAuth need, or nothing of it; the public address alone may be there for other reasons. */
function installOf(config: Config) {
  const named = INSTALL.filter((name) => config[name] !== undefined && name !== "PUBLIC_URL");
  if (!named.length) return undefined;
  const missing = INSTALL.find((name) => config[name] === undefined);
  if (missing)
    throw new TutorError("config", `${named[0]} is set, but ${missing} is not.`, {
      hint: `Installs by workspaces need ${INSTALL.join(", ")}; one workspace needs SLACK_BOT_TOKEN alone (docs/slack.md).`,
    });
  const { SLACK_CLIENT_ID = "", SLACK_CLIENT_SECRET = "", SLACK_STATE_SECRET = "", PUBLIC_URL = "" } = config;
  return {
    clientId: SLACK_CLIENT_ID,
    clientSecret: SLACK_CLIENT_SECRET,
    stateSecret: SLACK_STATE_SECRET,
    publicUrl: PUBLIC_URL,
  };
}

/** Of a Discord bot's 50 requests a second so many are for tips; the others are for answers. */
const DISCORD_TIPS_A_SECOND = 30;
/** Slack counts by channel and by workspace, so all channels together are only kept from coming at once. */
const SLACK_TIPS_A_SECOND = 50;

/** How fast tips are posted where: of several processes on Discord each has the part that it has of the shards. */
export function pacesOf(config: Config): Paces {
  const { shards, shardCount } = shardingOf(config);
  const share = shards && shardCount ? shards.length / shardCount : 1;
  return {
    discord: { perSecond: DISCORD_TIPS_A_SECOND, share },
    slack: { perSecond: SLACK_TIPS_A_SECOND, share: 1 },
  };
}
