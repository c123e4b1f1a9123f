/** Many tips at one minute: spread over it, begun early where they do not fit, still one on each local date. */
import { describe, expect, onTestFinished, test } from "vitest";
import { remark } from "../../src/core/reply.ts";
import type { Subscription } from "../../src/core/tips.ts";
import type { Place } from "../../src/core/turn.ts";
import { createDeliveries } from "../../src/tips/deliver.ts";
import { localDate, nextOccurrence } from "../../src/tips/occurrence.ts";
import { beginning, EARLIEST_MS, spacing } from "../../src/tips/pace.ts";
import { testPlatform } from "../support/platform.ts";
import { keptLog, memoryStore } from "../support/tutor.ts";

const MINUTE = 60_000;
const at = (iso: string): number => Temporal.Instant.from(iso).epochMilliseconds;
const NINE = at("2026-11-24T09:00Z");
const pace = (perSecond: number, share = 1) => ({ test: { perSecond, share } }) as const;
const crowd = (count: number, zone = "Europe/London", dueAt = NINE) =>
  ({ platform: "test", zone, dueAt, count }) as const;

describe("who begins when", () => {
  test("what fits into the minute waits for it; what does not begins as much earlier as it takes", () => {
    expect(beginning([crowd(1800)], pace(30), NINE - 1)).toEqual([]);
    const large = crowd(3600);
    expect(beginning([large], pace(30), NINE - MINUTE - 1)).toEqual([]);
    expect(beginning([large], pace(30), NINE - MINUTE)).toEqual([{ crowd: large, most: 1800 }]);
    expect(beginning([large], pace(30, 0.25), NINE - MINUTE)).toEqual([{ crowd: large, most: 450 }]);
    expect(beginning([large], pace(30), NINE)).toEqual([]);
    expect(beginning([large], {}, NINE - MINUTE)).toEqual([]);
  });

  test("all zones of one moment count together, none earlier than ten minutes", () => {
    const both = [crowd(30_000), crowd(10_000, "Europe/Lisbon")];
    expect(beginning(both, pace(30), NINE - EARLIEST_MS - 1)).toEqual([]);
    expect(beginning(both, pace(30), NINE - EARLIEST_MS).map(({ most }) => most)).toEqual([28_650, 9550]);
  });

  test("never on the day before", () => {
    const midnight = at("2026-11-24T00:03Z");
    const early = (now: number) => beginning([crowd(40_000, "Europe/London", midnight)], pace(30), now).length;
    expect([early(at("2026-11-23T23:59:59Z")), early(at("2026-11-24T00:00Z"))]).toEqual([0, 1]);
  });

  test("posts are spread over the minute, at most a second apart, never faster than the platform takes them", () => {
    expect(spacing(1, { perSecond: 30, share: 1 })).toBe(1000);
    expect(spacing(600, { perSecond: 30, share: 1 })).toBe(100);
    expect(spacing(40_000, { perSecond: 30, share: 1 })).toBeCloseTo(33.3, 1);
    // Of four processes each posts a quarter as often.
    expect(spacing(600, { perSecond: 30, share: 0.25 })).toBe(400);
  });
});

test("a crowd of one zone: each channel once a local date, no more than a rate's worth in any second, others on time", async () => {
  let now = at("2026-11-24T08:50Z");
  const clock = () => now;
  const store = await memoryStore(clock);
  onTestFinished(() => store.close());
  const platform = testPlatform({ canBeAsked: true });
  // Time passes when everybody sleeps.
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  let over = false;
  const passing = (async () => {
    while (!over) {
      for (let i = 0; i < 4; i++) await new Promise((done) => setImmediate(done));
      sleepers.sort((a, b) => a.at - b.at);
      const next = sleepers.shift();
      if (next) now = Math.max(now, next.at);
      next?.wake();
    }
  })();
  const times: { readonly at: number; readonly channel: string }[] = [];
  const deliveries = createDeliveries({
    tips: store.tips,
    write: async () => ({ id: "pin", reply: remark(["Pin it."]), newRound: false }),
    tellGone: async () => undefined,
    paces: pace(0.5),
    clock,
    log: keptLog(),
    post: async (place, reply, key, how) => {
      times.push({ at: now, channel: place.channel });
      return platform.post(place, reply, key, how);
    },
    pause: (ms) => new Promise((wake) => void sleepers.push({ at: now + ms, wake: () => wake(undefined) })),
  });
  const subscribe = async (channel: string, rest: Partial<Subscription> = {}) => {
    const place: Place = { platform: "test", community: "c", channel };
    const wanted = {
      place,
      minute: 540,
      zone: "Europe/London",
      weekdays: 127,
      areas: [],
      level: undefined,
      setBy: "mod",
      ...rest,
    };
    await store.tips.subscribe(wanted, nextOccurrence(wanted, now));
  };
  for (let i = 0; i < 75; i++) await subscribe(`crowd${i}`);
  await subscribe("quarter", { minute: 539 });
  while (now < NINE + 5 * MINUTE) {
    await deliveries.tick(now);
    now += 5000;
  }
  over = true;
  await passing;
  expect(times).toHaveLength(76);
  expect(new Set(times.map(({ channel }) => channel)).size).toBe(76);
  const crowded = times.filter(({ channel }) => channel !== "quarter").map((each) => each.at);
  // 45 of them are more than the minute holds, so they begin a minute and a half before it, and all are there in time.
  expect(Math.min(...crowded)).toBeGreaterThanOrEqual(NINE - 90_000);
  expect(Math.min(...crowded)).toBeLessThan(NINE - 60_000);
  expect(Math.max(...crowded)).toBeLessThan(NINE + 90_000);
  expect(times.find(({ channel }) => channel === "quarter")?.at).toBeGreaterThanOrEqual(NINE - MINUTE);
  const seconds = Map.groupBy(times, (each) => Math.floor(each.at / 1000));
  expect(Math.max(...[...seconds.values()].map((posts) => posts.length))).toBeLessThanOrEqual(2);
  const date = localDate({ zone: "Europe/London" }, Math.min(...crowded));
  expect(await store.tips.recorded({ platform: "test", community: "c", channel: "crowd7" }, date)).toBe(true);
});
