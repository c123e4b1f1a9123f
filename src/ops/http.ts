/** `/health`, `/ready` and `/metrics`, on a port of their own that only the operator reaches. */
import { createServer, type ServerResponse } from "node:http";
import { TutorError } from "../core/errors.ts";
import type { Readiness } from "./readiness.ts";

export interface OpsParts {
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  readonly readiness: Readiness;
  readonly metrics: { text(): Promise<string>; readonly contentType: string };
}

export interface OpsServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** More than probes and a scraper ever need. */
const MOST_CONNECTIONS = 100;
const TEXT = "text/plain; charset=utf-8";

/** Listens; rejects with one sentence where the port is taken. */
export async function serveOps({ host, port, readiness, metrics }: OpsParts): Promise<OpsServer> {
  const server = createServer(
    { headersTimeout: 5000, requestTimeout: 5000, keepAliveTimeout: 5000, maxHeaderSize: 8192 },
    (request, response) => {
      void answer(request.method ?? "", request.url ?? "", response).catch(() => send(response, 500, "failed\n"));
    },
  );
  server.maxConnections = MOST_CONNECTIONS;

  async function answer(method: string, url: string, response: ServerResponse): Promise<void> {
    // Nothing here takes a body: one that comes is not read.
    if (method !== "GET" && method !== "HEAD") return send(response, 405, "only GET\n");
    switch (url.split("?")[0]) {
      case "/health":
        // That this line runs is the answer: the event loop turns.
        return send(response, 200, "ok\n");
      case "/ready": {
        const { ready, because } = await readiness.state();
        return send(response, ready ? 200 : 503, `${[ready ? "ready" : "not ready", ...because].join("\n")}\n`);
      }
      case "/metrics":
        return send(response, 200, await metrics.text(), metrics.contentType);
      default:
        return send(response, 404, "There is /health, /ready and /metrics.\n");
    }
  }

  await new Promise<void>((done, fail) => {
    server.once("error", (cause: NodeJS.ErrnoException) =>
      fail(
        new TutorError("config", `OPS_PORT="${port}" on ${host} cannot be listened on (${cause.code}).`, {
          hint: "Choose another OPS_PORT or OPS_HOST, or set OPS_PORT=off.",
          cause,
        }),
      ),
    );
    server.listen(port, host, done);
  });
  const address = server.address();
  return {
    port: address && typeof address === "object" ? address.port : port,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, status: number, body: string, type = TEXT): void {
  if (response.headersSent) return;
  response.writeHead(status, {
    "content-type": type,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(status === 405 ? { allow: "GET, HEAD", connection: "close" } : {}),
  });
  response.end(body);
}
