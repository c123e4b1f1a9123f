/** Logins of shards, paced over all processes: Discord takes `max_concurrency` of them in five seconds. */
import { setTimeout as sleep } from "node:timers/promises";
import type { WebSocketOptions } from "discord.js";
import type { Limiter } from "../../src/core/index.ts";

type Build = NonNullable<WebSocketOptions["buildIdentifyThrottler"]>;

/** Five seconds at Discord's side, and one for the way there. */
const WINDOW = { points: 1, seconds: 6 } as const;

/**
 * Shards whose numbers leave the same remainder take turns. They are counted where everything else is counted: in
 * PostgreSQL by all processes, in memory by a single one. So processes may start all at once, in any order.
 */
export const pacedBy =
  (limiter: Limiter, pause: (ms: number, signal: AbortSignal) => Promise<unknown> = patience): Build =>
  async (manager) => {
    const { session_start_limit: limit } = await manager.fetchGatewayInformation();
    return {
      async waitForIdentify(shard, signal) {
        const bucket = { platform: "discord", community: `identify ${shard % limit.max_concurrency}` } as const;
        for (;;) {
          signal.throwIfAborted();
          const { ok, retryMs } = await limiter.take(bucket, 1, WINDOW);
          if (ok) return;
          await pause(Math.max(1, retryMs), signal);
        }
      },
    };
  };

const patience = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal });
