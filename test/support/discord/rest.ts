/** Discord's REST API as far as the tutor uses it; a body that Discord would refuse is a fault of the test. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { faultsOf } from "./limits.ts";
import type { BodyType } from "./schemas.ts";
import { APPLICATION, BOT, type Json, type Stored, snowflake, TOKEN, userOf, type World } from "./world.ts";

/** What the next request of that kind meets. */
export interface Fate {
  readonly on: RegExp;
  /** "lost": it is done and its response never arrives. "cut": the connection ends before it is done. "pass": nothing. */
  readonly meets:
    | "pass"
    | "lost"
    | "cut"
    | { readonly status: number; readonly body: Json; readonly headers?: Record<string, string> };
}

export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly bornAt: number;
  readonly channel: string;
  readonly asker: string;
  readonly command: boolean;
  /** Is the bot a member where this was asked? Else it may follow up five times. */
  readonly installed: boolean;
  followUps: number;
  response: number | undefined;
  ephemeral: boolean;
  original: string | undefined;
  modal: Json | undefined;
  choices: readonly Json[] | undefined;
}

export interface Rest {
  readonly faults: string[];
  /** "acknowledged" and "posted", as people would see them. */
  readonly events: ("acknowledged" | "posted")[];
  /** Called with each event as it happens, for whoever measures. */
  readonly watchers: Set<(event: "acknowledged" | "posted") => void>;
  /** `METHOD /path` of everything that arrived. */
  readonly requests: string[];
  readonly fates: Fate[];
  readonly interactions: Map<string, Interaction>;
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

const THREE_SECONDS = 3000;
const FIFTEEN_MINUTES = 15 * 60_000;
const V2 = 1 << 15;
const EPHEMERAL = 64;
const MOST_FOLLOW_UPS = 5;

class Refusal extends Error {
  readonly code: number;
  readonly status: number;
  constructor(code: number, status = 403) {
    super(`Discord code ${code}`);
    this.code = code;
    this.status = status;
  }
}

interface Sent {
  readonly json: unknown;
  readonly files: readonly string[];
}

export function createRest(world: World, gatewayUrl: () => string, clock: () => number): Rest {
  const faults: string[] = [];
  const events: ("acknowledged" | "posted")[] = [];
  const watchers = new Set<(event: "acknowledged" | "posted") => void>();
  const happened = (event: "acknowledged" | "posted") => {
    events.push(event);
    for (const watcher of watchers) watcher(event);
  };
  const requests: string[] = [];
  const fates: Fate[] = [];
  const interactions = new Map<string, Interaction>();
  const nonces = new Map<string, Stored>();

  function checked(type: BodyType, body: unknown): Json {
    const found = faultsOf(type, body);
    faults.push(...found);
    if (found.length) throw new Refusal(50_035, 400);
    return body as Json;
  }

  function keep(channel: string, { json, files }: Sent, rest: Partial<Stored> = {}): Stored {
    const stored: Stored = {
      id: snowflake(),
      channel,
      author: BOT,
      body: json as Json,
      files,
      audience: "everyone",
      deleted: false,
      ...rest,
    };
    attached(stored);
    world.messages.push(stored);
    return stored;
  }

  /** Every picture that is shown was sent along. */
  function attached({ body, files }: Stored): void {
    for (const [, name] of JSON.stringify(body).matchAll(/attachment:\/\/([^"]+)"/g))
      if (!files.includes(name ?? "")) faults.push(`${name} is shown and was not attached`);
  }

  function mayPost(channel: string, withFiles: boolean): void {
    if (!world.channels.has(channel)) throw new Refusal(10_003, 404);
    const refused = world.refused.get(channel);
    if (refused && (refused !== -1 || withFiles)) throw new Refusal(refused === -1 ? 50_013 : refused);
  }

  function post(channel: string, sent: Sent): Json {
    const body = checked("RESTPostAPIChannelMessageJSONBody", sent.json);
    mayPost(channel, sent.files.length > 0);
    const key = `${channel} ${String(body.nonce)}`;
    const known = body.enforce_nonce ? nonces.get(key) : undefined;
    if (known) return world.message(known);
    const reference = body.message_reference as Json | undefined;
    const asker = [...world.direct].find(([, id]) => id === channel)?.[0];
    const stored = keep(channel, sent, {
      ...(reference ? { referenced: String(reference.message_id) } : {}),
      ...(asker ? { audience: "asker" } : {}),
    });
    if (body.nonce) nonces.set(key, stored);
    happened("posted");
    return world.message(stored);
  }

  function callback(id: string, body: Json): void {
    const known = interactions.get(id);
    if (!known || clock() - known.bornAt > THREE_SECONDS) throw new Refusal(10_062, 404);
    if (known.response !== undefined) throw new Refusal(40_060, 400);
    checked("RESTPostAPIInteractionCallbackJSONBody", body);
    const data = (body.data ?? {}) as Json;
    known.response = Number(body.type);
    known.ephemeral = (Number(data.flags ?? 0) & EPHEMERAL) !== 0;
    if (known.response === 8) {
      known.choices = data.choices as readonly Json[];
      return;
    }
    happened("acknowledged");
    if (known.response === 9) known.modal = data;
    if (known.response === 4) {
      const audience = known.ephemeral ? "asker" : "everyone";
      known.original = keep(known.channel, { json: data, files: [] }, { audience, asker: known.asker }).id;
      happened("posted");
    }
  }

  function byToken(token: string): Interaction {
    const known = [...interactions.values()].find((each) => each.token === token);
    if (!known || clock() - known.bornAt > FIFTEEN_MINUTES) throw new Refusal(50_027, 401);
    if (known.response === undefined) throw new Refusal(10_015, 404);
    return known;
  }

  function editOriginal(token: string, sent: Sent): Json {
    const known = byToken(token);
    const body = checked("RESTPatchAPIInteractionOriginalResponseJSONBody", sent.json);
    const stored = world.messages.find(({ id }) => id === known.original);
    if (stored) {
      if (Number(stored.body.flags ?? 0) & V2 && !(Number(body.flags ?? 0) & V2)) throw new Refusal(50_035, 400);
      stored.body = body;
      stored.files = sent.files;
      attached(stored);
      return world.message(stored);
    }
    if (known.response !== 5) throw new Refusal(10_008, 404);
    const audience = known.ephemeral ? "asker" : "everyone";
    const made = keep(known.channel, sent, { audience, asker: known.asker });
    known.original = made.id;
    happened("posted");
    return world.message(made);
  }

  function followUp(token: string, sent: Sent): Json {
    const known = byToken(token);
    const body = checked("RESTPostAPIInteractionFollowupJSONBody", sent.json);
    known.followUps += 1;
    if (!known.installed && known.followUps > MOST_FOLLOW_UPS) throw new Refusal(40_094, 400);
    const audience = Number(body.flags ?? 0) & EPHEMERAL ? "asker" : "everyone";
    happened("posted");
    return world.message(keep(known.channel, sent, { audience, asker: known.asker }));
  }

  function thread(channel: string, message: string, body: Json): Json {
    checked("RESTPostAPIChannelMessagesThreadsJSONBody", body);
    mayPost(channel, false);
    if (world.refused.has(`threads ${channel}`)) throw new Refusal(50_013);
    if (world.channels.has(message)) throw new Refusal(160_004, 400);
    const parent = world.channels.get(channel) ?? {};
    const made = {
      id: message,
      type: 11,
      guild_id: parent.guild_id,
      parent_id: channel,
      owner_id: BOT,
      name: body.name,
      thread_metadata: { archived: false, auto_archive_duration: 1440, archive_timestamp: "2026-11-24T08:00:00Z" },
      message_count: 0,
      member_count: 1,
    };
    world.channels.set(message, made);
    return made;
  }

  function route(method: string, path: string, query: URLSearchParams, sent: Sent): Json | readonly Json[] | undefined {
    const at = (pattern: RegExp) => pattern.exec(`${method} ${path}`)?.slice(1);
    const body = sent.json as Json;
    if (at(/^GET \/gateway\/bot$/))
      return {
        url: gatewayUrl(),
        shards: 1,
        session_start_limit: { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 16 },
      };
    const commands = at(/^(GET|PUT) \/applications\/(\d+)(\/guilds\/\d+)?\/commands$/);
    if (commands) {
      const guild = commands[2] !== undefined;
      if (method === "PUT") {
        checked(
          guild ? "RESTPutAPIApplicationGuildCommandsJSONBody" : "RESTPutAPIApplicationCommandsJSONBody",
          sent.json,
        );
        const kept = (sent.json as Json[]).map((each) => ({
          ...each,
          id: snowflake(),
          application_id: APPLICATION,
          version: "1",
        }));
        if (guild) world.guildCommands = kept;
        else world.commands = kept;
      }
      const kept = guild ? world.guildCommands : world.commands;
      return query.get("with_localizations") === "true" || method === "PUT" ? kept : kept.map(withoutLanguages);
    }
    const list = at(/^GET \/channels\/(\d+)\/messages$/);
    if (list) {
      mayPost(list[0] ?? "", false);
      const before = query.get("before");
      const around = query.get("around");
      return world.messages
        .filter((each) => each.channel === list[0] && !each.deleted && each.audience === audienceOf(world, each))
        .filter(({ id }) => !before || BigInt(id) < BigInt(before))
        .filter(({ id }) => !around || Math.abs(Number(BigInt(id) - BigInt(around))) <= 50)
        .toReversed()
        .slice(0, Number(query.get("limit") ?? 50))
        .map(world.message);
    }
    const posted = at(/^POST \/channels\/(\d+)\/messages$/);
    if (posted) return post(posted[0] ?? "", sent);
    const one = at(/^(?:GET|DELETE) \/channels\/(\d+)\/messages\/(\d+)$/);
    if (one) {
      const stored = world.messages.find(({ id, deleted }) => id === one[1] && !deleted);
      if (!stored) throw new Refusal(10_008, 404);
      if (method === "GET") return world.message(stored);
      stored.deleted = true;
      return undefined;
    }
    const threads = at(/^POST \/channels\/(\d+)\/messages\/(\d+)\/threads$/);
    if (threads) return thread(threads[0] ?? "", threads[1] ?? "", body);
    if (at(/^POST \/channels\/(\d+)\/typing$/)) return undefined;
    if (at(/^POST \/users\/@me\/channels$/)) {
      checked("RESTPostAPICurrentUserCreateDMChannelJSONBody", body);
      const person = String(body.recipient_id);
      if (!person.startsWith("4")) throw new Refusal(50_033, 400);
      return { id: world.directOf(person), type: 1, recipients: [userOf(person)] };
    }
    const called = at(/^POST \/interactions\/(\d+)\/([\w-]+)\/callback$/);
    if (called) return void callback(called[0] ?? "", body);
    const original = at(/^(?:PATCH|DELETE) \/webhooks\/\d+\/([\w-]+)\/messages\/@original$/);
    if (original && method === "PATCH") return editOriginal(original[0] ?? "", sent);
    if (original) return void byToken(original[0] ?? "");
    const follow = at(/^POST \/webhooks\/\d+\/([\w-]+)$/);
    if (follow) return followUp(follow[0] ?? "", sent);
    faults.push(`unknown route ${method} ${path}`);
    throw new Refusal(0, 404);
  }

  return {
    faults,
    events,
    watchers,
    requests,
    fates,
    interactions,
    async answer(request, response) {
      const url = new URL(request.url ?? "/", "http://127.0.0.1");
      const path = decodeURIComponent(url.pathname.replace(/^\/api\/v10/, ""));
      const method = request.method ?? "GET";
      const sent = await read(request);
      requests.push(`${method} ${path}`);
      const at = fates.findIndex(({ on }) => on.test(`${method} ${path}`));
      const fate = at >= 0 ? fates.splice(at, 1)[0]?.meets : undefined;
      const reply = (status: number, body: unknown, headers: Record<string, string> = {}) => {
        const text = body === undefined ? "" : JSON.stringify(body);
        response.writeHead(status, {
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          "x-ratelimit-limit": "100",
          "x-ratelimit-remaining": "99",
          "x-ratelimit-reset-after": "0.1",
          "x-ratelimit-bucket": "all",
          ...headers,
        });
        response.end(text);
      };
      if (fate === "cut") return void request.socket.destroy();
      if (typeof fate === "object") return reply(fate.status, fate.body, fate.headers);
      const withoutKey = /^\/(?:interactions|webhooks)\//.test(path);
      if (!withoutKey && request.headers.authorization !== `Bot ${TOKEN}`)
        return reply(401, { message: "401: Unauthorized", code: 0 });
      try {
        const body = route(method, path, url.searchParams, sent);
        if (fate === "lost") return void request.socket.destroy();
        reply(body === undefined ? 204 : 200, body);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        reply(error.status, { message: error.message, code: error.code });
      }
    },
  };
}

/** Unless they are asked for, Discord leaves the other languages out. */
const withoutLanguages = (command: Json): Json => ({
  ...Object.fromEntries(Object.entries(command).filter(([name]) => !name.endsWith("_localizations"))),
  ...(Array.isArray(command.options) ? { options: (command.options as Json[]).map(withoutLanguages) } : {}),
});

const audienceOf = (world: World, { channel }: Stored): "everyone" | "asker" =>
  [...world.direct.values()].includes(channel) ? "asker" : "everyone";

async function read(request: IncomingMessage): Promise<Sent> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  if (!raw.length) return { json: undefined, files: [] };
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/")) return { json: JSON.parse(raw.toString("utf8")), files: [] };
  const form = await new Response(raw, { headers: { "content-type": type } }).formData();
  const files = [...form.values()].flatMap((value) => (typeof value === "string" ? [] : [value.name]));
  return { json: JSON.parse(String(form.get("payload_json"))), files };
}
