/** What a loopback Slack speaks of: posts, faults to come, who is there, which scope a method needs. */

export type Json = Record<string, unknown>;

export interface Post {
  readonly method: string;
  readonly channel: string;
  readonly thread: string | undefined;
  readonly user: string | undefined;
  readonly ts: string;
  text: string;
  blocks: Json[];
  readonly metadata: { event_type: string; event_payload: Json } | undefined;
  readonly args: Json;
}

/** What the next calls of a method meet, in order. */
export type Fate =
  | { readonly kind: "error"; readonly error: string }
  | { readonly kind: "status"; readonly status: number; readonly acts?: boolean }
  | { readonly kind: "limited"; readonly seconds: number }
  /** The server acts and the connection breaks before its answer. */
  | { readonly kind: "reset" }
  /** Nothing comes, ever. */
  | { readonly kind: "silent" };

export interface SlackOptions {
  readonly mode?: "socket" | "http";
  readonly scopes?: readonly string[];
  readonly onePerSecond?: boolean;
}

export const TEAM = "T0TEAM";
export const BOT_USER = "U0BOT";
export const BOT = "B0BOT";
export const SECRET = "signing-secret-of-the-loopback";
export const ALL_SCOPES = [
  "app_mentions:read",
  "chat:write",
  "commands",
  "im:history",
  "assistant:write",
  "channels:history",
  "groups:history",
  "channels:read",
  "files:write",
  "users:read",
];
export const NEEDS: Record<string, string> = {
  "chat.postMessage": "chat:write",
  "chat.postEphemeral": "chat:write",
  "chat.delete": "chat:write",
  "conversations.replies": "channels:history",
  "conversations.history": "channels:history",
  "users.info": "users:read",
  "files.getUploadURLExternal": "files:write",
  "files.completeUploadExternal": "files:write",
  "assistant.threads.setSuggestedPrompts": "assistant:write",
  "assistant.threads.setTitle": "assistant:write",
  "assistant.threads.setStatus": "chat:write",
};
