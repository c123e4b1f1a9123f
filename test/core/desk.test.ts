/** Turns are kept before they are acknowledged, answered once, and not lost when a process dies. */
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { type Capability, command } from "../../src/core/capability.ts";
import { type Caller, createDesk, type Desk, type Received } from "../../src/core/desk.ts";
import type { Limits } from "../../src/core/limits.ts";
import type { Inbox } from "../../src/core/ports.ts";
import type { Delivered, Post } from "../../src/core/post.ts";
import { plainText, type Reply, remark } from "../../src/core/reply.ts";
import type { Store } from "../../src/core/store.ts";
import type { Turn } from "../../src/core/turn.ts";
import { createTutor, type Plan } from "../../src/core/tutor.ts";
import { sayBack } from "../support/echo.ts";
import { testPlatform } from "../support/platform.ts";
import { keptLog, memoryStore } from "../support/tutor.ts";

const NONE: Limits = { person: [], channel: [], community: [] };
const LEASE = 60_000;

const echo: Capability = {
  name: "ask",
  examples: [],
  commands: [
    sayBack,
    command({
      name: "secret",
      summary: "For one",
      args: z.object({ word: z.string() }),
      audience: "asker",
      form: { title: "Which?", fields: [{ arg: "word", label: "Word", kind: "line", required: true }] },
      run: async ({ word }) => remark([`Between us: ${word}.`]),
    }),
  ],
  hear: (text) =>
    text === "secret"
      ? { command: "secret", args: {} }
      : text.startsWith("secret ")
        ? { command: "secret", args: { word: text.slice(7) } }
        : undefined,
};

const turn = (id: string, text = id, who = "ann", channel = "general"): Turn => ({
  id,
  person: { id: who },
  place: { platform: "test", community: "c", channel },
  said: { kind: "text", text },
});

/** One process: its desk, and an adapter that notes what happens in which order. */
function process_(
  store: Store,
  parts: { clock: () => number; post: Post; limits?: Limits; inbox?: Inbox; pause?: (ms: number) => Promise<void> },
) {
  const log = keptLog();
  const tutor = createTutor({
    capabilities: [echo],
    conversations: store.conversations,
    log,
    diagram: async () => undefined,
  });
  const events: string[] = [];
  const inbox: Inbox = parts.inbox ?? {
    ...store.inbox,
    async claim(...args) {
      const taken = await store.inbox.claim(...args);
      events.push("kept");
      return taken;
    },
    async settle(...args) {
      const held = await store.inbox.settle(...args);
      events.push(held ? "settled" : "too late");
      return held;
    },
  };
  const desk = createDesk({ ...store, limits: NONE, ...parts, tutor, inbox, log });
  const caller = (overrides: Partial<Caller> = {}): Caller => ({
    async acknowledge(plan) {
      events.push(`acknowledged for ${plan.audience}`);
      return "answer";
    },
    async post(reply: Reply, plan: Plan, key: string): Promise<Delivered> {
      events.push(`posted ${plainText(reply.blocks)}`);
      return parts.post(plan.turn.place, reply, key);
    },
    ...overrides,
  });
  return {
    desk,
    events,
    log,
    caller,
    receive: (what: Turn, overrides?: Partial<Caller>): Promise<Received> => desk.receive(what, caller(overrides)),
  };
}

async function stage({ limits, canBeAsked = true }: { limits?: Limits; canBeAsked?: boolean } = {}) {
  let now = Date.UTC(2026, 10, 24, 9);
  const clock = () => now;
  const store = await memoryStore(clock);
  onTestFinished(() => store.close());
  const platform = testPlatform({ canBeAsked });
  const go = (ms: number): void => {
    now += ms;
  };
  const start = (rest: Partial<Parameters<typeof process_>[1]> = {}) =>
    process_(store, { clock, post: platform.post, ...(limits ? { limits } : {}), ...rest });
  return { store, platform, start, clock, go };
}

const texts = (posted: readonly { readonly text: string }[]): string[] => posted.map(({ text }) => text);
const never = new Promise<never>(() => {});

describe("a turn", () => {
  test("is kept, then acknowledged, then answered, then settled", async () => {
    const { start } = await stage();
    const one = start();
    expect(await one.receive(turn("hello"))).toBe("answered");
    expect(one.events).toEqual(["kept", "acknowledged for everyone", "posted You said hello.", "settled"]);
  });

  test("that comes ten times to three processes is answered once", async () => {
    const { start, platform } = await stage();
    const processes = [start(), start(), start()];
    const outcomes = await Promise.all(Array.from({ length: 30 }, (_, i) => processes[i % 3]?.receive(turn("once"))));
    expect(outcomes.filter((each) => each === "answered")).toHaveLength(1);
    expect(outcomes.filter((each) => each === "repeated")).toHaveLength(29);
    expect(texts(platform.posted)).toEqual(["You said once."]);
  });

  test("that a form answers ends with the form; what is filled in is a turn of its own", async () => {
    const { start, platform } = await stage();
    const one = start();
    const shown = await one.receive(turn("e1", "secret"), {
      acknowledge: async (plan) => (plan.form ? "form" : "answer"),
    });
    expect(shown).toBe("form");
    expect(platform.posted).toEqual([]);
    expect(one.events.at(-1)).toBe("settled");
    const filled: Turn = { ...turn("e2"), said: { kind: "call", call: { command: "secret", args: { word: "hi" } } } };
    expect(await one.receive(filled)).toBe("answered");
    expect(one.events).toContain("acknowledged for asker");
  });

  test("is neither acknowledged nor posted before the claim is on the disk", async () => {
    const { start, store } = await stage();
    const disk = Promise.withResolvers<void>();
    const inbox: Inbox = {
      ...store.inbox,
      async claim(...args) {
        const taken = await store.inbox.claim(...args);
        return typeof taken === "string" ? taken : { ...taken, landed: disk.promise };
      },
    };
    const one = start({ inbox });
    const received = one.receive(turn("hello"));
    await new Promise((done) => setImmediate(done));
    expect(one.events).toEqual([]);
    disk.resolve();
    expect(await received).toBe("answered");
    expect(one.events).toEqual(["acknowledged for everyone", "posted You said hello."]);
  });

  test("is answered even where the acknowledgement fails", async () => {
    const { start, platform } = await stage();
    const outcome = await start().receive(turn("hello"), { acknowledge: () => Promise.reject(new Error("timeout")) });
    expect(outcome).toBe("answered");
    expect(texts(platform.posted)).toEqual(["You said hello."]);
  });

  test("that the platform puts off for a moment waits; for long it is left to recovery, once", async () => {
    const { start, platform, go } = await stage();
    const waits: number[] = [];
    const one = start({
      async pause(ms) {
        waits.push(ms);
        go(ms);
      },
    });
    platform.fates({ later: 2000 });
    expect(await one.receive(turn("soon"))).toBe("answered");
    expect(waits).toEqual([2000]);
    platform.fates({ later: 50_000 });
    expect(await one.receive(turn("much later"))).toBe("later");
    expect(await one.desk.recover()).toBe(0);
    go(LEASE);
    expect(await one.desk.recover()).toBe(1);
    expect(await one.desk.recover()).toBe(0);
    expect(texts(platform.posted)).toEqual(["You said soon.", "You said much later."]);
  });
});

describe("a process that dies", () => {
  test.each([
    ["before it acknowledged", { acknowledge: () => never }],
    ["while it posted, unseen", { post: () => never }],
  ] as const)("%s: the turn is answered by another, and a redelivery finds it taken", async (_, dies) => {
    const { start, platform, go } = await stage();
    void start().receive(turn("help me"), dies);
    await new Promise((done) => setTimeout(done, 20));
    const other = start();
    expect(await other.receive(turn("help me"))).toBe("repeated");
    expect(await other.desk.recover()).toBe(0);
    go(LEASE);
    expect(await other.desk.recover()).toBe(1);
    expect(await other.desk.recover()).toBe(0);
    expect(await other.receive(turn("help me"))).toBe("repeated");
    expect(await start().receive(turn("help me"))).toBe("repeated");
    expect(texts(platform.posted)).toEqual(["You said help me."]);
  });

  test("right after its post: the next one asks the platform and posts nothing", async () => {
    const { start, platform, go, store } = await stage();
    const dying = start();
    void dying.receive(turn("help me"), {
      async post(reply, plan, key) {
        await platform.post(plan.turn.place, reply, key);
        return never;
      },
    });
    await new Promise((done) => setTimeout(done, 20));
    go(LEASE);
    expect(await start().desk.recover()).toBe(1);
    expect(texts(platform.posted)).toEqual(["You said help me."]);
    expect(await store.inbox.abandoned(Date.UTC(2027, 0, 1), LEASE, 10)).toEqual([]);
  });

  test("owed an answer to one person alone: only that person sees it", async () => {
    const { start, platform, go } = await stage();
    void start().receive(turn("e1", "secret plan"), { acknowledge: () => never });
    await new Promise((done) => setTimeout(done, 20));
    go(LEASE);
    await start().desk.recover();
    expect(platform.posted).toMatchObject([{ text: "Between us: plan.", only: "ann" }]);
  });

  test("and comes to life again after its lease: it posts nothing more", async () => {
    const { start, platform, go } = await stage();
    const wakes = Promise.withResolvers<"answer">();
    const slow = start();
    const sleeping = slow.receive(turn("help me"), { acknowledge: () => wakes.promise });
    await new Promise((done) => setTimeout(done, 20));
    go(LEASE);
    expect(await start().desk.recover()).toBe(1);
    wakes.resolve("answer");
    expect(await sleeping).toBe("later");
    expect(texts(platform.posted)).toEqual(["You said help me."]);
  });
});

test("a database that is away costs the memory of turns, never the answers, and nothing twice", async () => {
  const { start, platform, store, clock, go } = await stage();
  const gone = () => Promise.reject(new Error("no connection"));
  let inbox: Inbox = { ...store.inbox, claim: gone, posting: gone, settle: gone, abandoned: gone, close: gone };
  const one = start({
    inbox: {
      key: store.inbox.key,
      claim: (...args) => inbox.claim(...args),
      posting: (...args) => inbox.posting(...args),
      settle: (...args) => inbox.settle(...args),
      abandoned: (...args) => inbox.abandoned(...args),
      close: (...args) => inbox.close(...args),
    },
  });
  expect(await one.receive(turn("hello"))).toBe("answered");
  expect(await one.receive(turn("hello"))).toBe("repeated");
  expect(texts(platform.posted)).toEqual(["You said hello."]);
  expect(one.log.lines.every(({ level }) => level === "warn")).toBe(true);
  expect(JSON.stringify(one.log.lines)).not.toMatch(/hello/);
  // What the database was given up for lands after all: it is closed before anybody recovers it.
  await store.inbox.claim("hello", turn("hello"), clock(), LEASE);
  inbox = store.inbox;
  expect(await one.receive(turn("hello"))).toBe("repeated");
  go(LEASE);
  expect(await one.desk.recover()).toBe(0);
  expect(await start().receive(turn("hello"))).toBe("repeated");
  expect(texts(platform.posted)).toEqual(["You said hello."]);
  expect(await store.inbox.abandoned(Date.UTC(2027, 0, 1), LEASE, 10)).toEqual([]);
});

describe("where the platform cannot be asked", () => {
  test("a turn whose process died before its post is answered all the same", async () => {
    const { start, platform, go } = await stage({ canBeAsked: false });
    void start().receive(turn("help me"), { acknowledge: () => never });
    await new Promise((done) => setTimeout(done, 20));
    go(LEASE);
    expect(await start().desk.recover()).toBe(1);
    expect(texts(platform.posted)).toEqual(["You said help me."]);
  });

  test("one whose process died in its post is left alone, by recovery and by a redelivery", async () => {
    const { start, platform, go } = await stage({ canBeAsked: false });
    void start().receive(turn("recovered"), { post: () => never });
    void start().receive(turn("redelivered"), { post: () => never });
    await new Promise((done) => setTimeout(done, 20));
    go(LEASE);
    expect(await start().receive(turn("redelivered"))).toBe("answered");
    await start().desk.recover();
    expect(texts(platform.posted)).toEqual([]);
  });

  test("one that the platform put off is posted later: nothing stands there", async () => {
    const { start, platform, go } = await stage({ canBeAsked: false });
    platform.fates({ later: 50_000 });
    expect(await start().receive(turn("busy"))).toBe("later");
    go(LEASE);
    expect(await start().desk.recover()).toBe(1);
    expect(texts(platform.posted)).toEqual(["You said busy."]);
  });
});

test("a turn that the database cannot mark is answered once it can, and once", async () => {
  const { start, platform, go, store } = await stage();
  const one = start({ inbox: { ...store.inbox, posting: () => Promise.reject(new Error("frozen")) } });
  expect(await one.receive(turn("hello"))).toBe("later");
  expect(platform.posted).toEqual([]);
  go(LEASE);
  expect(await start().desk.recover()).toBe(1);
  expect(texts(platform.posted)).toEqual(["You said hello."]);
});

test("stopping takes nothing new and waits for what is being answered", async () => {
  const { start, platform } = await stage();
  const one = start();
  const goOn = Promise.withResolvers<"answer">();
  const running = one.receive(turn("hello"), { acknowledge: () => goOn.promise });
  await new Promise((done) => setTimeout(done, 20));
  const order: string[] = [];
  const stopped = one.desk.stop().then(() => order.push("stopped"));
  void running.then(() => order.push("answered"));
  expect(await one.receive(turn("too late"))).toBe("closed");
  goOn.resolve("answer");
  await stopped;
  expect(order).toEqual(["answered", "stopped"]);
  expect(texts(platform.posted)).toEqual(["You said hello."]);
});

describe("limits", () => {
  const says = async (
    desk: { receive(what: Turn): Promise<Received> },
    count: number,
    who = "ann",
    channel = "general",
  ) => {
    const outcomes: Received[] = [];
    for (let i = 0; i < count; i++)
      outcomes.push(await desk.receive(turn(`${who} ${channel} ${i} ${Math.random()}`, "hi", who, channel)));
    return outcomes;
  };

  test("a person gets one short notice for themselves alone, then silence; others are answered", async () => {
    const { start, platform } = await stage({
      limits: { person: [{ points: 5, seconds: 10 }], channel: [], community: [] },
    });
    const one = start();
    expect(await says(one, 9)).toEqual([...Array(6).fill("answered"), "silent", "silent", "silent"]);
    expect(texts(platform.posted).filter((text) => /stay quiet/.test(text))).toEqual([
      expect.stringMatching(/^That was a lot at once\. I answer again in \d+ seconds; until then I stay quiet\.$/),
    ]);
    expect(one.events.filter((event) => event === "acknowledged for asker")).toHaveLength(1);
    expect(await says(one, 1, "bob")).toEqual(["answered"]);
  });

  test("a silent turn is acknowledged to nobody and kept by nobody", async () => {
    const { start, store } = await stage({
      limits: { person: [{ points: 1, seconds: 10 }], channel: [], community: [] },
    });
    const one = start();
    await says(one, 2);
    one.events.length = 0;
    expect(await says(one, 1)).toEqual(["silent"]);
    expect(one.events).toEqual(["kept", "settled"]);
    expect(await store.inbox.abandoned(Date.UTC(2027, 0, 1), LEASE, 10)).toEqual([]);
  });

  test.each([
    ["channel", { person: [], channel: [{ points: 3, seconds: 60 }], community: [] }, "other", "answered"],
    ["community", { person: [], channel: [], community: [{ points: 3, seconds: 60 }] }, "other", "silent"],
  ] as const)("a %s has its own", async (_, limits, elsewhere, then) => {
    const { start } = await stage({ limits });
    const one = start();
    expect(await says(one, 5)).toEqual(["answered", "answered", "answered", "answered", "silent"]);
    expect(await says(one, 1, "ann", elsewhere)).toEqual([then]);
  });

  test("a limiter that is away lets everybody through", async () => {
    const { start, store } = await stage();
    const one = process_(
      { ...store, limiter: { take: () => Promise.reject(new Error("away")) } },
      {
        clock: () => 0,
        post: async () => ({ kind: "sent" }),
        limits: { person: [{ points: 1, seconds: 10 }], channel: [], community: [] },
      },
    );
    expect(await says(one, 3)).toEqual(["answered", "answered", "answered"]);
    expect(await says(start(), 1)).toEqual(["answered"]);
  });
});

test("an adapter sees what a channel chose, a little late, and the standard while the database is away", async () => {
  const { start, store, clock, go } = await stage();
  const one: Desk = start().desk;
  const place = turn("x").place;
  expect(await one.preferences(place)).toMatchObject({ followUp: true, threads: false });
  await store.settings.set(
    place,
    "channel",
    "followup",
    "off",
    { platform: "test", community: "c", person: "mod" },
    clock(),
  );
  go(30_000);
  expect(await one.preferences({ ...place, thread: "t" })).toMatchObject({ followUp: false });
});
