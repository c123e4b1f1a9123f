import { describe, expect, test } from "vitest";
import type { Store } from "../../../src/core/store.ts";
import {
  channels,
  claim,
  DAY,
  daily,
  HOUR,
  KEEP,
  MINUTE,
  NOW,
  only,
  place,
  subscription,
} from "../../support/store.ts";
import type { Opened } from "../contract.ts";

const subscribe = (store: Store, channel: string, nextAt = NOW) => store.tips.subscribe(subscription(channel), nextAt);

/** Daily tips: at most one a channel and local date. */
export function tipContract(open: () => Promise<Opened>): void {
  describe("tips", () => {
    test("a subscription is kept as it was set, and set anew", async () => {
      const { store } = await open();
      const set = subscription("a", { areas: ["storage", "images"], level: "beginner", zone: "Australia/Lord_Howe" });
      await store.tips.subscribe(set, NOW + HOUR);
      expect(await store.tips.subscription(place("a", "some thread"))).toEqual({
        ...set,
        nextAt: NOW + HOUR,
        paused: undefined,
      });
      await store.tips.subscribe(subscription("a", { minute: 600 }), NOW + 2 * HOUR);
      expect(await store.tips.subscription(place("a"))).toMatchObject({
        minute: 600,
        areas: [],
        nextAt: NOW + 2 * HOUR,
      });
      expect(await store.tips.subscription(place("b"))).toBeUndefined();
    });

    test("what is due is claimed once, and its subscription moves on", async () => {
      const { store } = await open();
      await subscribe(store, "a");
      await subscribe(store, "b", NOW + 1);
      const delivery = only(await claim(store));
      expect(delivery).toMatchObject({ date: "2026-11-24", dueAt: NOW, attempts: 1, tip: undefined });
      expect(delivery.key).toMatch(/^[\w-]{22}$/);
      expect(await claim(store)).toEqual([]);
      expect(await store.tips.subscription(place("a"))).toMatchObject({ nextAt: NOW + DAY });
    });

    test("replicas that claim at once share the work without overlap", async () => {
      const { store, replica } = await open();
      for (let n = 0; n < 120; n += 1) await subscribe(store, `ch${n}`);
      const all: string[] = [];
      const work = async (each: Store) => {
        for (;;) {
          const batch = await claim(each, NOW, 7);
          if (!batch.length) return;
          all.push(...channels(batch));
        }
      };
      await Promise.all([work(store), work(replica), work(store), work(replica)]);
      expect(all).toHaveLength(120);
      expect(new Set(all).size).toBe(120);
    });

    test("at most one a channel and date: subscribing again, or a clock set back, posts no second one", async () => {
      const { store } = await open();
      await subscribe(store, "a");
      await store.tips.settle(only(await claim(store)), { kind: "sent" }, NOW);
      await store.tips.unsubscribe(place("a"));
      await subscribe(store, "a", NOW + HOUR);
      expect(await claim(store, NOW + HOUR)).toEqual([]);
      expect(await store.tips.subscription(place("a"))).toMatchObject({ nextAt: NOW + HOUR + DAY });
      await subscribe(store, "a", NOW - DAY);
      const yesterday = only(await claim(store, NOW - DAY));
      expect(yesterday.date).toBe("2026-11-23");
      await store.tips.settle(yesterday, { kind: "sent" }, NOW - DAY);
      expect(await claim(store, NOW)).toEqual([]);
      expect(only(await claim(store, NOW + 38 * DAY)).dueAt).toBe(NOW + DAY);
      expect(await claim(store, NOW + 38 * DAY)).toEqual([]);
    });

    test("an empty claim means that nothing is due, also behind dates that have their record", async () => {
      const { store } = await open();
      for (let n = 0; n < 6; n += 1) await subscribe(store, `old${n}`, NOW - 10);
      for (const delivery of await claim(store)) await store.tips.settle(delivery, { kind: "sent" }, NOW);
      for (let n = 0; n < 6; n += 1) await subscribe(store, `old${n}`, NOW - 5);
      await subscribe(store, "new");
      expect(channels(await claim(store, NOW, 3))).toEqual(["new"]);
    });

    test("after a crash the same tip goes to one other worker, and the slow one may no longer write", async () => {
      const { store, replica } = await open();
      await subscribe(store, "a");
      const slow = only(await claim(store));
      expect(await store.tips.choose(slow, "tip-1")).toBe(true);
      expect(await claim(store, NOW + MINUTE - 1)).toEqual([]);
      const second = only((await Promise.all([claim(store, NOW + MINUTE), claim(replica, NOW + MINUTE)])).flat());
      expect(second).toMatchObject({ key: slow.key, tip: "tip-1", attempts: 2, dueAt: NOW, date: slow.date });
      expect(await store.tips.choose(slow, "tip-2")).toBe(false);
      expect(await store.tips.settle(slow, { kind: "sent" }, NOW)).toBe(false);
      expect(await store.tips.settle(second, { kind: "unsure" }, NOW)).toBe(true);
      expect(await store.tips.settle(second, { kind: "sent" }, NOW)).toBe(false);
      expect(await store.tips.counts()).toEqual({ unsure: 1 });
    });

    test("what is put off comes back when it said", async () => {
      const { store } = await open();
      await subscribe(store, "a");
      await store.tips.settle(only(await claim(store)), { kind: "later", at: NOW + HOUR, again: false }, NOW);
      expect(await claim(store, NOW + HOUR - 1)).toEqual([]);
      const again = only(await claim(store, NOW + HOUR));
      expect(again).toMatchObject({ attempts: 2, dueAt: NOW });
      await store.tips.settle(again, { kind: "skipped" }, NOW + HOUR);
      expect(await store.tips.counts()).toEqual({ skipped: 1 });
    });

    test("a tip that certainly was not posted goes back to the pool; one that may have been stays chosen", async () => {
      const { store } = await open();
      await subscribe(store, "a");
      const first = only(await claim(store));
      await store.tips.choose(first, "tip-1");
      await store.tips.settle(first, { kind: "later", at: NOW + MINUTE, again: false }, NOW);
      expect(await store.tips.used(place("a"))).toEqual([]);
      const second = only(await claim(store, NOW + MINUTE));
      expect(second.tip).toBeUndefined();
      await store.tips.choose(second, "tip-1");
      await store.tips.settle(second, { kind: "later", at: NOW + HOUR, again: true }, NOW + MINUTE);
      expect(await store.tips.used(place("a"))).toEqual(["tip-1"]);
      expect(only(await claim(store, NOW + HOUR)).tip).toBe("tip-1");
    });

    test("knows the dates that have their record", async () => {
      const { store } = await open();
      await subscribe(store, "a");
      const { date } = only(await claim(store));
      expect(await store.tips.recorded(place("a", "thread"), date)).toBe(true);
      expect(await store.tips.recorded(place("a"), "2026-11-25")).toBe(false);
      expect(await store.tips.recorded(place("b"), date)).toBe(false);
    });

    test("a channel that is gone is paused until somebody subscribes again", async () => {
      const { store } = await open();
      await subscribe(store, "a");
      await store.tips.settle(only(await claim(store)), { kind: "gone", reason: "The channel was deleted." }, NOW);
      expect(await store.tips.subscription(place("a"))).toMatchObject({ paused: "The channel was deleted." });
      expect(await claim(store, NOW + 2 * DAY)).toEqual([]);
      await subscribe(store, "a", NOW + 3 * DAY);
      expect(await claim(store, NOW + 3 * DAY)).toHaveLength(1);
    });

    test("unsubscribing drops an open delivery and counts it", async () => {
      const { store } = await open();
      await subscribe(store, "a");
      const open_ = only(await claim(store));
      expect(await store.tips.unsubscribe(place("a", "thread"))).toBe(true);
      expect(await store.tips.unsubscribe(place("a"))).toBe(false);
      expect(await claim(store, NOW + DAY)).toEqual([]);
      expect(await store.tips.settle(open_, { kind: "sent" }, NOW)).toBe(false);
      expect(await store.tips.counts()).toEqual({ skipped: 1 });
    });

    test("a subscription changed while its tip is posted keeps its new time", async () => {
      const { store } = await open();
      await subscribe(store, "a");
      const delivery = only(await claim(store));
      await subscribe(store, "a", NOW + 5 * HOUR);
      await store.tips.settle(delivery, { kind: "sent" }, NOW);
      expect(await store.tips.subscription(place("a"))).toMatchObject({ nextAt: NOW + 5 * HOUR });
    });

    test("one subscription without a next time is paused and does not stop the others", async () => {
      const { store } = await open();
      await subscribe(store, "a");
      await subscribe(store, "b");
      const batch = await store.tips.claim(NOW, MINUTE, 10, ({ place }) => {
        if (place.channel === "a") throw new RangeError("no such zone");
        return { date: "2026-11-24", nextAt: NOW };
      });
      expect(channels(batch)).toEqual(["b"]);
      expect((await store.tips.subscription(place("a")))?.paused).toContain("no such zone");
    });

    test("crowds are counted by zone and moment, and one that begins early is claimed before its time, once", async () => {
      const { store } = await open();
      await subscribe(store, "a", NOW + MINUTE);
      await subscribe(store, "b", NOW + MINUTE);
      await store.tips.subscribe(subscription("c", { zone: "Asia/Tokyo" }), NOW + MINUTE);
      await subscribe(store, "d", NOW + 2 * MINUTE);
      const { zone } = subscription("a");
      const [early, ...others] = (await store.tips.crowds(NOW + MINUTE)).toSorted((a, b) => b.count - a.count);
      expect(early).toEqual({ platform: place("a").platform, zone, dueAt: NOW + MINUTE, count: 2 });
      expect(others.map(({ count }) => count)).toEqual([1]);
      const take = () => store.tips.claim(NOW, HOUR, 10, daily(NOW), early ? [early] : []);
      const taken = await take();
      expect(channels(taken)).toEqual(["a", "b"]);
      expect(taken.map(({ dueAt }) => dueAt)).toEqual([NOW + MINUTE, NOW + MINUTE]);
      expect(await take()).toEqual([]);
      expect(channels(await claim(store, NOW + MINUTE))).toEqual(["c"]);
    });

    test("used tips are remembered until the pool is used up", async () => {
      const { store } = await open();
      await subscribe(store, "a");
      await store.tips.choose(only(await claim(store)), "tip-1");
      await store.tips.use(place("a"), "tip-2");
      await store.tips.use(place("a"), "tip-2");
      expect(await store.tips.used(place("a", "thread"))).toEqual(["tip-1", "tip-2"]);
      expect(await store.tips.used(place("b"))).toEqual([]);
      await store.tips.forgetUsed(place("a"));
      expect(await store.tips.used(place("a"))).toEqual([]);
    });

    test("counts outlive the records they count", async () => {
      const { store, query } = await open();
      await subscribe(store, "a");
      await store.tips.settle(only(await claim(store)), { kind: "sent" }, NOW);
      await store.privacy.sweep(NOW + KEEP.audit + 1, KEEP);
      expect(await query("select date from delivery")).toEqual([]);
      expect(await store.tips.counts()).toEqual({ sent: 1 });
    });

    test("which tips a channel had goes after its retention", async () => {
      const { store } = await open();
      await store.tips.use(place("a"), "tip-1");
      await store.privacy.sweep(NOW + KEEP.audit, KEEP);
      expect(await store.tips.used(place("a"))).toEqual(["tip-1"]);
      await store.privacy.sweep(NOW + KEEP.audit + 1, KEEP);
      expect(await store.tips.used(place("a"))).toEqual([]);
    });
  });
}
