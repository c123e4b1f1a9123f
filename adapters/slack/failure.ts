/** What a failed call to Slack means: nothing happened, nothing is known, or never again. */
import { webApi } from "@slack/bolt";

export type Failure =
  /** Nothing was posted; after a while it may be. */
  | { readonly kind: "later"; readonly afterMs: number; readonly code: string }
  /** It was sent and no answer came: it may be there or not. */
  | { readonly kind: "unsure"; readonly code: string }
  /** The place, or we in it, will not come back by itself. */
  | { readonly kind: "gone"; readonly code: string }
  /** Slack understood and refused it. */
  | { readonly kind: "refused"; readonly code: string };

const GONE = new Set([
  "channel_not_found",
  "not_in_channel",
  "is_archived",
  "account_inactive",
  "token_revoked",
  "user_not_found",
  "users_not_found",
  "cannot_dm_bot",
  "user_disabled",
  "messages_tab_disabled",
  "restricted_action",
  "restricted_action_read_only_channel",
  "team_access_not_granted",
  "org_login_required",
  "unknown_workspace",
]);
/** Slack's own failures: its documents say that such a call may have had its effect. */
const UNSURE = new Set(["fatal_error", "internal_error", "service_unavailable", "request_timeout"]);
/** An operator can put these right; asking every second would not help. */
const OPERATOR = new Set(["invalid_auth", "not_authed", "missing_scope", "token_expired", "no_permission"]);
const OPERATOR_MS = 5 * 60_000;
const NETWORK_MS = 2000;
const NEVER_CONNECTED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

export function failureOf(error: unknown): Failure {
  if (error instanceof webApi.WebAPIRateLimitedError)
    return { kind: "later", afterMs: Math.max(1, error.retryAfter) * 1000, code: "ratelimited" };
  if (error instanceof webApi.WebAPIPlatformError) {
    const code = error.data.error;
    if (GONE.has(code)) return { kind: "gone", code };
    if (UNSURE.has(code)) return { kind: "unsure", code };
    if (code === "ratelimited" || code === "rate_limited") return { kind: "later", afterMs: 1000, code };
    return OPERATOR.has(code) ? { kind: "later", afterMs: OPERATOR_MS, code } : { kind: "refused", code };
  }
  if (error instanceof webApi.WebAPIHTTPError) {
    const code = `http_${error.statusCode}`;
    return error.statusCode >= 500 ? { kind: "unsure", code } : { kind: "refused", code };
  }
  if (error instanceof webApi.WebAPIRequestError) {
    const code = codeOf(error.original);
    return NEVER_CONNECTED.has(code) ? { kind: "later", afterMs: NETWORK_MS, code } : { kind: "unsure", code };
  }
  // A bug of ours; to whoever asked it is as if no answer came.
  throw error;
}

function codeOf(error: Error): string {
  const cause = error.cause;
  if (cause instanceof Error && "code" in cause) return String(cause.code);
  return error.name;
}

/** A short name for logs: the error itself may hold headers. */
export function nameOf(error: unknown): string {
  try {
    return failureOf(error).code;
  } catch {
    return error instanceof Error ? error.name : "unknown";
  }
}
