/** In which workspaces the tutor is, and as whom: one, by a token that the operator gave, or all that installed it. */
import type { webApi } from "@slack/bolt";
import { type Log, TutorError } from "../../src/core/index.ts";
import { failureOf } from "./failure.ts";
import type { Self } from "./parse.ts";
import { missingScopes } from "./scopes.ts";

/** Who the tutor is in a workspace, and what it may do there. */
export interface Workspace extends Self {
  readonly token: string;
  readonly scopes: readonly string[];
  readonly client: webApi.WebClient;
}

export interface Workspaces {
  /** Before anything is heard: refuses in one sentence what can never work, waits for a network that is away. */
  ready(stopping: () => boolean): Promise<void>;
  /** Undefined where the app is not installed. Its token is good for the next minutes. */
  of(team: string, organisation?: string): Promise<Workspace | undefined>;
}

interface OneParts {
  readonly client: webApi.WebClient;
  readonly token: string;
  readonly log: Log;
  readonly pause: (ms: number) => Promise<void>;
  /** Told which workspace it is. */
  readonly stays: (team: string) => Promise<void>;
}

const AGAIN_MS = 5000;

export function oneWorkspace({ client, token, log, pause, stays }: OneParts): Workspaces {
  let found: (Workspace & { readonly team: string }) | undefined;

  return {
    async ready(stopping) {
      while (!stopping() && !found) {
        try {
          const me = await client.auth.test();
          const scopes = me.response_metadata?.scopes ?? [];
          const team = me.team_id ?? "";
          found = { team, user: me.user_id ?? "", bot: me.bot_id ?? "", token, scopes, client };
          for (const sentence of missingScopes(scopes)) log.warn({ platform: "slack" }, sentence);
          await stays(team);
        } catch (error) {
          const failure = failureOf(error);
          if (failure.code === "invalid_auth" || failure.code === "not_authed" || failure.kind === "gone")
            throw new TutorError("config", `Slack refuses SLACK_BOT_TOKEN: ${failure.code}.`, {
              hint: "Copy the Bot User OAuth Token (xoxb-…) from the app's page OAuth & Permissions.",
            });
          log.warn({ code: failure.code, method: "auth.test" }, "Slack is not reached yet");
          await pause(failure.kind === "later" ? failure.afterMs : AGAIN_MS);
        }
      }
    },
    of: async (team) => (found && team === found.team ? found : undefined),
  };
}
