/** Drops, resumes, zombies, limits, missing rights, restarts: answered once or explained, never a crash. */
import { afterEach, describe, expect, test } from "vitest";
import { discord } from "../../../adapters/discord/index.ts";
import { plainText, remark } from "../../../src/core/reply.ts";
import { loopback } from "../../support/discord/server.ts";
import { type DiscordStage, discordStage } from "../../support/discord/stage.ts";
import { ANN, BOT, GENERAL, GUILD, TOKEN } from "../../support/discord/world.ts";
import { type Scripted, scripted } from "../../support/scripted.ts";
import { keptLog } from "../../support/tutor.ts";
import { until } from "../contract.ts";

let stage: DiscordStage;
let script: Scripted;

async function open(options: Parameters<typeof discordStage>[1] = {}): Promise<void> {
  script = await scripted();
  stage = await discordStage(script, options);
}

afterEach(async () => {
  script.open();
  await stage.close();
});

const count = (words: string) => stage.posted().filter(({ text }) => text.includes(words)).length;
const shows = (words: string) => until(() => count(words) > 0, words);
const gateway = () => stage.server.gateway;
const KEY = "k".repeat(22);

describe("the gateway", () => {
  test("a mention in the gap of a dropped connection is answered once", async () => {
    await open();
    for (let i = 0; i < 5; i++) {
      const before = gateway().resumed();
      gateway().drop();
      await stage.mention(`echo gap${i}`);
      await until(() => gateway().resumed() > before, "the resume");
      await shows(`Echo: gap${i}.`);
    }
    await stage.say("echo end");
    await shows("Echo: end.");
    expect(stage.posted()).toHaveLength(6);
  });

  test("op 7 is followed, and the gap is replayed", async () => {
    await open();
    gateway().askReconnect();
    await stage.mention("echo seven");
    await until(() => gateway().resumed() > 0, "the resume");
    await shows("Echo: seven.");
    expect(count("Echo: seven.")).toBe(1);
  });

  test("op 9 that can be resumed is; one that cannot begins anew and says what may be missed", async () => {
    await open();
    gateway().invalidate(true);
    await until(() => gateway().resumed() > 0, "the resume");
    await stage.mention("echo resumed");
    await shows("Echo: resumed.");
    gateway().invalidate(false);
    await until(() => gateway().identified() === 2 && stage.adapter.health() === "up", "a new session");
    await stage.mention("echo anew");
    await shows("Echo: anew.");
    await until(() => script.log.lines.some(({ message }) => message.includes("new session")), "the warning");
    expect(script.log.lines.find(({ message }) => message.includes("new session"))?.fields).toHaveProperty(
      "mayBeMissed",
    );
    expect(count("I am a tutor")).toBe(0);
  });

  test("a connection that only seems to live is closed and resumed", async () => {
    await open({ heartbeatMs: 150 });
    gateway().zombie(true);
    await until(() => gateway().resumed() > 0, "the resume");
    gateway().zombie(false);
    await stage.mention("echo alive");
    await shows("Echo: alive.");
    expect(count("Echo: alive.")).toBe(1);
  });

  test("a wrong token is a sentence with its cure", async () => {
    await open();
    const wrong = discord({ token: "wrong", apiUrl: stage.server.api, log: keptLog() });
    await expect(wrong.start(script.tutor, stage.desk)).rejects.toThrow("Discord refused DISCORD_TOKEN.");
  });

  test("shards hear their own servers, direct messages come to the first", async () => {
    await open();
    await stage.stop();
    const guilds = ["2000000000000000001", "2000000000004194305"];
    const server = await loopback({ guilds });
    const parts = { token: TOKEN, apiUrl: server.api, log: script.log };
    const both = [0, 1].map((shard) => discord({ ...parts, shards: [shard], shardCount: 2 }));
    const desks = both.map((each) => script.desk(each.deliver));
    await Promise.all(both.map((each, i) => each.start(script.tutor, desks[i] ?? stage.desk)));
    for (const [i, guild] of guilds.entries()) server.say(`<@${BOT}> echo shard${i}`, { guild, mentions: [BOT] });
    server.say("echo direct", { channel: server.world.directOf(ANN) });
    const mine = () => server.world.messages.filter(({ author }) => author === BOT);
    await until(() => mine().length === 3, "three answers");
    await Promise.all(both.map((each) => each.stop()));
    expect(mine()).toHaveLength(3);
    expect(server.rest.faults).toEqual([]);
    await server.close();
  });
});

describe("posting", () => {
  const fate = (
    meets: "lost" | "cut" | { status: number; body: object; headers?: Record<string, string> },
    on = /^POST \/channels/,
  ) =>
    stage.server.rest.fates.push({
      on,
      meets: typeof meets === "object" ? { ...meets, body: { ...meets.body } } : meets,
    });
  const limited = (seconds: number) => ({
    status: 429,
    body: { message: "slow down", retry_after: seconds, global: false },
    headers: { "retry-after": String(seconds), "x-ratelimit-scope": "user" },
  });

  test("429 is waited for where it is short, put off where it is long", async () => {
    await open();
    fate(limited(0.05));
    await stage.mention("echo patient");
    await shows("Echo: patient.");
    fate(limited(120));
    expect(await stage.deliver(remark(["Later."]), KEY)).toMatchObject({ kind: "later" });
    expect(count("Later.")).toBe(0);
  });

  test("Discord's own trouble is tried again, with the same nonce", async () => {
    await open();
    fate("lost");
    fate({ status: 502, body: {} });
    await stage.mention("echo twice tried");
    await shows("Echo: twice tried.");
    await stage.say("echo end");
    await shows("Echo: end.");
    expect(count("Echo: twice tried.")).toBe(1);
  });

  test("a deferral whose response is lost still gets its answer", async () => {
    await open();
    fate("lost", /callback$/);
    await stage.command("echo", { words: "deferred" });
    await shows("Echo: deferred.");
    expect(count("Echo: deferred.")).toBe(1);
  });

  test("an answer after fifteen minutes comes as a message", async () => {
    await open();
    await stage.command("slow", {});
    await until(() => script.begun() > 0, "the answer to begin");
    stage.server.later(16 * 60_000);
    script.open();
    await shows("Slow answer.");
    expect(count("Slow answer.")).toBe(1);
  });

  test("who may not be answered in a channel hears why, and what would help", async () => {
    await open();
    stage.server.world.refused.set(GENERAL, 50_013);
    await stage.mention("echo hidden");
    await shows("give me Send Messages");
    expect(stage.posted()).toMatchObject([{ audience: "asker" }]);
    expect(await stage.deliver(remark(["A tip."]), KEY)).toMatchObject({ kind: "gone" });
  });

  test("a person's direct messages are a place as well; a channel that is gone is told so", async () => {
    await open();
    const to = (channel: string) =>
      stage.adapter.deliver({ platform: "discord", community: GUILD, channel }, remark(["For you."]), KEY);
    expect(await to(`@${ANN}`)).toEqual({ kind: "sent" });
    expect(stage.posted()).toMatchObject([{ audience: "asker", text: "For you." }]);
    expect(await to("7000000000000000001")).toMatchObject({ kind: "gone" });
  });

  test("a turn whose process died is answered by the next, once, and not twice where it stands already", async () => {
    await open();
    const far = Date.now() - 3_600_000;
    const turn = (id: string) => ({
      id,
      person: { id: ANN },
      place: { platform: "discord" as const, community: GUILD, channel: GENERAL },
      said: { kind: "text" as const, text: `echo ${id}` },
    });
    await script.store.inbox.claim("died-before", turn("died-before"), far, 1000);
    const taken = await script.store.inbox.claim("died-after", turn("died-after"), far, 1000);
    if (typeof taken === "string") throw new Error("not taken");
    const said = await script.tutor.answer(script.tutor.hear(taken.turn));
    await stage.deliver(said, taken.key);
    expect(await stage.desk.recover()).toBe(2);
    expect([count("Echo: died-before."), count("Echo: died-after.")]).toEqual([1, 1]);
    expect(plainText(said.blocks)).toContain("died-after");
  });

  test("what cannot be looked up is not posted again", async () => {
    await open();
    stage.server.world.refused.set(GENERAL, 50_001);
    expect(await stage.deliver(remark(["A tip."]), KEY, true)).toEqual({ kind: "unsure" });
  });
});
