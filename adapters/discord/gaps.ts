/** Notices when a gateway session was lost and could not be resumed, and says how much may be missed. */
import { type Client, Events } from "discord.js";
import type { Log } from "../../src/core/index.ts";

export function watchGaps(client: Client, log: Log): void {
  /** When a shard's first session began, how many events came since, and when the last one did. */
  const shards = new Map<number, { readonly since: number; events: number; last: number }>();
  client.on(Events.Raw, (_packet: unknown, shard: number) => {
    const now = Date.now();
    const known = shards.get(shard) ?? { since: now, events: 0, last: now };
    shards.set(shard, known);
    known.events += 1;
    known.last = now;
  });
  const away = new Map<number, number>();
  client.on(Events.ShardReconnecting, (shard) => {
    if (!away.has(shard)) away.set(shard, shards.get(shard)?.last ?? Date.now());
  });
  client.on(Events.ShardResume, (shard, replayed) => {
    away.delete(shard);
    log.info({ shard, replayed }, "Discord gateway resumed, nothing is missed");
  });
  client.on(Events.ShardReady, (shard) => {
    const since = away.get(shard);
    if (since === undefined) return;
    away.delete(shard);
    const known = shards.get(shard);
    const gapMs = Date.now() - since;
    const rate = known ? known.events / Math.max(1, known.last - known.since) : 0;
    log.warn(
      { shard, gapMs, mayBeMissed: Math.ceil(rate * gapMs) },
      "Discord gateway began a new session: events of the gap are not replayed",
    );
  });
}
