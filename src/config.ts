/** The environment -> Config, in one schema; refused with variable, value and cure. */
import { z } from "zod";
import { TutorError } from "./core/errors.ts";

/** Every variable with what it means; README's table is held against this list. */
export const VARIABLES = {
  KNOWLEDGE_DIR: "your own Markdown folders, separated by `:`, read beside the built-in pages",
  KNOWLEDGE_BUILTIN: "`on` (default) or `off`: leave the built-in pages out",
  KNOWLEDGE_URL: "address under which your published copy of the pages stands; sources link there",
  DATA_DIR: "folder for what the tutor keeps (default `data`): the database and the finished index",
  DATABASE_URL: "`postgres://…` for PostgreSQL; unset: one SQLite file in DATA_DIR",
  LOG_LEVEL: "`trace`, `debug`, `info` (default of the service), `warn` (default of the chat), `error` or `silent`",
} as const;

const schema = z.object({
  KNOWLEDGE_DIR: z
    .string()
    .default("")
    .transform((value) => value.split(":").filter(Boolean)),
  KNOWLEDGE_BUILTIN: z.enum(["on", "off"], { error: "is neither on nor off" }).default("on"),
  KNOWLEDGE_URL: z.url({ protocol: /^https?$/, error: "is not an http or https address" }).optional(),
  DATA_DIR: z.string().min(1, { error: "is empty" }).default("data"),
  DATABASE_URL: z.url({ protocol: /^postgres(?:ql)?$/, error: "is not a postgres:// address" }).optional(),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "silent"], {
      error: "is no level; use trace, debug, info, warn, error or silent",
    })
    .optional(),
});

export type Config = z.output<typeof schema>;

/** An empty variable counts as not set, as Compose files write it. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => name in VARIABLES && value !== ""),
  );
  const checked = schema.safeParse(set);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  const name = String(issue?.path[0] ?? "configuration");
  throw new TutorError("config", `${name}="${String(set[name]).slice(0, 80)}" ${issue?.message ?? "is not valid"}.`, {
    hint: `Correct ${name} or leave it unset.`,
  });
}
