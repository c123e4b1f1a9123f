/**
 * Bolt's receivers with two things of ours: an event is acknowledged once its turn is kept, not before; and what would
 * bring Bolt down or get past its checks is refused in front of it.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type App, HTTPReceiver, type Receiver, type ReceiverEvent, SocketModeReceiver } from "@slack/bolt";
import type { Logger } from "./logger.ts";

/** Under this name a listener finds its event's acknowledgement in Bolt's context. */
export const ACKNOWLEDGE = "tutorAcknowledge";

export interface Door {
  readonly receiver: Receiver;
  health(): "up" | "connecting" | "down";
  /** Takes nothing more and waits for what is being answered; the connection stays until `close`. */
  drain(): Promise<void>;
  close(): Promise<void>;
  /** Where HTTP is listened for; undefined in Socket Mode. */
  port(): number | undefined;
}

/** Wraps what Bolt does with an event, so that it can be counted and acknowledged late. */
function createGate() {
  const running = new Set<Promise<unknown>>();
  let closed = false;
  return {
    closed: () => closed,
    async drain(): Promise<void> {
      closed = true;
      while (running.size) await Promise.allSettled([...running]);
    },
    guard: (app: App) => ({
      async processEvent(event: ReceiverEvent): Promise<void> {
        // Slack brings it again, to another replica or to the next process.
        if (closed) return;
        const work = take(app, event);
        running.add(work);
        await work.finally(() => running.delete(work));
      },
    }),
  };
}

async function take(app: App, event: ReceiverEvent): Promise<void> {
  if (event.body.type !== "event_callback") return app.processEvent(event);
  let acknowledged: Promise<void> | undefined;
  const acknowledge = () => {
    acknowledged ??= Promise.resolve(event.ack());
    return acknowledged;
  };
  // Bolt acknowledges events before anybody could have kept them.
  const customProperties = { ...event.customProperties, [ACKNOWLEDGE]: acknowledge };
  await app.processEvent({ ...event, ack: async () => undefined, customProperties });
  // What nobody listens to is acknowledged too.
  await acknowledge();
}

export interface SocketOptions {
  readonly appToken: string;
  readonly apiUrl: string | undefined;
  readonly logger: Logger;
  readonly clientPingTimeout: number | undefined;
}

export function socketDoor({ appToken, apiUrl, logger, clientPingTimeout }: SocketOptions): Door {
  // No retryConfig here: without the socket's own retries one bad answer at a reconnect would leave it closed for ever.
  const inner = new SocketModeReceiver({
    appToken,
    logger,
    ...(clientPingTimeout ? { clientPingTimeout } : {}),
    installerOptions: { clientOptions: { ...(apiUrl ? { slackApiUrl: apiUrl } : {}) } },
  });
  const gate = createGate();
  let state: "up" | "connecting" | "down" = "connecting";
  const becomes = (next: typeof state) => () => {
    state = next;
  };
  inner.client.on("connected", becomes("up"));
  inner.client.on("connecting", becomes("connecting"));
  inner.client.on("reconnecting", becomes("connecting"));
  inner.client.on("close", becomes("connecting"));
  inner.client.on("disconnected", becomes("down"));
  return {
    receiver: {
      init: (app) => inner.init(gate.guard(app) as App),
      start: () => inner.start(),
      stop: () => inner.stop(),
    },
    health: () => state,
    drain: gate.drain,
    async close() {
      state = "down";
      await inner.stop();
    },
    port: () => undefined,
  };
}

export interface HttpOptions {
  readonly signingSecret: string;
  readonly host: string;
  readonly port: number;
  readonly logger: Logger;
  readonly clock: () => number;
}

const BODY_LIMIT = 256 * 1024;
const FUTURE_S = 300;

export function httpDoor({ signingSecret, host, port, logger, clock }: HttpOptions): Door {
  const inner = new HTTPReceiver({ signingSecret, logger, bodyLimit: BODY_LIMIT });
  const gate = createGate();
  let listening = false;
  const server: Server = createServer({ headersTimeout: 10_000, requestTimeout: 15_000 }, (request, response) => {
    void answer(request, response).catch(() => refuse(response, 400));
  });
  server.maxConnections = 2000;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (gate.closed()) return refuse(response, 503);
    const at = Number(request.headers["x-slack-request-timestamp"]);
    // Bolt checks that a request is not old, but not that it is not from the future.
    if (Number.isFinite(at) && at - clock() / 1000 > FUTURE_S) return refuse(response, 401);
    if (request.method === "POST") {
      const body = await bodyOf(request);
      if (!body) return refuse(response, 413);
      if (!isObject(body.toString("utf8"), request.headers["content-type"] ?? "")) return refuse(response, 400);
      Object.assign(request, { rawBody: body });
    }
    try {
      inner.requestListener(request, response);
    } catch {
      refuse(response, 404);
    }
  }

  return {
    receiver: {
      init: (app) => inner.init(gate.guard(app) as App),
      start: () =>
        new Promise<void>((done, fail) => {
          server.once("error", fail);
          server.listen(port, host, () => {
            listening = true;
            done();
          });
        }),
      stop: async () => undefined,
    },
    health: () => (listening ? "up" : "down"),
    drain: gate.drain,
    close: () =>
      new Promise((done) => {
        listening = false;
        server.close(() => done());
        server.closeIdleConnections();
      }),
    port() {
      const address = server.address();
      return address && typeof address === "object" ? address.port : undefined;
    },
  };
}

function refuse(response: ServerResponse, status: number): void {
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
