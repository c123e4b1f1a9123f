/** The app as Slack's own set-up form reads it, derived from what the code listens to and from the tutor's commands. */
import type { Command } from "../../src/core/index.ts";
import { REDIRECT } from "./install-pages.ts";
import { SHORTCUT } from "./listen.ts";
import { SCOPES } from "./scopes.ts";
import { shorten } from "./words.ts";

export const SLASH = "/docker";
const NAME = "Container Tutor";
const DESCRIPTION = "Answers questions about containers, microservices and Docker, with sources.";
/** Slack's limits for a command's hint and an agent's description. */
const HINT = 1000;
const AGENT = 300;

/** Which scope lets an event come. */
const EVENTS: Readonly<Record<string, string | undefined>> = {
  app_mention: "app_mentions:read",
  "message.im": "im:history",
  app_home_opened: undefined,
  "message.channels": "channels:history",
  "message.groups": "groups:history",
  member_joined_channel: "channels:read",
  app_uninstalled: undefined,
  tokens_revoked: undefined,
};

export interface ManifestOptions {
  readonly commands: readonly Command[];
  /** Where Slack sends its requests; absent for Socket Mode. */
  readonly url?: string;
  /** Where workspaces install the app themselves; absent where one token is given. */
  readonly installs?: string;
  /** Only what the tutor cannot do without. */
  readonly least: boolean;
}

export function manifest({ commands, url, installs, least }: ManifestOptions) {
  const scopes = SCOPES.filter(({ needed }) => needed || !least).map(({ name }) => name);
  const events = Object.entries(EVENTS).flatMap(([event, scope]) =>
    scope === undefined || scopes.includes(scope) ? [event] : [],
  );
  const names = commands.filter(({ listed }) => listed).map(({ name }) => name);
  const request = url ? { request_url: new URL("/slack/events", url).href } : {};
  return {
    display_information: { name: NAME, description: DESCRIPTION, background_color: "#1d3557" },
    features: {
      agent_view: { agent_description: shorten(DESCRIPTION, AGENT) },
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: "tutor", always_online: true },
      slash_commands: [
        {
          command: SLASH,
          description: "Ask about containers, or use a command",
          usage_hint: shorten(`your question, or ${names.join(", ")}`, HINT),
          should_escape: false,
          ...(url ? { url: new URL("/slack/events", url).href } : {}),
        },
      ],
      shortcuts: [
        { name: "Ask the tutor", type: "global", callback_id: SHORTCUT.ask, description: "Ask about containers" },
        {
          name: "Explain this",
          type: "message",
          callback_id: SHORTCUT.explain,
          description: "Explain what a message names",
        },
        {
          name: "Remove this answer",
          type: "message",
          callback_id: SHORTCUT.remove,
          description: "Take an answer away",
        },
      ],
    },
    oauth_config: {
      ...(installs ? { redirect_urls: [new URL(REDIRECT, installs).href] } : {}),
      scopes: { bot: scopes },
    },
    settings: {
      event_subscriptions: { ...request, bot_events: events },
      interactivity: { is_enabled: true, ...request },
      org_deploy_enabled: installs !== undefined,
      socket_mode_enabled: !url,
      // Slack cannot turn this off again, so a workspace that has one token for good is left with it.
      token_rotation_enabled: installs !== undefined,
    },
  };
}
