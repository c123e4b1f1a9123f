/** The environment -> Config, in one schema; refused with variable, value and cure. */
import { z } from "zod";
import { TutorError } from "./core/errors.ts";
import type { Limits } from "./core/limits.ts";
import type { Retention } from "./core/ports.ts";
import { type Environment, fromFiles, SECRET } from "./secrets.ts";
import { SLACK_VARIABLES, slackShape } from "./slack-variables.ts";

/** Every variable with what it means; README's table is held against this list. */
export const VARIABLES = {
  ...SLACK_VARIABLES,
  HOST: "where Slack's requests are listened for (default `0.0.0.0`)",
  PORT: "and on which port (default `3000`)",
  KNOWLEDGE_DIR: "your own Markdown folders, separated by `:`, read beside the built-in pages",
  KNOWLEDGE_BUILTIN: "`on` (default) or `off`: leave the built-in pages out",
  KNOWLEDGE_URL:
    "address under which your published copy of the pages stands; sources and links between documents lead there, without extension",
  DATA_DIR: "folder for what the tutor keeps (default `data`): its database and the finished index",
  DATABASE_URL:
    "`postgres://…` keeps everything in PostgreSQL, for several replicas; empty: one SQLite file in DATA_DIR",
  BACKUP_EVERY: "`off` (default) or a period such as `24h`: back the SQLite file up into DATA_DIR/backups",
  BACKUP_KEEP: "how many of these backups stay (default `7`)",
  ADMIN_IDS: "people who may set things everywhere, beside each platform's moderators: `U123,slack:U456`",
  RETENTION_CONVERSATIONS: "how long a thread's concepts are kept (default `24h`)",
  RETENTION_KEYS: "how long event ids are kept (default `24h`); a turn's text goes after 24 hours at the latest",
  RETENTION_QUIZ: "how long quiz answers, feedback, gaps and what learners chose are kept (default `365d`)",
  RETENTION_AUDIT: "how long changes of settings and records of tips are kept (default `400d`)",
  LIMIT_PERSON: "turns of one person in so many seconds (default `5/10 60/3600`); `off` for none",
  LIMIT_CHANNEL: "turns in one channel (default `30/60`)",
  LIMIT_COMMUNITY: "turns in one workspace or guild (default `300/60`)",
  DISCORD_TOKEN: "the bot's token; Discord runs where it is set (docs/discord.md); or DISCORD_TOKEN_FILE",
  DISCORD_API_URL: "a REST proxy that ends in `/api`, which then counts Discord's limits for all processes",
  DISCORD_DEV_GUILD: "register commands in this server only, where they appear at once",
  SHARDS: "which shards this process runs: `0,1` or `0-3`; `ordinal` takes the number at the end of HOSTNAME",
  SHARD_COUNT: "how many shards there are over all processes; empty: Discord says",
  REPLICAS: "how many processes of the tutor run side by side (default `1`); more need DATABASE_URL",
  SECRETS_DIR: "folder of files named like secret variables, as Docker and Kubernetes mount them",
  OPS_HOST: "where `/health`, `/ready` and `/metrics` are listened for (default `127.0.0.1`)",
  OPS_PORT: "and on which port, or `off` (default `9090`, or none where that is taken)",
  HOSTNAME: "read with `SHARDS=ordinal` only: a StatefulSet's pod name, such as `tutor-2`",
  LOG_LEVEL: "`trace`, `debug`, `info` (default of the service), `warn` (default of the chat), `error` or `silent`",
} as const;

const HOUR_MS = 3_600_000;

/** "36h" or "7d" in milliseconds; a month has no length. */
const hours = (value: string): number => Number.parseInt(value, 10) * (value.endsWith("d") ? 24 * HOUR_MS : HOUR_MS);

const period = (standard: string) =>
  z
    .string()
    .regex(/^[1-9]\d{0,4}[hd]$/, { error: "is no period; write it as 24h or 365d" })
    .default(standard)
    .transform(hours);

/** "5/10 60/3600": so many points in so many seconds, each of them. */
const limit = (standard: string) =>
  z
    .string()
    .regex(/^(?:off|[1-9]\d{0,6}\/[1-9]\d{0,5}(?:[ ,]+[1-9]\d{0,6}\/[1-9]\d{0,5})*)$/, {
      error: "is no limit; write turns/seconds, such as 5/10, or off",
    })
    .default(standard)
    .transform((value) =>
      value === "off"
        ? []
        : value.split(/[ ,]+/).map((pair) => {
            const [points = 0, seconds = 0] = pair.split("/").map(Number);
            return { points, seconds };
          }),
    );

const MOST_SHARDS = 16_384;

/** "0,2-4" -> the shards of this process. */
const shards = z
  .string()
  .regex(/^(?:ordinal|\d{1,5}(?:-\d{1,5})?(?:,\d{1,5}(?:-\d{1,5})?)*)$/, {
    error: "is no list of shards; write 0,1 or 0-3 or ordinal",
  })
  .refine((value) => value === "ordinal" || shardsIn(value).every((each) => each < MOST_SHARDS), {
    error: `has a shard over ${MOST_SHARDS - 1}`,
  });

/** "0,2-4" as numbers. */
export const shardsIn = (value: string): number[] =>
  value.split(",").flatMap((part) => {
    const [from = 0, to = from] = part.split("-").map(Number);
    return Array.from({ length: Math.max(0, Math.min(to, MOST_SHARDS) - from + 1) }, (_, i) => from + i);
  });

const schema = z.object({
  ...slackShape,
  HOST: z.string().default("0.0.0.0"),
  PORT: z.coerce.number({ error: "is no port" }).int().min(0).max(65_535).default(3000),
  KNOWLEDGE_DIR: z
    .string()
    .default("")
    .transform((value) => value.split(":").filter(Boolean)),
  KNOWLEDGE_BUILTIN: z.enum(["on", "off"], { error: "is neither on nor off" }).default("on"),
  KNOWLEDGE_URL: z.url({ protocol: /^https?$/, error: "is not an http or https address" }).optional(),
  DATA_DIR: z.string().min(1, { error: "is empty" }).default("data"),
  DATABASE_URL: z.url({ protocol: /^postgres(?:ql)?$/, error: "is not a postgres:// address" }).optional(),
  BACKUP_EVERY: z
    .string()
    .regex(/^(?:off|[1-9]\d{0,4}[hd])$/, { error: "is no period; write it as 24h or 7d, or off" })
    .default("off")
    .transform((value) => (value === "off" ? undefined : hours(value))),
  BACKUP_KEEP: z.coerce
    .number({ error: "is no number" })
    .int()
    .min(1, { error: "is less than 1" })
    .max(1000)
    .default(7),
  ADMIN_IDS: z
    .string()
    .default("")
    .transform((value) => value.split(/[\s,]+/).filter(Boolean)),
  RETENTION_CONVERSATIONS: period("24h"),
  RETENTION_KEYS: period("24h"),
  RETENTION_QUIZ: period("365d"),
  RETENTION_AUDIT: period("400d"),
  LIMIT_PERSON: limit("5/10 60/3600"),
  LIMIT_CHANNEL: limit("30/60"),
  LIMIT_COMMUNITY: limit("300/60"),
  DISCORD_TOKEN: z.string().optional(),
  DISCORD_API_URL: z
    .url({ protocol: /^https?$/, error: "is not an http or https address" })
    .regex(/\/api$/, { error: "does not end in /api" })
    .optional(),
  DISCORD_DEV_GUILD: z
    .string()
    .regex(/^\d{15,20}$/, { error: "is no server id; copy it with Developer Mode on" })
    .optional(),
  SHARDS: shards.optional(),
  SHARD_COUNT: z.coerce.number({ error: "is no number" }).int().min(1).max(MOST_SHARDS).optional(),
  REPLICAS: z.coerce.number({ error: "is no number" }).int().min(1, { error: "is less than 1" }).max(1000).default(1),
  SECRETS_DIR: z.string().optional(),
  OPS_HOST: z.string().default("127.0.0.1"),
  OPS_PORT: z
    .union([z.literal("off"), z.coerce.number().int().min(0).max(65_535)], { error: "is no port; write 9090, or off" })
    .optional(),
  HOSTNAME: z.string().optional(),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "silent"], {
      error: "is no level; use trace, debug, info, warn, error or silent",
    })
    .optional(),
});

export type Config = z.output<typeof schema>;

/** The periods of a configuration as the stores take them. */
export const retentionOf = (config: Config): Retention => ({
  conversations: config.RETENTION_CONVERSATIONS,
  keys: config.RETENTION_KEYS,
  quiz: config.RETENTION_QUIZ,
  audit: config.RETENTION_AUDIT,
});

export const limitsOf = (config: Config): Limits => ({
  person: config.LIMIT_PERSON,
  channel: config.LIMIT_CHANNEL,
  community: config.LIMIT_COMMUNITY,
});

/** An empty variable counts as not set, as Compose files write it. */
export function readConfig(environment: Environment): Config {
  const set = Object.fromEntries(
    Object.entries(fromFiles(environment)).filter(([name, value]) => name in VARIABLES && value !== ""),
  );
  const checked = schema.safeParse(set);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  const name = String(issue?.path[0] ?? "configuration");
  throw new TutorError(
    "config",
    `${name}${SECRET.has(name) ? "" : `="${String(set[name]).slice(0, 80)}"`} ${issue?.message ?? "is not valid"}.`,
    {
      hint: `Correct ${name} or leave it unset.`,
    },
  );
}
