/** At most one tip per channel and local date, whatever happens; counted where none could be posted. */
import { describe, expect, onTestFinished, test } from "vitest";
import type { Store } from "../../src/core/store.ts";
import type { Subscription } from "../../src/core/tips.ts";
import type { Place } from "../../src/core/turn.ts";
import { deckOf } from "../../src/tips/deck.ts";
import { digestSubscription } from "../../src/tips/digest.ts";
import { localDate, nextOccurrence } from "../../src/tips/occurrence.ts";
import { runTips, tipDeliveries } from "../../src/tips/run.ts";
import { type TestPlatform, testPlatform } from "../support/platform.ts";
import { keptLog, library, memoryStore } from "../support/tutor.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const at = (iso: string): number => Temporal.Instant.from(iso).epochMilliseconds;
const channel = (name: string): Place => ({ platform: "test", community: "c", channel: name });
const subscription = (name: string, rest: Partial<Subscription> = {}): Subscription => ({
  place: channel(name),
  minute: 540,
  zone: "Europe/London",
  weekdays: 127,
  areas: [],
  level: undefined,
  setBy: "mod",
  ...rest,
});

/** A store, a platform and a clock; `worker` is one process of several. */
async function stage({ canBeAsked = true, start = "2026-11-24T08:00Z" } = {}) {
  let now = at(start);
  const clock = () => now;
  const store = await memoryStore(clock);
  onTestFinished(() => store.close());
  const platform = testPlatform({ canBeAsked });
  const log = keptLog();
  const worker = (post = platform.post) => tipDeliveries({ ...store, library, commands: () => [], post, clock, log });
  return {
    store,
    platform,
    log,
    worker,
    clock,
    go: (ms: number) => {
      now += ms;
    },
    to: (iso: string) => {
      now = at(iso);
    },
    async subscribe(name: string, rest: Partial<Subscription> = {}) {
      const wanted = subscription(name, rest);
      await store.tips.subscribe(wanted, nextOccurrence(wanted, now));
    },
    /** One look at the clock by one worker. */
    tick: () => worker().tick(now),
  };
}

const texts = (platform: TestPlatform, name: string) => platform.in(channel(name)).map(({ text }) => text);
const next = async (store: Store, name: string) => (await store.tips.subscription(channel(name)))?.nextAt;

describe("a tip a day", () => {
  test("comes at its time, once, with where it is written and a way on, in the deck's order without repeats", async () => {
    const { subscribe, tick, to, go, platform, store } = await stage();
    await subscribe("general");
    expect((await tick()).sent).toBe(0);
    to("2026-11-24T09:00Z");
    expect(await tick()).toMatchObject({ sent: 1, skipped: 0, unsure: 0 });
    expect((await tick()).sent).toBe(0);
    for (let day = 0; day < 9; day++) {
      go(DAY);
      await tick();
    }
    const ten = deckOf(library().pages).slice(0, 10);
    expect(platform.in(channel("general")).map(({ reply }) => reply.about.pages[0])).toEqual(
      ten.map(({ page }) => page.path),
    );
    expect(new Set(texts(platform, "general")).size).toBe(10);
    expect(texts(platform, "general")[0]).toMatch(/^Tip: .*\n\nSource: /s);
    expect(platform.posted[0]?.reply.blocks.at(-1)).toMatchObject({ buttons: [{ label: "Tell me more" }] });
    expect(await store.tips.counts()).toEqual({ sent: 10 });
  });

  test("keeps to topics and level, asked for or set for the channel, and begins again when they are used up", async () => {
    const { subscribe, tick, go, to, platform, store, clock } = await stage();
    await subscribe("asked", { areas: ["storage"], level: "intermediate" });
    await subscribe("set");
    const by = { platform: "test", community: "c", person: "mod" } as const;
    await store.settings.set(channel("set"), "channel", "topics", "security", by, clock());
    const pool = deckOf(library().pages).filter(({ page }) => page.area === "storage" && page.level === "intermediate");
    expect(pool.length).toBeGreaterThan(3);
    to("2026-11-24T09:00Z");
    for (let day = 0; day < 2 * pool.length; day++) {
      await tick();
      go(DAY);
    }
    const asked = platform.in(channel("asked")).map(({ text }) => text);
    expect(new Set(asked).size).toBe(pool.length);
    expect(asked.slice(pool.length)).toEqual(asked.slice(0, pool.length));
    for (const { reply } of platform.in(channel("set")))
      expect(library().page(reply.about.pages[0] ?? "")?.area).toBe("security");
  });

  test("is one on both days of a clock change", async () => {
    for (const [zone, minute, from] of [
      ["America/New_York", 150, "2026-03-07T12:00Z"],
      ["America/New_York", 90, "2026-10-31T12:00Z"],
      ["America/Nuuk", 1410, "2024-03-29T12:00Z"],
    ] as const) {
      const { subscribe, tick, go, platform, clock } = await stage({ start: from });
      await subscribe("general", { zone, minute });
      const dates: string[] = [];
      for (let half = 0; half < 4 * 24 * 2; half++) {
        go(HOUR / 2);
        const before = platform.posted.length;
        await tick();
        if (platform.posted.length > before) dates.push(localDate({ zone }, clock()));
      }
      expect(dates).toHaveLength(4);
      expect(new Set(dates).size).toBe(4);
    }
  });
});

describe("whatever happens", () => {
  test("two workers at once post one", async () => {
    const { subscribe, to, worker, platform, clock } = await stage();
    for (let i = 0; i < 60; i++) await subscribe(`c${i}`);
    to("2026-11-24T09:00Z");
    const done = await Promise.all([worker().tick(clock()), worker().tick(clock()), worker().tick(clock())]);
    expect(done.reduce((sum, { sent }) => sum + sent, 0)).toBe(60);
    expect(platform.posted).toHaveLength(60);
    expect(new Set(platform.posted.map(({ place }) => place.channel)).size).toBe(60);
  });

  test.each([
    ["before the post, on a platform that can be asked", "dies before", true, 1, { sent: 1 }],
    ["after the post, on a platform that can be asked", "dies after", true, 1, { sent: 1 }],
    ["before the post, on a platform that cannot", "dies before", false, 0, { unsure: 1 }],
    ["after the post, on a platform that cannot", "dies after", false, 1, { unsure: 1 }],
  ] as const)("a worker that dies %s: none twice, none uncounted", async (_, fate, canBeAsked, seen, counts) => {
    const { subscribe, to, go, tick, platform, store } = await stage({ canBeAsked });
    await subscribe("general");
    to("2026-11-24T09:00Z");
    platform.fates(fate);
    expect(await tick()).toMatchObject({ failed: 1 });
    // The lease still holds: nobody else tries.
    go(MINUTE);
    expect(await tick()).toMatchObject({ sent: 0, unsure: 0 });
    go(3 * MINUTE);
    await tick();
    await tick();
    expect(texts(platform, "general")).toHaveLength(seen);
    expect(await store.tips.counts()).toEqual(counts);
  });

  test("a worker killed between claiming and choosing costs nothing: nothing can have been posted", async () => {
    const { subscribe, to, go, tick, platform, store, clock } = await stage({ canBeAsked: false });
    await subscribe("general");
    to("2026-11-24T09:00Z");
    await store.tips.claim(clock(), MINUTE, 10, () => ({ date: "2026-11-24", nextAt: clock() + DAY }));
    go(2 * MINUTE);
    expect(await tick()).toMatchObject({ sent: 1 });
    expect(texts(platform, "general")).toHaveLength(1);
  });

  test("a worker that slept through its lease does not post what another has taken over", async () => {
    const { subscribe, to, go, worker, tick, platform, store, clock } = await stage();
    await subscribe("general");
    to("2026-11-24T09:00Z");
    const claim = store.tips.claim;
    const asleep = {
      ...store.tips,
      claim: async (...args: Parameters<typeof claim>) => {
        const batch = await claim(...args);
        // The whole machine stands still, and another worker goes on.
        if (batch.length) {
          go(4 * MINUTE);
          await tick();
        }
        return batch;
      },
    };
    const slow = tipDeliveries({
      ...store,
      tips: asleep,
      library,
      commands: () => [],
      post: platform.post,
      clock,
      log: keptLog(),
    });
    expect(await slow.tick(clock())).toMatchObject({ sent: 0, lost: 1 });
    expect(texts(platform, "general")).toHaveLength(1);
    expect(await worker().tick(clock())).toMatchObject({ sent: 0 });
  });

  test("a lost reply is counted as unsure and not posted again", async () => {
    const { subscribe, to, tick, platform, store } = await stage();
    await subscribe("general");
    to("2026-11-24T09:00Z");
    platform.fates("reply lost");
    expect(await tick()).toMatchObject({ unsure: 1 });
    await tick();
    expect(texts(platform, "general")).toHaveLength(1);
    expect(await store.tips.counts()).toEqual({ unsure: 1 });
  });

  test("a platform that says later gets the same tip later, even one that cannot be asked", async () => {
    const { subscribe, to, go, tick, platform, store } = await stage({ canBeAsked: false });
    await subscribe("general");
    to("2026-11-24T09:00Z");
    platform.fates({ later: 10 * MINUTE }, { later: 5 * MINUTE });
    expect(await tick()).toMatchObject({ later: 1 });
    expect(await tick()).toMatchObject({ later: 0, sent: 0 });
    go(10 * MINUTE);
    expect(await tick()).toMatchObject({ later: 1 });
    go(5 * MINUTE);
    expect(await tick()).toMatchObject({ sent: 1 });
    expect(platform.posted[0]?.reply.about.pages[0]).toBe(deckOf(library().pages)[0]?.page.path);
    expect(await store.tips.used(channel("general"))).toHaveLength(1);
  });

  test("later than the day's tip may be: skipped and counted", async () => {
    const { subscribe, to, tick, platform, store } = await stage();
    await subscribe("general");
    to("2026-11-24T09:00Z");
    platform.fates({ later: 3 * HOUR });
    expect(await tick()).toMatchObject({ skipped: 1 });
    expect(await store.tips.counts()).toEqual({ skipped: 1 });
  });

  test("a bot that was away for two hours posts, for longer it skips and goes on tomorrow", async () => {
    const { subscribe, to, tick, platform, store } = await stage();
    await subscribe("general");
    to("2026-11-24T11:00Z");
    expect(await tick()).toMatchObject({ sent: 1 });
    to("2026-11-25T11:00:01Z");
    expect(await tick()).toMatchObject({ skipped: 1, sent: 0 });
    to("2026-11-29T08:00Z");
    // Three days missed are one skipped, not three.
    expect(await tick()).toMatchObject({ skipped: 1, sent: 0 });
    expect(await next(store, "general")).toBe(at("2026-11-29T09:00Z"));
    expect(texts(platform, "general")).toHaveLength(1);
  });

  test("a clock that jumps back a day posts no second tip for a date; one that ran 38 days ahead neither", async () => {
    const { subscribe, to, go, tick, platform } = await stage();
    await subscribe("general");
    const days: string[] = [];
    const step = async () => {
      const before = platform.posted.length;
      await tick();
      return platform.posted.length - before;
    };
    to("2026-11-24T09:00Z");
    days.push(`24th ${await step()}`);
    to("2026-11-23T09:00Z");
    days.push(`back ${await step()}`);
    for (let hour = 0; hour < 26; hour++) {
      go(HOUR);
      await tick();
    }
    days.push(`again ${platform.posted.length - 1}`);
    go(38 * DAY);
    days.push(`ahead ${await step()}`);
    expect(days).toEqual(["24th 1", "back 0", "again 0", "ahead 0"]);
  });

  test("a clock set back from 38 days ahead brings tips back to the day after, not to then", async () => {
    const { subscribe, to, go, tick, platform, store } = await stage();
    await subscribe("general");
    await subscribe("weekly", { weekdays: 1 });
    go(38 * DAY);
    await tick();
    to("2026-11-24T10:00Z");
    await tick();
    expect(await next(store, "general")).toBe(at("2026-11-25T09:00Z"));
    expect(await next(store, "weekly")).toBe(at("2026-11-30T09:00Z"));
    const before = platform.in(channel("general")).length;
    to("2026-11-25T09:00Z");
    await tick();
    expect(platform.in(channel("general"))).toHaveLength(before + 1);
  });

  test("a channel that is gone is paused, and whoever set it is told once", async () => {
    const { subscribe, to, go, tick, platform, store } = await stage();
    await subscribe("general");
    to("2026-11-24T09:00Z");
    platform.fates({ gone: "The channel was deleted." });
    expect(await tick()).toMatchObject({ gone: 1 });
    for (let day = 0; day < 3; day++) {
      go(DAY);
      await tick();
    }
    expect(platform.posted.map(({ place, text }) => [place.channel, text])).toEqual([
      [
        "@mod",
        expect.stringMatching(
          /no longer post.*every day at 09:00, Europe\/London.*The channel was deleted\. They are paused/,
        ),
      ],
    ]);
    expect(await store.tips.subscription(channel("general"))).toMatchObject({ paused: "The channel was deleted." });
  });

  test("two workers that both find the channel gone tell it once", async () => {
    const { subscribe, to, go, worker, platform, clock } = await stage();
    await subscribe("general");
    to("2026-11-24T09:00Z");
    const first = worker(async (place, ...rest) => {
      if (place.channel === "@mod") return platform.post(place, ...rest);
      // So slow that another worker takes over meanwhile.
      go(4 * MINUTE);
      platform.fates({ gone: "Gone." });
      await worker().tick(clock());
      return { kind: "gone", reason: "Gone." };
    });
    expect(await first.tick(clock())).toMatchObject({ gone: 0, lost: 1 });
    expect(platform.posted.map(({ place }) => place.channel)).toEqual(["@mod"]);
  });

  test("changing the time after today's tip brings no second one today", async () => {
    const { subscribe, to, tick, platform } = await stage();
    await subscribe("general");
    to("2026-11-24T09:00Z");
    await tick();
    await subscribe("general", { minute: 600 });
    to("2026-11-24T10:00Z");
    expect(await tick()).toMatchObject({ sent: 0 });
    to("2026-11-25T10:00Z");
    expect(await tick()).toMatchObject({ sent: 1 });
    expect(texts(platform, "general")).toHaveLength(2);
  });

  test("one channel's trouble costs the others nothing", async () => {
    const { subscribe, to, tick, platform } = await stage();
    for (let i = 0; i < 40; i++) await subscribe(`c${i}`);
    to("2026-11-24T09:00Z");
    platform.fates("dies before", { gone: "Gone." }, { later: MINUTE }, "reply lost");
    expect(await tick()).toMatchObject({ sent: 36, failed: 1, gone: 1, later: 1, unsure: 1 });
  });
});

describe("the weekly digest", () => {
  test("comes on Mondays beside the channel's tips, with nobody named, and only where something was asked", async () => {
    const { subscribe, to, tick, platform, store, clock } = await stage();
    await subscribe("general");
    const wanted = digestSubscription(channel("general"), "general", "Europe/London", "mod");
    await store.tips.subscribe(wanted, nextOccurrence(wanted, clock()));
    for (const who of ["ann", "bob", "cy"])
      await store.feedback.gap({ platform: "test", community: "c", person: who }, ["kubernetes"], ["kompose"], clock());
    await store.feedback.gap({ platform: "test", community: "c", person: "ann" }, [], ["secretword"], clock());
    to("2026-11-30T09:00Z");
    expect(await tick()).toMatchObject({ sent: 1, skipped: 1 });
    const digest = texts(platform, "general").find((text) => text.includes("week"));
    expect(digest).toMatch(/Nobody is named/);
    expect(digest).toMatch(/# Close one gap in the knowledge pages/);
    expect(digest).toMatch(
      /- \[ \] Kubernetes with "kompose": asked 3 times\. Add a section to `concepts\/orchestration\/kubernetes\.md`/,
    );
    expect(digest).not.toMatch(/ann|bob|secretword/);
    to("2026-12-07T09:00Z");
    await tick();
    expect(texts(platform, "general").filter((text) => text.includes("week"))).toHaveLength(1);
  });
});

test("the runner works at once, stops without cutting a post off, and starts nothing more", async () => {
  const { subscribe, to, platform, store, clock, log } = await stage();
  await subscribe("general");
  to("2026-11-24T09:00Z");
  const began = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const running = runTips({
    ...store,
    library,
    commands: () => [],
    clock,
    log,
    async post(...args) {
      began.resolve();
      await goOn.promise;
      return platform.post(...args);
    },
  });
  await began.promise;
  const stopped = running.stop();
  goOn.resolve();
  await stopped;
  expect(texts(platform, "general")).toHaveLength(1);
  expect(await store.tips.counts()).toEqual({ sent: 1 });
});
