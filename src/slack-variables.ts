/** Slack's part of the environment: what each variable means, and what it must look like. */
import { z } from "zod";

export const SLACK_VARIABLES = {
  SLACK_BOT_TOKEN: "the app's bot token, `xoxb-…`; with it the tutor is in Slack",
  SLACK_APP_TOKEN: "the app-level token, `xapp-…`, for Socket Mode: no public address is needed",
  SLACK_SIGNING_SECRET:
    "the app's signing secret, for HTTP: Slack sends to `/slack/events`; two with a comma while it is changed",
  SLACK_MODE: "`socket` or `http`; default: socket where there is an app token",
  SLACK_API_URL: "another address of Slack's Web API, for a gateway or GovSlack; ends in `/api/`",
  SLACK_CLIENT_ID: "for many workspaces instead of a bot token: each installs the app itself at `/slack/install`",
  SLACK_CLIENT_SECRET: "the app's client secret, for installs",
  SLACK_STATE_SECRET: "signs each install under way, at least 16 characters of your own",
  TOKEN_KEY:
    "seals the workspaces' tokens: 32 bytes in Base64; a new key goes in front of the former one, with a comma",
  PUBLIC_URL: "the https address under which the tutor is reached; Slack sends people who install it back there",
} as const;

export const slackShape = {
  SLACK_BOT_TOKEN: z.string().startsWith("xoxb-", { error: "is no bot token; one begins with xoxb-" }).optional(),
  SLACK_APP_TOKEN: z.string().startsWith("xapp-", { error: "is no app-level token; one begins with xapp-" }).optional(),
  SLACK_SIGNING_SECRET: z.string().min(8, { error: "is too short for a signing secret" }).optional(),
  SLACK_MODE: z.enum(["socket", "http"], { error: "is neither socket nor http" }).optional(),
  SLACK_API_URL: z
    .url({ protocol: /^https?$/, error: "is not an http or https address" })
    .endsWith("/api/", { error: "does not end in /api/" })
    .optional(),
  SLACK_CLIENT_ID: z
    .string()
    .regex(/^\d+\.\d+$/, { error: "is no client id; one looks like 123456.789012" })
    .optional(),
  SLACK_CLIENT_SECRET: z.string().min(8, { error: "is too short for a client secret" }).optional(),
  SLACK_STATE_SECRET: z.string().min(16, { error: "is shorter than 16 characters" }).optional(),
  TOKEN_KEY: z
    .string()
    .transform((value) => value.split(",").map((key) => Buffer.from(key.trim(), "base64")))
    .refine((keys) => keys.every((key) => key.length === 32), {
      error: "is not 32 bytes in Base64; make one with: openssl rand -base64 32",
    })
    .optional(),
  PUBLIC_URL: z.url({ protocol: /^https$/, error: "is not an https address" }).optional(),
};

/** Not repeated in an error, and read from files where these are given. */
export const SLACK_SECRETS = [
  "SLACK_BOT_TOKEN",
  "SLACK_APP_TOKEN",
  "SLACK_SIGNING_SECRET",
  "SLACK_CLIENT_ID",
  "SLACK_CLIENT_SECRET",
  "SLACK_STATE_SECRET",
  "TOKEN_KEY",
] as const;
