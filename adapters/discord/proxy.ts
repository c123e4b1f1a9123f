/** One door to Discord's REST API for several processes, so that its limits are counted once: `npm run discord:proxy`. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { proxyRequests } from "@discordjs/proxy";
// Not discord.js's: the proxy knows errors by their class, and must have the same one.
import { REST } from "@discordjs/rest";
import type { Log } from "../../src/core/index.ts";

export interface ProxyParts {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Another Discord, for tests; ends in `/api`. */
  readonly api?: string;
  /** Discord's own number for a bot is the default. */
  readonly requestsPerSecond?: number;
  readonly log: Log;
}

export interface Proxy {
  /** What DISCORD_API_URL is set to on the same machine. */
  readonly address: string;
  /** How often a request waited for the limit of all processes together. */
  readonly waited: () => number;
  close(): Promise<void>;
}

const PATIENCE_MS = 10_000;
const INVALID_REQUESTS = 100;

/** Forwards whatever comes; tokens stay with the processes, which send them along. */
export async function serveProxy({ host, port, api, requestsPerSecond = 50, log }: ProxyParts): Promise<Proxy> {
  let waited = 0;
  const rest = new REST({
    ...(api ? { api } : {}),
    globalRequestsPerSecond: requestsPerSecond,
    // A body that was read is gone; the process that asked sends it again, with the same nonce.
    retries: 0,
    timeout: PATIENCE_MS,
    invalidRequestWarningInterval: INVALID_REQUESTS,
    rejectOnRateLimit: ({ retryAfter }) => retryAfter > PATIENCE_MS,
  });
  rest.on("rateLimited", ({ global }) => {
    if (global) waited += 1;
  });
  rest.on("invalidRequestWarning", (warning) => log.warn({ ...warning }, "Discord refuses many requests"));
  const forward = proxyRequests(rest);
  const server = createServer(async (request, response) => {
    // Stands unless Discord answers: the proxy ends a response even where it knows nothing to say.
    response.statusCode = 502;
    try {
      await forward(request, response);
    } catch (err) {
      log.warn({ err }, "Discord did not answer");
    }
  });
  await new Promise<void>((done, fail) => {
    server.once("error", fail);
    server.listen(port, host, done);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    address: `http://${host}:${taken}/api`,
    waited: () => waited,
    async close() {
      await new Promise((done) => {
        server.close(done);
        server.closeIdleConnections();
      });
    },
  };
}
