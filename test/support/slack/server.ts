/** A Slack of our own on 127.0.0.1: its Web API, its socket, its requests; it answers as the documents say. */
import { createHmac, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { faultsOfMessage } from "./limits.ts";
import { createMethods } from "./methods.ts";
import { ALL_SCOPES, BOT_USER, type Fate, type Json, NEEDS, SECRET, type SlackOptions, TEAM } from "./protocol.ts";
import { createWorld } from "./world.ts";

export * from "./protocol.ts";

export async function openSlack({ mode = "socket", scopes = ALL_SCOPES, onePerSecond = false }: SlackOptions = {}) {
  const world = createWorld();
  const { posts, faults, events, watchers, views, admins, members, triggers, tickets, next, happened, nextTs } = world;
  const act = createMethods(world, () => address().port);
  const calls: { method: string; args: Json; token: string }[] = [];
  const acks: { envelope: string; payload: unknown }[] = [];
  const fates = new Map<string, Fate[]>();
  /** Answers that a test brings for a method, by the token that calls; undefined is as ever. */
  const scripts = new Map<string, (args: Json, token: string) => Json | undefined>();
  const lastPost = new Map<string, number>();
  const sockets = new Set<WebSocket>();
  /** Envelopes that nobody acknowledged yet. */
  const open = new Map<string, { frame: Json; attempts: number }>();
  let target = 0;

  async function api(request: IncomingMessage, response: ServerResponse, method: string): Promise<void> {
    const body = await textOf(request);
    const args: Json = {};
    for (const [name, value] of new URLSearchParams(body)) args[name] = fieldOf(value);
    const token = String(request.headers.authorization ?? args.token ?? "").replace("Bearer ", "");
    calls.push({ method, args, token });
    const answer = (status: number, data: Json, headers: Record<string, string> = {}) => {
      response.writeHead(status, {
        "content-type": "application/json",
        "x-oauth-scopes": scopes.join(","),
        ...headers,
      });
      response.end(JSON.stringify(data));
    };
    const fate = fates.get(method)?.shift();
    if (fate?.kind === "error") return answer(200, { ok: false, error: fate.error });
    if (fate?.kind === "silent") return;
    if (fate?.kind === "limited")
      return answer(429, { ok: false, error: "ratelimited" }, { "retry-after": String(fate.seconds) });
    if (fate?.kind === "status") {
      if (fate.acts) act(method, args);
      return answer(fate.status, { ok: false, error: "server" });
    }
    const scope = NEEDS[method];
    if (scope && !scopes.includes(scope)) return answer(200, { ok: false, error: "missing_scope", needed: scope });
    if (onePerSecond && method === "chat.postMessage") {
      const now = performance.now();
      if (now - (lastPost.get(String(args.channel)) ?? -1000) < 1000)
        return answer(429, { ok: false, error: "ratelimited" }, { "retry-after": "1" });
      lastPost.set(String(args.channel), now);
    }
    const result = scripts.get(method)?.(args, token) ?? act(method, args);
    if (fate?.kind === "reset") return void request.socket.destroy();
    answer(200, result);
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const method = /^\/api\/([\w.]+)$/.exec(url.pathname)?.[1];
    if (method) void api(request, response, method);
    else if (url.pathname === "/upload") request.resume().on("end", () => response.end("OK"));
    else if (url.pathname === "/respond")
      void textOf(request).then((body) => {
        const message: Json = JSON.parse(body);
        const wrong = faultsOfMessage(message);
        faults.push(...wrong);
        posts.push({
          method: "response_url",
          channel: url.searchParams.get("channel") ?? "",
          thread: undefined,
          user: message.response_type === "ephemeral" ? (url.searchParams.get("user") ?? "") : undefined,
          ts: nextTs(),
          text: String(message.text),
          blocks: (message.blocks ?? []) as Json[],
          metadata: undefined,
          args: message,
        });
        happened("posted");
        response.end("ok");
      });
    else response.writeHead(404).end();
  });
  const wss = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    const ticket = new URL(request.url ?? "/", "http://127.0.0.1").searchParams.get("ticket") ?? "";
    // Each ticket is good for one socket.
    if (!tickets.delete(ticket)) return void socket.destroy();
    wss.handleUpgrade(request, socket, head, (ws) => {
      sockets.add(ws);
      ws.on("close", () => sockets.delete(ws));
      ws.on("message", (data) => {
        const { envelope_id, payload } = JSON.parse(String(data)) as { envelope_id: string; payload: unknown };
        if (open.delete(envelope_id)) {
          acks.push({ envelope: envelope_id, payload });
          happened("acknowledged");
        }
      });
      ws.send(JSON.stringify({ type: "hello", num_connections: 1, connection_info: { app_id: "A0APP" } }));
      for (const each of open.values()) {
        each.attempts += 1;
        ws.send(JSON.stringify({ ...each.frame, retry_attempt: each.attempts, retry_reason: "timeout" }));
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = () => server.address() as AddressInfo;

  function sign(body: string, at = Math.floor(Date.now() / 1000), secret = SECRET): Record<string, string> {
    const signature = createHmac("sha256", secret).update(`v0:${at}:${body}`).digest("hex");
    return { "x-slack-request-timestamp": String(at), "x-slack-signature": `v0=${signature}` };
  }

  /** A request as Slack sends it; the answer is the acknowledgement. */
  async function request(body: string, type: string, headers: Record<string, string> = sign(body)): Promise<Response> {
    return fetch(`http://127.0.0.1:${target}/slack/events`, {
      method: "POST",
      headers: { "content-type": type, ...headers },
      body,
    });
  }

  async function send(type: "events_api" | "interactive" | "slash_commands", payload: Json): Promise<void> {
    if (mode === "http") {
      const json = "application/json";
      const form = "application/x-www-form-urlencoded";
      const sent =
        type === "events_api"
          ? request(JSON.stringify(payload), json)
          : type === "interactive"
            ? request(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), form)
            : request(new URLSearchParams(payload as Record<string, string>).toString(), form);
      void sent.then(
        async (answer) => {
          if (!answer.ok) return;
          acks.push({ envelope: "", payload: await answer.text() });
          happened("acknowledged");
        },
        () => undefined,
      );
      return;
    }
    const frame = { type, envelope_id: randomUUID(), payload, accepts_response_payload: type !== "events_api" };
    open.set(frame.envelope_id, { frame, attempts: 0 });
    // Each event goes to any one of the sockets that are open.
    const socket = [...sockets][open.size % Math.max(1, sockets.size)];
    socket?.send(JSON.stringify(frame));
  }

  return {
    apiUrl: `http://127.0.0.1:${address().port}/api/`,
    responseUrl: (channel: string, user: string) =>
      `http://127.0.0.1:${address().port}/respond?channel=${channel}&user=${user}`,
    calls,
    posts,
    faults,
    events,
    /** Called with each event as it happens, for whoever measures. */
    watchers,
    acks,
    views,
    admins,
    members,
    sockets,
    scripts,
    unacknowledged: () => open.size,
    fate: (method: string, ...coming: Fate[]) => void fates.set(method, [...(fates.get(method) ?? []), ...coming]),
    nextTs,
    trigger(): string {
      const id = `trigger.${next()}`;
      triggers.add(id);
      return id;
    },
    /** Where requests go in HTTP mode. */
    to: (port: number) => {
      target = port;
    },
    send,
    request,
    sign,
    event: (event: Json, rest: Json = {}) =>
      send("events_api", {
        type: "event_callback",
        token: "t",
        team_id: TEAM,
        api_app_id: "A0APP",
        event_id: `Ev${next()}`,
        event_time: 1_764_000_000,
        authorizations: [
          { team_id: TEAM, user_id: BOT_USER, is_bot: true, is_enterprise_install: false, enterprise_id: null },
        ],
        event,
        ...rest,
      }),
    /** `warning` and `refresh_requested` ask for a new socket; `drop` just goes. */
    disconnect(reason: "warning" | "refresh_requested" | "drop"): void {
      for (const socket of [...sockets]) {
        if (reason !== "drop") socket.send(JSON.stringify({ type: "disconnect", reason }));
        else socket.terminate();
      }
    },
    async close(): Promise<void> {
      for (const socket of sockets) socket.terminate();
      wss.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

export type LoopbackSlack = Awaited<ReturnType<typeof openSlack>>;

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

/** The SDK sends structures as JSON in a form's fields. */
function fieldOf(value: string): unknown {
  if (/^[[{]/.test(value) || value === "true" || value === "false") {
    try {
      return JSON.parse(value);
    } catch {
      return value;
    }
  }
  return value;
}
