/** The tutor on Discord: events in, turns to the desk, answers out. */
import { type Client, Status } from "discord.js";
import { type Adapter, type Desk, type Tutor, TutorError } from "../../src/core/index.ts";
import { type Connection, connect } from "./client.ts";
import { listen } from "./listen.ts";
import { registerCommands } from "./register.ts";
import { createSender } from "./send.ts";
import type { Communities } from "./servers.ts";

export interface DiscordParts extends Connection {
  /** Commands are registered in this guild only, where they appear at once. */
  readonly devGuild?: string | undefined;
  /** Told where the bot is and what it left, so that what it kept there can go. */
  readonly communities?: Communities;
}

const RETRY_MS = 5000;
const LONGEST_MS = 60_000;

export function discord(parts: DiscordParts): Adapter {
  const { log } = parts;
  const stopping = new AbortController();
  let client: Client | undefined;
  let begun: { tutor: Tutor; desk: Desk } | undefined;
  let ears: ReturnType<typeof listen> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;

  async function open(tutor: Tutor, desk: Desk): Promise<void> {
    const made = await connect(parts, (each) => {
      client = each;
      ears = listen({ client: each, tutor, desk, communities: parts.communities, log });
    });
    const application = made.client.application?.id ?? "";
    // The process with the first shard speaks for all of them.
    if (parts.shards && !parts.shards.includes(0)) return;
    await registerCommands(made.client.rest, application, tutor, parts.devGuild, log).catch((err: unknown) =>
      log.warn({ err }, "Discord commands not registered; those of before go on"),
    );
  }

  /** Discord may be away when we start: the other platforms do not wait for it. */
  async function attempt(tutor: Tutor, desk: Desk, waitMs: number): Promise<void> {
    try {
      await open(tutor, desk);
    } catch (err) {
      if (err instanceof TutorError || stopping.signal.aborted) throw err;
      log.warn({ err, waitMs }, "Discord is not reachable, trying again");
      retry = setTimeout(() => {
        attempt(tutor, desk, Math.min(LONGEST_MS, waitMs * 2)).catch((failed: unknown) =>
          log.error({ err: failed }, "Discord refused the bot"),
        );
      }, waitMs);
    }
  }

  return {
    platform: "discord",
    async start(tutor, desk) {
      begun = { tutor, desk };
      await attempt(tutor, desk, RETRY_MS);
    },
    async deliver(place, reply, key, how) {
      const [here, now] = [client, begun];
      if (!here || !now || stopping.signal.aborted) return { kind: "later", afterMs: RETRY_MS };
      const sender = createSender(
        here.rest,
        () => now.tutor,
        () => here.user?.id ?? "",
      );
      return sender.deliver(place, reply, key, how);
    },
    health() {
      if (!client || stopping.signal.aborted) return "down";
      const states = [...client.ws.shards.values()].map(({ status }) => status);
      if (states.some((status) => status === Status.Disconnected)) return "down";
      return client.isReady() && states.every((status) => status === Status.Ready) ? "up" : "connecting";
    },
    async stop() {
      clearTimeout(retry);
      await ears?.stop();
      stopping.abort();
      await client?.destroy();
    },
  };
}
