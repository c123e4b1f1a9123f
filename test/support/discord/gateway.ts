/** Discord's gateway: hello, identify, dispatch, resume with replay, and everything that goes wrong with it. */
import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { APPLICATION, BOT, type Json, TOKEN, userOf, type World } from "./world.ts";

const MESSAGE_CONTENT = 1 << 15;
const GUILD_MESSAGES = 1 << 9;
const DIRECT_MESSAGES = 1 << 12;

interface Session {
  readonly id: string;
  readonly shard: readonly [id: number, of: number];
  readonly intents: number;
  readonly events: Json[];
  sequence: number;
  socket: WebSocket | undefined;
}

export interface Gateway {
  /** To every session whose shard and intents it concerns. */
  emit(event: string, data: Json): void;
  /** Cuts all connections; sessions stay and can be resumed. */
  drop(code?: number): void;
  /** Op 7: asks every client to reconnect and resume. */
  askReconnect(): void;
  /** Op 9. */
  invalidate(resumable: boolean): void;
  /** Stops or starts answering heartbeats. */
  zombie(dead: boolean): void;
  readonly identified: () => number;
  readonly resumed: () => number;
  /** Connections that have a session at the moment. */
  readonly online: () => number;
  close(): void;
}

export interface GatewayOptions {
  readonly address: () => string;
  /** Is the Message Content intent switched on in the portal? */
  readonly content: boolean;
  readonly heartbeatMs?: number;
  /** Keeps no events for a resume: for millions of them. */
  readonly forgetful?: boolean;
}

export function createGateway(server: Server, world: World, options: GatewayOptions): Gateway {
  const sockets = new WebSocketServer({ server });
  const sessions = new Map<string, Session>();
  let [identified, resumed, dead] = [0, 0, false];

  const send = (socket: WebSocket, packet: Json) => socket.send(JSON.stringify(packet));

  function dispatch(session: Session, t: string, d: Json): void {
    session.sequence += 1;
    const packet = { op: 0, t, d, s: session.sequence };
    if (!options.forgetful) session.events.push(packet);
    if (session.socket) send(session.socket, packet);
  }

  function identify(socket: WebSocket, d: Json): Session | undefined {
    const intents = Number(d.intents);
    if (d.token !== TOKEN) return void socket.close(4004);
    if (intents & MESSAGE_CONTENT && !options.content) return void socket.close(4014);
    identified += 1;
    const [shard = 0, of = 1] = Array.isArray(d.shard) ? d.shard.map(Number) : [];
    const session: Session = { id: `s${identified}`, shard: [shard, of], intents, events: [], sequence: 0, socket };
    sessions.set(session.id, session);
    const mine = world.guilds.filter((guild) => shardOf(guild, of) === shard);
    dispatch(session, "READY", {
      v: 10,
      user: userOf(BOT),
      session_id: session.id,
      resume_gateway_url: options.address(),
      shard: [shard, of],
      guilds: mine.map((id) => ({ id, unavailable: true })),
      application: { id: APPLICATION, flags: 0 },
    });
    for (const guild of mine) dispatch(session, "GUILD_CREATE", world.guild(guild));
    return session;
  }

  function resume(socket: WebSocket, d: Json): Session | undefined {
    const session = sessions.get(String(d.session_id));
    if (!session) return void send(socket, { op: 9, d: false });
    resumed += 1;
    session.socket = socket;
    for (const packet of session.events) if (Number(packet.s) > Number(d.seq)) send(socket, packet);
    dispatch(session, "RESUMED", {});
    return session;
  }

  sockets.on("connection", (socket) => {
    let session: Session | undefined;
    send(socket, { op: 10, d: { heartbeat_interval: options.heartbeatMs ?? 41_250 } });
    socket.on("error", () => {});
    socket.on("close", () => {
      if (session?.socket === socket) session.socket = undefined;
    });
    socket.on("message", (raw) => {
      const packet = JSON.parse(String(raw)) as Json;
      const d = (typeof packet.d === "object" && packet.d !== null ? packet.d : {}) as Json;
      if (packet.op === 1 && !dead) send(socket, { op: 11 });
      if (packet.op === 2) session = identify(socket, d);
      if (packet.op === 6) session = resume(socket, d);
    });
  });

  const open = () => [...sessions.values()].filter(({ socket }) => socket !== undefined);

  return {
    emit(event, data) {
      for (const session of sessions.values()) {
        const guild = typeof data.guild_id === "string" ? data.guild_id : undefined;
        if (shardOf(guild, session.shard[1]) !== session.shard[0]) continue;
        const message = event.startsWith("MESSAGE");
        if (message && !(session.intents & (guild ? GUILD_MESSAGES : DIRECT_MESSAGES))) continue;
        dispatch(session, event, message ? redacted(data, session.intents) : data);
      }
    },
    drop(code) {
      for (const { socket } of open()) code === undefined ? socket?.terminate() : socket?.close(code);
    },
    askReconnect() {
      for (const { socket } of open()) if (socket) send(socket, { op: 7 });
    },
    invalidate(resumable) {
      for (const session of open()) {
        if (!resumable) sessions.delete(session.id);
        if (session.socket) send(session.socket, { op: 9, d: resumable });
      }
    },
    zombie(now) {
      dead = now;
    },
    identified: () => identified,
    resumed: () => resumed,
    online: () => open().length,
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

/** Direct messages come on shard 0. */
const shardOf = (guild: string | undefined, of: number): number =>
  guild ? Number((BigInt(guild) >> 22n) % BigInt(of)) : 0;

/** Without the intent words come only where the bot is written to, mentioned or the author. */
function redacted(message: Json, intents: number): Json {
  const author = message.author as Json | undefined;
  const mentions = Array.isArray(message.mentions) ? (message.mentions as Json[]) : [];
  const exempt = !message.guild_id || author?.id === BOT || mentions.some(({ id }) => id === BOT);
  return intents & MESSAGE_CONTENT || exempt
    ? message
    : { ...message, content: "", embeds: [], attachments: [], components: [] };
}
