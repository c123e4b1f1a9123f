import { describe, expect, test } from "vitest";
import { COMMUNITY, person, place } from "../../support/store.ts";
import type { Opened } from "../contract.ts";

const FIVE = { points: 5, seconds: 3600 };

/** Limits; the library reads the clock itself, so windows are an hour and nothing waits. */
export function limiterContract(open: () => Promise<Opened>): void {
  describe("limiter", () => {
    test("of fifty takes at once on two replicas five pass, the others hear when to come again", async () => {
      const { store, replica } = await open();
      const takes = await Promise.all(
        Array.from({ length: 50 }, (_, i) => (i % 2 ? store : replica).limiter.take(person("ann"), 1, FIVE)),
      );
      expect(takes.filter(({ ok }) => ok)).toHaveLength(5);
      for (const { ok, retryMs } of takes) expect(ok ? retryMs === 0 : retryMs > 0 && retryMs <= 3_600_000).toBe(true);
    });

    test("people, channels, communities and kinds of limits are counted apart", async () => {
      const { store } = await open();
      expect(await store.limiter.take(person("ann"), 5, FIVE)).toEqual({ ok: true, retryMs: 0 });
      expect((await store.limiter.take(person("ann"), 1, FIVE)).ok).toBe(false);
      for (const who of [person("bob"), person("ann", "other"), place("ann"), COMMUNITY])
        expect((await store.limiter.take(who, 5, FIVE)).ok).toBe(true);
      expect((await store.limiter.take(place("ann", "thread"), 1, FIVE)).ok).toBe(false);
      expect((await store.limiter.take(person("ann"), 1, { points: 60, seconds: 7200 })).ok).toBe(true);
    });
  });
}
