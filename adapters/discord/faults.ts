/** What Discord refuses -> what became of a post, and what a person can do about it. */
import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from "discord.js";
import type { Delivered } from "../../src/core/index.ts";

const Codes = RESTJSONErrorCodes;
/** Discord's own trouble: a repeat has the same nonce. */
const SOON_MS = 5000;

/** Codes that do not go away by waiting, each with its cure. */
const GONE: Readonly<Record<number, string>> = {
  [Codes.UnknownChannel]: "The channel is not there any more.",
  [Codes.UnknownGuild]: "I am not in that server any more.",
  [Codes.MissingAccess]: "I cannot see the channel: give me View Channel there.",
  [Codes.MissingPermissions]:
    "I may not write there: give me Send Messages, Embed Links and, for threads, Send Messages in Threads.",
  [Codes.CannotSendMessagesToThisUser]: "That person takes no direct messages from me.",
  [Codes.ThreadLocked]: "The thread is locked.",
  50083: "The thread is archived: reopen it, or give me Manage Threads.",
  [Codes.MessageWasBlockedByAutomaticModeration]: "AutoMod blocked the message: let it pass what I write.",
  [Codes.InvalidRecipients]: "There is no such channel or person.",
  [Codes.UnknownUser]: "There is no such person.",
};

export const codeOf = (error: unknown): number | undefined =>
  error instanceof DiscordAPIError ? Number(error.code) : undefined;

export const isCode = (error: unknown, ...codes: readonly number[]): boolean => codes.includes(codeOf(error) ?? 0);

/** The outcome of a failed post; a fault that is ours is thrown on. */
export function deliveredFrom(error: unknown): Delivered {
  const reason = GONE[codeOf(error) ?? 0];
  if (reason) return { kind: "gone", reason };
  if (error instanceof RateLimitError) return { kind: "later", afterMs: Math.max(1000, error.timeToReset) };
  if ((error instanceof HTTPError || error instanceof DiscordAPIError) && error.status >= 500)
    return { kind: "later", afterMs: SOON_MS };
  if (error instanceof Error && isNetwork(error))
    // Never connected: nothing was posted. Everything else may have arrived.
    return causeCode(error).match(/^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/)
      ? { kind: "later", afterMs: SOON_MS }
      : { kind: "unsure" };
  throw error;
}

/** No answer, or one of a server in trouble: what was sent may be there or not. */
export const mayHaveArrived = (error: unknown): boolean =>
  ((error instanceof HTTPError || error instanceof DiscordAPIError) && error.status >= 500) ||
  (error instanceof Error && isNetwork(error) && deliveredFrom(error).kind === "unsure");

function causeCode(error: Error): string {
  const cause = error.cause;
  const code = "code" in error ? error.code : cause instanceof Error && "code" in cause ? cause.code : "";
  return String(code);
}

const isNetwork = (error: Error): boolean =>
  error.name === "AbortError" || error.name === "TimeoutError" || /^(?:E[A-Z]+|UND_ERR_\w+)$/.test(causeCode(error));
