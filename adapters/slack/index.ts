/** The tutor in Slack: Bolt in Socket Mode or over HTTP, the same listeners in both. */
import { App, LogLevel, webApi } from "@slack/bolt";
import type { Adapter, InstallationStore, Limiter, Log, Metrics, Tutor } from "../../src/core/index.ts";
import { createAgent } from "./agent.ts";
import { nameOf } from "./failure.ts";
import type { Door } from "./gate.ts";
import { createHome } from "./home.ts";
import { httpDoor } from "./http.ts";
import { installPages } from "./install-pages.ts";
import { installs } from "./installs.ts";
import { listen } from "./listen.ts";
import { createLogger } from "./logger.ts";
import { createPeople } from "./people.ts";
import { createPictures } from "./pictures.ts";
import { createPosts, type Posts } from "./post.ts";
import { missingScopes } from "./scopes.ts";
import { socketDoor } from "./socket.ts";
import { createTake } from "./take.ts";
import { oneWorkspace, type Workspaces } from "./workspaces.ts";

/** How workspaces install the app themselves, and what is kept of it. */
export interface Install {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
  readonly publicUrl: string;
  readonly store: InstallationStore;
  readonly limiter: Limiter;
}

export interface SlackParts {
  /** One workspace, by its token; else `install` says how workspaces come by one. */
  readonly botToken?: string;
  readonly install?: Install;
  readonly transport: { readonly host?: string; readonly port?: number } & (
    | { readonly mode: "socket"; readonly appToken: string; readonly clientPingTimeout?: number }
    | { readonly mode: "http"; readonly signingSecret: string }
  );
  /** Ends in `/api/`. */
  readonly apiUrl?: string;
  /** People who moderate beside the workspace's admins. */
  readonly admins: readonly string[];
  /** Told where the app is and where it was taken away, so that what it kept there can go. */
  readonly communities?: Pick<InstallationStore, "stays" | "remove">;
  readonly log: Log;
  readonly metrics?: Pick<Metrics, "count">;
  /** How long a call to Slack may take. */
  readonly timeoutMs?: number;
  readonly clock?: () => number;
  readonly pause?: (ms: number) => Promise<void>;
}

const TIMEOUT_MS = 10_000;
const AGAIN_MS = 5000;
const ANYWHERE = "0.0.0.0";
const PORT = 3000;
/** One line for so many events of workspaces that nobody knows. */
const UNKNOWN_LINES = 100;

export function slack(parts: SlackParts): Adapter & { readonly port: () => number | undefined } {
  const { botToken = "", install, transport, apiUrl, admins, communities, log, metrics } = parts;
  const clock = parts.clock ?? Date.now;
  const pause = parts.pause ?? ((ms: number) => new Promise<void>((done) => setTimeout(done, ms)));
  const logger = createLogger(log);
  // The SDK's own retries post twice, and its queue would hold every channel up for one.
  const clientOptions: webApi.WebClientOptions = {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: parts.timeoutMs ?? TIMEOUT_MS,
    logger,
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
  };
  const { host = ANYWHERE, port = PORT } = transport;
  const answer = install ? installPages({ ...install, clientOptions, logger, log, clock }) : undefined;
  const pages = answer && { answer, host, port };
  const door: Door =
    transport.mode === "socket"
      ? socketDoor({
          appToken: transport.appToken,
          apiUrl,
          logger,
          clientPingTimeout: transport.clientPingTimeout,
          pages,
        })
      : httpDoor({ signingSecret: transport.signingSecret, host, port, logger, clock, pages: answer });
  const workspaces: Workspaces = install
    ? installs({ ...install, clientOptions, log, clock, pause })
    : oneWorkspace({
        client: new webApi.WebClient(botToken, clientOptions),
        token: botToken,
        log,
        pause,
        stays: async (team) => communities?.stays({ platform: "slack", community: team }),
      });
  let stopping = false;
  let unknown = 0;
  let posts: Posts | undefined;

  const app = new App({
    receiver: door.receiver,
    logger,
    logLevel: LogLevel.WARN,
    clientOptions,
    async authorize({ teamId = "", enterpriseId, isEnterpriseInstall }, body) {
      // In an organisation the workspace of an event is named apart from who installed the app.
      const within = (body as { context_team_id?: string } | undefined)?.context_team_id;
      const team = (isEnterpriseInstall && within) || teamId;
      const found = await workspaces.of(team, enterpriseId);
      if (!found) {
        unknown += 1;
        metrics?.count("tutor_unknown_workspaces_total", {});
        if (unknown % UNKNOWN_LINES === 1) log.warn({ team, unknown }, "event of a workspace without the app");
        throw new UnknownWorkspace();
      }
      const organisation = enterpriseId ? { enterpriseId } : {};
      return { botToken: found.token, botUserId: found.user, botId: found.bot, teamId: team, ...organisation };
    },
  });
  app.error(async (error) => {
    if (error.original instanceof UnknownWorkspace) return;
    log.error({ code: nameOf(error), err: error.message }, "Slack event failed");
  });

  return {
    platform: "slack",
    port: door.port,
    async start(tutor: Tutor, desk) {
      await workspaces.ready(() => stopping);
      if (stopping) return;
      const people = createPeople({ log, clock });
      const scopesOf = async (team: string) => missingScopes((await workspaces.of(team))?.scopes ?? []);
      const written = createPosts({
        clientOf: async (team) => (await workspaces.of(team))?.client,
        pictures: createPictures(tutor, log),
        log,
        clock,
        pause,
      });
      posts = written;
      listen(app, {
        tutor,
        take: createTake({ tutor, desk, posts: written, people, agent: createAgent({ log, pause }), log }),
        follows: ({ place }) => desk.follows(place),
        moderates: async (client, team, user) =>
          admins.includes(user) ||
          admins.includes(`slack:${user}`) ||
          Boolean((await people.know(client, team, user)).moderator),
        home: createHome({ tutor, people, missing: scopesOf, log }),
        left: async (community, asOf) =>
          (await communities?.remove({ platform: "slack", community }, asOf, clock())) ?? false,
        log,
      });
      await app.start();
      log.info({ platform: "slack", mode: transport.mode, installed: install ? "by workspaces" : "once" }, "connected");
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

/** Answered with nothing: whoever took the app away, or never had it, gets no error either. */
class UnknownWorkspace extends Error {}
