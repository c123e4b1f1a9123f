/** Limits: counted in memory on one process, in PostgreSQL across replicas; whom they count is a salted hash. */
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  type RateLimiterRes,
} from "rate-limiter-flexible";
import type { Limiter } from "../core/ports.ts";
import type { Db, Value } from "./db.ts";
import { type Hash, identity } from "./keys.ts";

type Who = Parameters<Limiter["take"]>[0];
type Limit = Parameters<Limiter["take"]>[2];

/** One window a kind of limit; `hash` is what `forget` knows a person's windows by. */
export function createLimiter(db: Db, hash: Hash): Limiter {
  const windows = new Map<string, RateLimiterAbstract>();
  const windowOf = (limit: Limit): RateLimiterAbstract => {
    const name = `${limit.points}/${limit.seconds}`;
    const window = windows.get(name) ?? windowIn(db, limit);
    windows.set(name, window);
    return window;
  };
  return {
    async take(who, cost, limit) {
      try {
        await windowOf(limit).consume(`${hashed(who, hash)}:${limit.points}/${limit.seconds}`, cost);
        return { ok: true, retryMs: 0 };
      } catch (refused) {
        // The library rejects with its result; an Error is a real one.
        if (refused instanceof Error) throw refused;
        return { ok: false, retryMs: (refused as RateLimiterRes).msBeforeNext };
      }
    },
  };
}

function windowIn(db: Db, { points, seconds }: Limit): RateLimiterAbstract {
  const options = { points, duration: seconds, keyPrefix: "" };
  const memory = new RateLimiterMemory(options);
  if (db.kind === "sqlite") return memory;
  // Through our own driver, with its time limits; unnamed statements, so that PgBouncer does not mind.
  const storeClient = {
    async query({ text, values }: { readonly text: string; readonly values: readonly Value[] }) {
      const rows = await db.all(text, values);
      return { rows, rowCount: rows.length };
    },
  };
  return new RateLimiterPostgres({
    ...options,
    storeClient,
    storeType: "client",
    tableName: "limiter_hit",
    tableCreated: true,
    // Sweeping deletes what has expired.
    clearExpiredByTimeout: false,
    insuranceLimiter: memory,
  });
}

/** A person has the same hash here and in `forget`, counted apart in each community; places and communities have longer lists of parts. */
const hashed = (who: Who, hash: Hash): string =>
  "person" in who
    ? `${hash(...identity(who))}:${hash(who.platform, who.community)}`
    : hash(who.platform, who.community, "channel" in who ? who.channel : "", "place");
