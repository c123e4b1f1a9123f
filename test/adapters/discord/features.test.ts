/** What people expect of a tutor on Discord, one test each, with the real tutor where its answers matter. */
import { afterEach, describe, expect, test } from "vitest";
import { about } from "../../../src/core/reply.ts";
import { deskOver } from "../../support/desk.ts";
import { readable } from "../../support/discord/readable.ts";
import { type DiscordStage, discordStage } from "../../support/discord/stage.ts";
import { ANN, BOT, BOT_ROLE, GENERAL, GUILD, type Json, MOD, OWNER } from "../../support/discord/world.ts";
import { type Scripted, scripted } from "../../support/scripted.ts";
import { keptLog, library, memoryStore, tutor as realTutor } from "../../support/tutor.ts";
import { until } from "../contract.ts";

let stage: DiscordStage;
let script: Scripted;
type Options = Parameters<typeof discordStage>[1];

/** The scripted tutor of the contract. */
async function open(options: Options = {}): Promise<void> {
  script = await scripted();
  stage = await discordStage(script, options);
}

/** The real tutor with its real pages. */
async function openReal(options: Options = {}, kept?: Scripted["store"]): Promise<void> {
  // The service reads its pages before it listens.
  library();
  const log = keptLog();
  const store = kept ?? (await memoryStore(Date.now));
  const tutor = realTutor({ log, store, clock: Date.now });
  script = {
    ...(await scripted(store)),
    tutor,
    log,
    store,
    desk: (post) => deskOver({ tutor, store, log }, post),
  };
  stage = await discordStage(script, options);
}

afterEach(async () => {
  script.open();
  await stage.close();
});

const texts = () => stage.posted().map(({ text }) => text);
const shows = (words: string | RegExp) =>
  until(
    () => texts().some((text) => (typeof words === "string" ? text.includes(words) : words.test(text))),
    `${words}`,
  );
const lastBody = (): Json => stage.server.world.messages.findLast(({ author }) => author === BOT)?.body ?? {};
const lastSent = () => stage.server.world.messages.findLast(({ author }) => author === BOT);
const sub = (name: string, options: object[]) => ({
  id: "1",
  type: 1,
  name: "docker",
  options: [{ type: 1, name, options }],
});

describe("where the tutor listens", () => {
  test("a reply to it, its role, and its own thread; nothing else in them", async () => {
    await open();
    await stage.mention("echo first");
    await shows("Echo: first.");
    const answer = lastSent();
    if (!answer) throw new Error("no answer");
    stage.server.say("echo reply", { answers: stage.server.world.message(answer) });
    await shows("Echo: reply.");
    stage.server.say(`<@&${BOT_ROLE}> echo role`, { more: { mention_roles: [BOT_ROLE] } });
    await shows("Echo: role.");
    await script.store.settings.set(
      { platform: "discord", community: GUILD, channel: GENERAL },
      "community",
      "threads",
      "on",
      { platform: "discord", community: GUILD, person: MOD },
      Date.now(),
    );
    stage.server.say("echo to a friend", { mentions: [OWNER] });
    await stage.say("echo end");
    await shows("Echo: end.");
    expect(stage.posted()).toHaveLength(4);
  });

  test("answers in a thread of its own where that is set, and goes on there without a mention", async () => {
    await open();
    const place = { platform: "discord", community: GUILD, channel: GENERAL } as const;
    const by = { platform: "discord", community: GUILD, person: MOD } as const;
    await script.store.settings.set(place, "community", "threads", "on", by, Date.now());
    await stage.mention("echo begin");
    await shows("Echo: begin.");
    const thread = lastSent()?.channel ?? "";
    expect(stage.server.world.channels.get(thread)).toMatchObject({ type: 11, parent_id: GENERAL, name: "echo begin" });
    stage.server.gateway.emit("THREAD_CREATE", { ...stage.server.world.channels.get(thread), newly_created: true });
    stage.server.say("echo on", { channel: thread });
    await shows("Echo: on.");
    expect(lastSent()?.channel).toBe(thread);
    stage.server.say("thanks!", { channel: thread, mentions: [OWNER] });
    stage.server.say("echo reply of a friend", {
      channel: thread,
      answers: stage.server.say("hm", { channel: thread, by: OWNER, mentions: [ANN] }),
    });
    await stage.say("echo end");
    await shows("Echo: end.");
    expect(stage.posted()).toHaveLength(3);
    await script.store.settings.set(place, "channel", "threads", "off", by, Date.now());
  });

  test("without the right to open threads it replies", async () => {
    await open();
    const place = { platform: "discord", community: GUILD, channel: GENERAL } as const;
    await script.store.settings.set(
      place,
      "community",
      "threads",
      "on",
      { platform: "discord", community: GUILD, person: MOD },
      Date.now(),
    );
    stage.server.world.refused.set(`threads ${GENERAL}`, 50_013);
    await stage.mention("echo below");
    await shows("Echo: below.");
    expect(lastSent()).toMatchObject({ channel: GENERAL });
    expect(lastSent()?.referenced).toBeDefined();
  });

  test("without Message Content it starts, says so once, and mention, direct message and command work", async () => {
    await open({ content: false });
    expect(script.log.lines.filter(({ message }) => message.includes("Message Content"))).toHaveLength(1);
    await stage.mention("echo mention");
    await shows("Echo: mention.");
    await stage.say("echo direct");
    await shows("Echo: direct.");
    await stage.command("echo", { words: "command" });
    await shows("Echo: command.");
    const answer = lastSent();
    if (!answer) throw new Error("no answer");
    // The words of this reply are withheld: a form asks for them.
    stage.server.say("echo unread", { answers: stage.server.world.message(answer) });
    await shows("mention me with all of it");
    await stage.click("Ask the tutor");
    await until(() => stage.form() !== undefined, "the form");
    await stage.submit({ "Your question": "read now" });
    await shows("Asked: read now.");
  });

  test("only what is for the asker alone waits behind a button, which is the asker's", async () => {
    await open();
    await stage.mention("secret hush");
    await shows("for you alone");
    expect(texts().join()).not.toContain("hush");
    const id = readable(lastBody()).ids.get("Show it to me");
    stage.server.interact(3, { custom_id: id, component_type: 2 }, { by: OWNER });
    await shows("for the person who asked");
    await stage.click("Show it to me");
    await shows("Between us: hush.");
    expect(stage.posted().find(({ text }) => text.includes("hush"))?.audience).toBe("asker");
  });
});

describe("commands", () => {
  test("two groups and two menu entries, in every context, registered only on change", async () => {
    await openReal();
    const { commands } = stage.server.world;
    expect(commands.map(({ name }) => name)).toEqual(["docker", "docker-admin", "Explain this", "Remove this answer"]);
    const [docker, admin] = commands;
    expect(docker).toMatchObject({ contexts: [0, 1, 2], integration_types: [0, 1] });
    expect(admin).toMatchObject({ contexts: [0], default_member_permissions: "32" });
    const compare = ((docker?.options ?? []) as Json[]).find(({ name }) => name === "compare");
    expect(compare?.options).toMatchObject([
      { name: "a", type: 3, autocomplete: true },
      { name: "b", type: 3, autocomplete: true },
    ]);
    expect(((admin?.options ?? []) as Json[]).map(({ name }) => name)).toEqual(["settings", "gaps", "tips"]);
    const again = await discordStage(script, { server: stage.server });
    await again.adapter.stop();
    expect(stage.server.rest.requests.filter((each) => each.startsWith("PUT"))).toHaveLength(1);
  });

  test("completions: at most 25, typos forgiven, never an error", async () => {
    await openReal();
    const type = async (value: string, name = "compare", option = "a") => {
      const known = stage.server.interact(4, sub(name, [{ type: 3, name: option, value, focused: true }]));
      await until(() => known.choices !== undefined, "completions");
      return (known.choices ?? []).map((each) => String(each.value));
    };
    expect((await type("volum")).length).toBeGreaterThan(0);
    expect((await type("contaner")).join(" ").toLowerCase()).toContain("container");
    expect((await type("")).length).toBeLessThanOrEqual(25);
    expect(await type("x", "nothing")).toEqual([]);
    for (const odd of ["\\", "(((", "a".repeat(6000), "🐳"]) expect(Array.isArray(await type(odd))).toBe(true);
  });

  test("compare is read on a phone: no pipes, one text an aspect, and a table on request", async () => {
    await openReal();
    await stage.command("compare", { a: "vm", b: "container" });
    await shows("Kernel");
    const shown = lastSent();
    expect(texts().join()).not.toMatch(/^\|/m);
    expect(shown?.audience).toBe("everyone");
    await stage.click("Table");
    await until(() => JSON.stringify(lastBody()).includes("```"), "the table");
    expect(lastSent()?.audience).toBe("asker");
    const code = /```\n([\s\S]*?)\n```/.exec(
      JSON.parse(`"${JSON.stringify(lastBody()).match(/"content":"(```.*?```)"/)?.[1] ?? ""}"`),
    )?.[1];
    expect(Math.max(...(code ?? "x".repeat(99)).split("\n").map((line) => line.length))).toBeLessThanOrEqual(38);
  });

  test("an answer is removed by who asked or a moderator, by nobody else", async () => {
    await open();
    await stage.mention("echo gone");
    await shows("Echo: gone.");
    const answer = lastSent();
    if (!answer) throw new Error("no answer");
    const remove = (by: string) =>
      stage.server.interact(
        2,
        {
          id: "1",
          type: 3,
          name: "Remove this answer",
          target_id: answer.id,
          resolved: { messages: { [answer.id]: stage.server.world.message(answer) } },
        },
        { by },
      );
    remove("4000000000000000009");
    await shows("Only who asked");
    expect(answer.deleted).toBe(false);
    remove(ANN);
    await shows("Removed.");
    expect(answer.deleted).toBe(true);
  });

  test("settings are asked again who asks, at each click, and seen by the asker alone", async () => {
    await openReal();
    await stage.command("settings", {});
    await shows("Only moderators");
    expect(lastSent()?.audience).toBe("asker");
    stage.server.interact(
      2,
      { id: "1", type: 1, name: "docker-admin", options: [{ type: 1, name: "settings", options: [] }] },
      { by: MOD },
    );
    await shows("What holds in this channel");
    const change = readable(lastBody()).ids.get("Change");
    const form = stage.server.interact(3, { custom_id: change, component_type: 2 }, { by: ANN });
    await until(() => form.response !== undefined, "the response");
    stage.server.interact(
      5,
      {
        custom_id: change,
        components: [
          { type: 18, component: { type: 3, custom_id: "name", values: ["threads"] } },
          { type: 18, component: { type: 4, custom_id: "value", value: "on" } },
        ],
      },
      { by: ANN },
    );
    await until(() => texts().filter((text) => text.includes("Only moderators")).length === 2, "the refusal");
  });
});

describe("how it answers", () => {
  test("cites, and says when it does not know", async () => {
    await openReal();
    await stage.mention("what is a volume?");
    await shows(/Source: /);
    await stage.mention("what is the best pizza in Naples?");
    await until(() => stage.posted().length === 2, "the second answer");
    expect(texts()[1]).not.toMatch(/Source/);
  });

  test("goes on where the thread was, also after a restart", async () => {
    await openReal();
    await stage.mention("what is a bind mount?");
    await shows(/bind mount/i);
    await stage.stop();
    const store = script.store;
    const server = stage.server;
    await openReal({ server }, store);
    await stage.mention("and its drawbacks?");
    await until(() => stage.posted().length === 2, "the follow-up");
    expect(texts()[1]).toMatch(/bind|mount|host/i);
  });

  test("Not helpful leads to a form; both clicks are the asker's", async () => {
    await openReal();
    await stage.mention("what is a volume?");
    await shows(/volume/i);
    await stage.click("Not helpful");
    await shows("did not help");
    await stage.click("Say why");
    await until(() => stage.form() !== undefined, "the form");
    await stage.submit({ "What was missing or wrong (shown unnamed)": "an example" });
    await shows("Moderators read");
    expect(
      stage
        .posted()
        .slice(1)
        .map(({ audience }) => audience),
    ).toEqual(["asker", "asker"]);
  });

  test("drawings are attached with their words; without the right to attach the words stay", async () => {
    await open();
    await stage.mention("kinds");
    await shows("fact tip");
    expect(lastSent()?.files).toEqual(["fact.png"]);
    expect(JSON.stringify(lastBody())).toContain('"description":"fact figure');
    stage.server.world.refused.set(GENERAL, -1);
    await stage.mention("kinds");
    await until(() => stage.posted().length === 2, "the words");
    expect(lastSent()?.files).toEqual([]);
    expect(texts()[1]).toContain("fact figure: a box above a box");
  });

  test("tips make no sound and are posted once", async () => {
    await open();
    const tip = { blocks: [{ kind: "note" as const, tone: "tip" as const, line: ["Pin it."] }], about: about("chat") };
    expect(await stage.deliver(tip, "k".repeat(22))).toEqual({ kind: "sent" });
    expect(Number(lastBody().flags) & (1 << 12)).toBeTruthy();
  });

  test("privacy and forget answer the asker, in a server and in direct messages", async () => {
    await openReal();
    await stage.command("privacy", {});
    await shows(/keep/i);
    expect(lastSent()?.audience).toBe("asker");
    await stage.say("forget me");
    await until(() => stage.posted().length === 2, "the question");
    expect(readable(lastBody()).buttons.length).toBeGreaterThan(0);
  });

  test("a new server is greeted once, where it may write", async () => {
    await open();
    const id = "2000000000000000099";
    const channel = {
      id: "3000000000000000099",
      type: 0,
      guild_id: id,
      name: "start",
      position: 0,
      permission_overwrites: [],
    };
    stage.server.world.channels.set(channel.id, channel);
    stage.server.gateway.emit("GUILD_CREATE", { ...stage.server.world.guild(id), guild_id: id });
    await shows("I am a tutor");
    expect(lastSent()?.channel).toBe(channel.id);
  });
});
