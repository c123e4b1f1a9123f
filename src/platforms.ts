/** What the configuration means for each chat platform: how it is reached, which part of it is this process' share. */
import { type Config, shardsIn } from "./config.ts";
import { TutorError } from "./core/errors.ts";

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

/** How Slack is reached; undefined where no token says that it should be. */
export function slackOf(config: Config) {
  const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SLACK_MODE, SLACK_API_URL, HOST, PORT } = config;
  if (!SLACK_BOT_TOKEN) return undefined;
  const mode = SLACK_MODE ?? (SLACK_APP_TOKEN ? "socket" : "http");
  const rest = { botToken: SLACK_BOT_TOKEN, ...(SLACK_API_URL ? { apiUrl: SLACK_API_URL } : {}) };
  if (mode === "socket") {
    if (!SLACK_APP_TOKEN)
      throw new TutorError("config", "SLACK_APP_TOKEN is not set, and Socket Mode needs it.", {
        hint: "Make one under Basic Information, App-Level Tokens, with the scope connections:write.",
      });
    return { ...rest, transport: { mode, appToken: SLACK_APP_TOKEN } } as const;
  }
  if (!SLACK_SIGNING_SECRET)
    throw new TutorError("config", "SLACK_BOT_TOKEN is set, but neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET.", {
      hint: "Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.",
    });
  return { ...rest, transport: { mode, signingSecret: SLACK_SIGNING_SECRET, host: HOST, port: PORT } } as const;
}
