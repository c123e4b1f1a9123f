/** HTTP: Bolt's receiver behind what would bring it down or get past its checks. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type App, HTTPReceiver, isValidSlackRequest } from "@slack/bolt";
import { createGate, type Door } from "./gate.ts";
import type { Logger } from "./logger.ts";

/** Answers a request of a browser; false where there is no such page. */
export type Pages = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** A server that slow or many connections do not exhaust. */
const LIMITS = { headersTimeout: 10_000, requestTimeout: 15_000 } as const;
const MOST_CONNECTIONS = 2000;

export interface HttpOptions {
  /** Two, separated by a comma, while the secret is being changed. */
  readonly signingSecret: string;
  readonly host: string;
  readonly port: number;
  readonly logger: Logger;
  readonly clock: () => number;
  /** Where workspaces install the app themselves. */
  readonly pages: Pages | undefined;
}

const BODY_LIMIT = 256 * 1024;
const FUTURE_S = 300;

export function httpDoor({ signingSecret, host, port, logger, clock, pages }: HttpOptions): Door {
  const inner = signingSecret.split(",").map((secret) => {
    const signed = secret.trim();
    return { secret: signed, bolt: new HTTPReceiver({ signingSecret: signed, logger, bodyLimit: BODY_LIMIT }) };
  });
  const gate = createGate();
  const listening = createListener((request, response) => {
    void answer(request, response).catch(() => refuse(response, 400));
  });

  /** The one whose secret signed it; Bolt itself refuses what nobody signed. */
  function receiverOf(request: IncomingMessage, body: string): HTTPReceiver | undefined {
    const headers = {
      "x-slack-signature": String(request.headers["x-slack-signature"]),
      "x-slack-request-timestamp": Number(request.headers["x-slack-request-timestamp"]),
    };
    const signed = ({ secret }: { secret: string }) => isValidSlackRequest({ signingSecret: secret, body, headers });
    return ((inner.length > 1 && inner.find(signed)) || inner[0])?.bolt;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (gate.closed()) return refuse(response, 503);
    if (request.method === "GET" && (await pages?.(request, response))) return;
    const at = Number(request.headers["x-slack-request-timestamp"]);
    // Bolt checks that a request is not old, but not that it is not from the future.
    if (Number.isFinite(at) && at - clock() / 1000 > FUTURE_S) return refuse(response, 401);
    let text = "";
    if (request.method === "POST") {
      const body = await bodyOf(request);
      if (!body) return refuse(response, 413);
      text = body.toString("utf8");
      if (!isObject(text, request.headers["content-type"] ?? "")) return refuse(response, 400);
      Object.assign(request, { rawBody: body });
    }
    try {
      receiverOf(request, text)?.requestListener(request, response);
    } catch {
      refuse(response, 404);
    }
  }

  return {
    receiver: {
      init(app) {
        for (const { bolt } of inner) bolt.init(gate.guard(app) as App);
      },
      start: () => listening.open(host, port),
      stop: async () => undefined,
    },
    health: () => (listening.port() === undefined ? "down" : "up"),
    drain: gate.drain,
    close: listening.close,
    port: listening.port,
  };
}

/** A server that is opened once and closes without waiting for idle connections. */
export function createListener(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server: Server = createServer(LIMITS, answer);
  server.maxConnections = MOST_CONNECTIONS;
  return {
    open: (host: string, port: number): Promise<void> =>
      new Promise((done, fail) => {
        server.once("error", fail);
        server.listen(port, host, () => done());
      }),
    close: (): Promise<void> =>
      new Promise((done) => {
        server.close(() => done());
        server.closeIdleConnections();
      }),
    port(): number | undefined {
      const address = server.listening ? server.address() : null;
      return address && typeof address === "object" ? address.port : undefined;
    },
  };
}

export function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) return;
  response.writeHead(status, { connection: "close" });
  response.end();
}

/** Undefined: larger than anything Slack sends. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > BODY_LIMIT) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Bolt throws, or waits for nobody, at a correctly signed body that is no object. */
function isObject(body: string, type: string): boolean {
  try {
    const form = type.includes("application/x-www-form-urlencoded") ? new URLSearchParams(body) : undefined;
    const payload = form?.get("payload");
    // A command's fields, or Slack's own check of a certificate.
    if (form && payload === null) return form.size > 0;
    const value: unknown = JSON.parse(payload ?? body);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
