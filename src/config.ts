/** The environment -> Config, in one schema; refused with variable, value and cure. */
import { z } from "zod";
import { TutorError } from "./core/errors.ts";
import type { Limits } from "./core/limits.ts";
import type { Retention } from "./core/ports.ts";

/** Every variable with what it means; README's table is held against this list. */
export const VARIABLES = {
  KNOWLEDGE_DIR: "your own Markdown folders, separated by `:`, read beside the built-in pages",
  KNOWLEDGE_BUILTIN: "`on` (default) or `off`: leave the built-in pages out",
  KNOWLEDGE_URL: "address under which your published copy of the pages stands; sources link there",
  DATA_DIR: "folder for what the tutor keeps (default `data`): its database and the finished index",
  DATABASE_URL:
    "`postgres://…` keeps everything in PostgreSQL, for several replicas; empty: one SQLite file in DATA_DIR",
  BACKUP_EVERY: "`off` (default) or a period such as `24h`: back the SQLite file up into DATA_DIR/backups",
  BACKUP_KEEP: "how many of these backups stay (default `7`)",
  ADMIN_IDS: "people who may set things everywhere, beside each platform's moderators: `U123,slack:U456`",
  RETENTION_CONVERSATIONS: "how long a thread's concepts are kept (default `24h`)",
  RETENTION_KEYS: "how long event ids are kept (default `24h`); a turn's text goes after 24 hours at the latest",
  RETENTION_QUIZ: "how long quiz answers, feedback and gaps are kept (default `365d`)",
  RETENTION_AUDIT: "how long changes of settings are kept (default `400d`)",
  LIMIT_PERSON: "turns of one person in so many seconds (default `5/10 60/3600`); `off` for none",
  LIMIT_CHANNEL: "turns in one channel (default `30/60`)",
  LIMIT_COMMUNITY: "turns in one workspace or guild (default `300/60`)",
  LOG_LEVEL: "`trace`, `debug`, `info` (default of the service), `warn` (default of the chat), `error` or `silent`",
} as const;

const HOUR_MS = 3_600_000;

/** Hours or days, such as "24h"; a month has no length. */
/** "36h" or "7d" in milliseconds. */
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

const schema = z.object({
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

/** Secrets are not repeated in an error. */
const SECRET = new Set(["DATABASE_URL"]);

/** An empty variable counts as not set, as Compose files write it. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => name in VARIABLES && value !== ""),
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
