/** `/slack/install` and `/slack/oauth_redirect`: where a workspace installs the app itself, and what becomes of it. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { webApi } from "@slack/bolt";
import { ErrorCode, type Installation as Granted, InstallProvider, InvalidStateError } from "@slack/oauth";
import type { Installation, InstallationStore, Limiter, Log } from "../../src/core/index.ts";
import { html } from "./html.ts";
import type { Pages } from "./http.ts";
import type { Logger } from "./logger.ts";
import { SCOPES } from "./scopes.ts";
import { createStates } from "./state.ts";

export interface InstallPagesParts {
  readonly store: InstallationStore;
  readonly limiter: Limiter;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
  /** The https address under which the tutor is reached; Slack sends people back there and nowhere else. */
  readonly publicUrl: string;
  readonly clientOptions: webApi.WebClientOptions;
  readonly logger: Logger;
  readonly log: Log;
  readonly clock: () => number;
}

export const INSTALL = "/slack/install";
export const REDIRECT = "/slack/oauth_redirect";
/** For one address; nobody installs more often. */
const LIMIT = { points: 10, seconds: 60 };
const GOV = "slack-gov.com";

export function installPages(parts: InstallPagesParts): Pages {
  const { store, limiter, clientId, clientSecret, stateSecret, clientOptions, logger, log, clock } = parts;
  const states = createStates({ secret: stateSecret, clock, spend: store.spend });
  const options = {
    scopes: SCOPES.map(({ name }) => name),
    redirectUri: new URL(REDIRECT, parts.publicUrl).href,
  };
  const api = clientOptions.slackApiUrl ? new URL(clientOptions.slackApiUrl) : undefined;
  const provider = new InstallProvider({
    clientId,
    clientSecret,
    installUrlOptions: options,
    logger,
    clientOptions,
    ...(api?.hostname.endsWith(GOV) ? { authorizationUrl: `https://${GOV}/oauth/v2/authorize` } : {}),
    renderHtmlForInstallPath: (url) =>
      html("Add Container Tutor to Slack", "It answers questions about containers, microservices and Docker.", {
        label: "Add to Slack",
        href: url,
      }),
    stateStore: {
      generateStateParam: async () => states.issue(),
      async verifyStateParam(_, state) {
        if (!(await states.redeem(state))) throw new InvalidStateError("Not ours, ended, or used before.");
        return options;
      },
    },
    installationStore: {
      async storeInstallation(granted) {
        const installation = kept(granted);
        await store.save(installation, clock());
        log.info({ team: installation.community, organisation: installation.organisation }, "installed");
      },
      // Tokens are read by us alone: only our own store lets one replica at a time renew them.
      fetchInstallation: () => Promise.reject(new Error("Installations are not read here.")),
    },
  });

  return async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pathname !== INSTALL && pathname !== REDIRECT) return false;
    guard(response);
    const person = request.socket.remoteAddress ?? "";
    const allowed = await limiter.take({ platform: "slack", community: "install", person }, 1, LIMIT);
    if (!allowed.ok) {
      tell(response, 429, "Too many tries", "Wait a minute, then try again.");
      return true;
    }
    await (pathname === INSTALL ? provider.handleInstallPath(request, response) : finish(request, response));
    return true;
  };

  async function finish(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await provider.handleCallback(request, response, {
      success: (installation) => {
        const where = installation.team?.name ?? installation.enterprise?.name ?? "your workspace";
        tell(
          response,
          200,
          "Container Tutor is installed",
          `It is in ${where} now. In Slack, find it under Apps and say hello, or type /invite @tutor in a channel.`,
        );
      },
      failure: ({ code }) => {
        log.warn({ code }, "not installed");
        const [title, text] = FAILURES[code] ?? OTHER;
        tell(response, 400, title, text, true);
      },
    });
  }
}

const STALE = "The link was used before, is older than ten minutes, or was opened in another browser.";
const OTHER = ["That did not work", "Slack did not let us finish the installation."] as const;
const FAILURES: Readonly<Record<string, readonly [title: string, text: string]>> = {
  [ErrorCode.AuthorizationError]: ["Nothing was installed", "You cancelled it in Slack."],
  [ErrorCode.InvalidStateError]: ["That did not work", STALE],
  [ErrorCode.MissingStateError]: ["That did not work", STALE],
};

/** Nothing of these pages is to be kept, framed or run. */
function guard(response: ServerResponse): void {
  response.setHeader("content-security-policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
  response.setHeader("referrer-policy", "no-referrer");
  response.setHeader("cache-control", "no-store");
  response.setHeader("x-content-type-options", "nosniff");
}

function tell(response: ServerResponse, status: number, title: string, text: string, again = false): void {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8" });
  response.end(html(title, text, again ? { label: "Start again", href: INSTALL } : undefined));
}

/** What is needed of what Slack granted. */
function kept({ team, enterprise, isEnterpriseInstall, bot }: Granted): Installation {
  const community = isEnterpriseInstall ? enterprise?.id : team?.id;
  if (!community || !bot) throw new Error("Slack granted no bot token.");
  const { token, refreshToken, expiresAt, userId, id, scopes } = bot;
  return {
    platform: "slack",
    community,
    organisation: isEnterpriseInstall === true,
    token,
    // Slack counts in seconds.
    rotation: refreshToken && expiresAt ? { refresh: refreshToken, expiresAt: expiresAt * 1000 } : undefined,
    botUser: userId,
    botId: id,
    scopes,
  };
}
