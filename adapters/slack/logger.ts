/** Bolt's log lines in our log: without its debug lines, which hold whole payloads, and without tokens. */
import { type Logger as BoltLogger, LogLevel } from "@slack/bolt";
import type { Log } from "../../src/core/index.ts";

export type Logger = BoltLogger;

const scrub = (parts: readonly unknown[]): string =>
  parts
    .map((part) => (part instanceof Error ? part.message : String(part)))
    .join(" ")
    .replace(/\bx(?:ox[a-z]|app)(?:[.-][\w.-]+)+/g, "***")
    .slice(0, 500);

export function createLogger(log: Log): Logger {
  const nothing = () => undefined;
  return {
    debug: nothing,
    info: nothing,
    warn: (...parts: unknown[]) => log.warn({ from: "bolt" }, scrub(parts)),
    error: (...parts: unknown[]) => log.error({ from: "bolt" }, scrub(parts)),
    setLevel: nothing,
    getLevel: () => LogLevel.WARN,
    setName: nothing,
  };
}
