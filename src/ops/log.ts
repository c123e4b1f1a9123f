/**
 * Structured logs on standard error, one JSON object a line. No message text ever: only what the log calls name, errors
 * without what a library hung onto them. No secret, no id: see scrub.ts.
 */
import { createHmac, randomBytes } from "node:crypto";
import pino from "pino";
import type { Log } from "../core/ports.ts";
import { idScrub, type Scrub, secretScrub } from "./scrub.ts";

export interface LogOptions {
  readonly level: string;
  /** Values that must never be written. */
  readonly secrets?: readonly string[];
  readonly write?: (line: string) => void;
}

export interface ScrubbedLog extends Log {
  fatal(fields: object, message: string): void;
  /** From now on ids are hashed with this salt: the same in every process of an installation. */
  saltWith(salt: string): void;
}

const LONGEST = 2000;
const DEEPEST = 4;
/** Fields that hold an id, or a place, on whatever platform. */
const IDS = new Set(["person", "user", "author", "setBy", "community", "team", "guild", "channel", "thread", "place"]);
/** Names, not ids. */
const PLAIN = new Set(["platform"]);

export function createLog({ level, secrets = [], write }: LogOptions): ScrubbedLog {
  // Until the database says which, nobody can tell these names from others.
  let salt = randomBytes(16).toString("base64url");
  const named = (id: string): string => `#${createHmac("sha256", salt).update(id).digest("hex").slice(0, 10)}`;
  const scrubs: readonly Scrub[] = [secretScrub(secrets), idScrub(named)];
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    // Pino's own would tell an error once more, in its way.
    serializers: { err: (told: unknown) => told },
    formatters: { log: (fields) => clean(fields, named, 0, false) as Record<string, unknown> },
    // As it leaves, so that no way of logging can go around it.
    hooks: { streamWrite: (line) => scrubs.reduce((text, scrub) => scrub(text), line) },
  };
  const log = pino(options, write ? { write } : pino.destination({ dest: 2, sync: true }));
  return {
    info: (fields, message) => log.info(fields, message),
    warn: (fields, message) => log.warn(fields, message),
    error: (fields, message) => log.error(fields, message),
    fatal: (fields, message) => log.fatal(fields, message),
    saltWith(value) {
      salt = value;
    },
  };
}

/** A copy with ids named, errors told, and nothing long or deep. */
function clean(value: unknown, named: (id: string) => string, depth: number, isId: boolean): unknown {
  if (typeof value === "string") return isId ? named(value) : value.slice(0, LONGEST);
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return typeof value === "function" ? undefined : value;
  if (depth > DEEPEST) return "…";
  if (value instanceof Error) return told(value, named, depth);
  if (Array.isArray(value)) return value.slice(0, 50).map((each) => clean(each, named, depth + 1, isId));
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      clean(each, named, depth + 1, (isId && !PLAIN.has(key)) || IDS.has(key)),
    ]),
  );
}

/** An error by what it is and where; libraries hang whole requests, with texts and headers, onto theirs. */
function told(error: Error, named: (id: string) => string, depth: number): object {
  const { code, status, fault } = error as { code?: unknown; status?: unknown; fault?: unknown };
  const plain = (value: unknown) => (typeof value === "string" || typeof value === "number" ? value : undefined);
  return {
    type: error.name,
    message: error.message.slice(0, LONGEST),
    code: plain(code),
    status: plain(status),
    fault: plain(fault),
    stack: error.stack?.slice(0, LONGEST),
    cause: error.cause === undefined ? undefined : clean(error.cause, named, depth + 1, false),
  };
}
