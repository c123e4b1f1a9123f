/** The tutor in Slack: Bolt in Socket Mode or over HTTP, the same listeners in both. */
import { App, LogLevel, webApi } from "@slack/bolt";
import { type Adapter, type Log, type Tutor, TutorError } from "../../src/core/index.ts";
import { failureOf, nameOf } from "./failure.ts";
import { createHome } from "./home.ts";
import { listen } from "./listen.ts";
import { createLogger } from "./logger.ts";
import type { Self } from "./parse.ts";
import { createPeople } from "./people.ts";
import { createPictures } from "./pictures.ts";
import { createPosts, type Posts } from "./post.ts";
import { type Door, httpDoor, socketDoor } from "./receiver.ts";
import { missingScopes } from "./scopes.ts";
import { createTake } from "./take.ts";

export interface SlackParts {
  readonly botToken: string;
  readonly transport:
    | { readonly mode: "socket"; readonly appToken: string; readonly clientPingTimeout?: number }
    | { readonly mode: "http"; readonly signingSecret: string; readonly host: string; readonly port: number };
  /** Ends in `/api/`. */
  readonly apiUrl?: string;
  /** People who moderate beside the workspace's admins. */
  readonly admins: readonly string[];
  readonly log: Log;
  readonly clock?: () => number;
  readonly pause?: (ms: number) => Promise<void>;
}

const TIMEOUT_MS = 10_000;
const AGAIN_MS = 5000;

export function slack(parts: SlackParts): Adapter & { readonly port: () => number | undefined } {
  const { botToken, transport, apiUrl, admins, log } = parts;
  const clock = parts.clock ?? Date.now;
  const pause = parts.pause ?? ((ms: number) => new Promise<void>((done) => setTimeout(done, ms)));
  const logger = createLogger(log);
  const door: Door =
    transport.mode === "socket"
      ? socketDoor({ appToken: transport.appToken, apiUrl, logger, clientPingTimeout: transport.clientPingTimeout })
      : httpDoor({ ...transport, logger, clock });
  let stopping = false;
  let who: (Self & { readonly team: string; readonly scopes: readonly string[] }) | undefined;
  let posts: Posts | undefined;

  const app = new App({
    receiver: door.receiver,
    logger,
    logLevel: LogLevel.WARN,
    // The SDK's own retries post twice, and its queue would hold every channel up for one.
    clientOptions: {
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: TIMEOUT_MS,
      ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
    },
    authorize: async () => ({
      botToken,
      ...(who ? { botUserId: who.user, botId: who.bot, teamId: who.team } : {}),
    }),
  });
  app.error(async (error) => log.error({ code: nameOf(error), err: error.message }, "Slack event failed"));
  const client = new webApi.WebClient(botToken, app.webClientOptions);

  /** Who we are; a token that Slack refuses is refused in one sentence, a network that is away is waited for. */
  async function introduce(): Promise<void> {
    while (!stopping) {
      try {
        const me = await client.auth.test();
        who = {
          user: me.user_id ?? "",
          bot: me.bot_id ?? "",
          team: me.team_id ?? "",
          scopes: me.response_metadata?.scopes ?? [],
        };
        return;
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
  }

  return {
    platform: "slack",
    port: door.port,
    async start(tutor: Tutor, desk) {
      await introduce();
      if (!who) return;
      const { scopes } = who;
      for (const sentence of missingScopes(scopes)) log.warn({ platform: "slack" }, sentence);
      const people = createPeople({ log, clock });
      const written = createPosts({
        clientOf: async (team) => (team === who?.team ? client : undefined),
        pictures: createPictures(tutor, log),
        log,
        clock,
        pause,
      });
      posts = written;
      listen(app, {
        tutor,
        take: createTake({ tutor, desk, posts: written, people, log }),
        follows: ({ place }) => desk.follows(place),
        moderates: async (client, team, user) =>
          admins.includes(user) ||
          admins.includes(`slack:${user}`) ||
          Boolean((await people.know(client, team, user)).moderator),
        home: createHome({ tutor, people, missing: () => missingScopes(scopes), log }),
        log,
      });
      await app.start();
      log.info({ platform: "slack", mode: transport.mode }, "connected");
    },
    deliver: async (place, reply, key, how) =>
      posts ? posts.post(place, reply, key, how) : { kind: "later", afterMs: AGAIN_MS },
    health: door.health,
    async stop() {
      stopping = true;
      await door.drain();
      await door.close();
    },
  };
}
