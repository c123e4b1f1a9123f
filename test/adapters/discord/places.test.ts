/** Every place in which Discord lets people use an app, the menus in their languages, and what is said where a permission is missing. */
import { afterEach, describe, expect, test } from "vitest";
import { deskOver } from "../../support/desk.ts";
import { type DiscordStage, discordStage } from "../../support/discord/stage.ts";
import { ANN, BOT, GENERAL, GUILD, type Json, OWNER } from "../../support/discord/world.ts";
import { type Scripted, scripted } from "../../support/scripted.ts";
import { keptLog, library, memoryStore, tutor as realTutor } from "../../support/tutor.ts";
import { until } from "../contract.ts";

let stage: DiscordStage;
let script: Scripted;

async function open(): Promise<void> {
  script = await scripted();
  stage = await discordStage(script);
}

async function openReal(): Promise<void> {
  library();
  const log = keptLog();
  const store = await memoryStore(Date.now);
  const tutor = realTutor({ log, store, clock: Date.now });
  script = { ...(await scripted(store)), tutor, log, desk: (post) => deskOver({ tutor, store, log }, post) };
  stage = await discordStage(script);
}

afterEach(async () => {
  script.open();
  await stage.close();
});

const says = (words: string | RegExp) =>
  until(() => stage.posted().some(({ text }) => new RegExp(words).test(text)), String(words));
const sub = (group: string, name: string, args: Readonly<Record<string, string>> = {}) => ({
  id: "1",
  type: 1,
  name: group,
  options: [{ type: 1, name, options: Object.entries(args).map(([key, value]) => ({ name: key, type: 3, value })) }],
});
const last = () => stage.server.world.messages.findLast(({ author }) => author === BOT);

describe("where an app can be used", () => {
  const elsewhere = "2000000000000000077";
  test.each([
    ["a server", {}, {}],
    [
      "a server in which only the person has it",
      { guild: elsewhere },
      { authorizing_integration_owners: { "1": ANN } },
    ],
    [
      "a group of friends",
      { guild: undefined },
      {
        guild_id: undefined,
        member: undefined,
        user: { id: ANN, username: "ann" },
        context: 2,
        channel: { id: GENERAL, type: 3 },
      },
    ],
  ] as const)("the command works in %s", async (_, where, more) => {
    await open();
    stage.server.interact(2, sub("docker", "echo", { words: "hello" }), where, more);
    await says("Echo: hello.");
  });

  test("and in direct messages, where buttons go on", async () => {
    await open();
    const channel = stage.server.world.directOf(ANN);
    stage.server.interact(2, sub("docker", "menu"), { channel });
    await says("Menu.");
    await stage.click("Say more");
    await says("Echo: more.");
    expect(last()?.channel).toBe(channel);
  });

  test("what one person sets or asks in direct messages reaches nobody else", async () => {
    await openReal();
    const direct = (by: string) => ({ by, channel: stage.server.world.directOf(by) });
    stage.server.interact(
      2,
      sub("docker-admin", "settings", { name: "level", value: "advanced", scope: "everywhere" }),
      direct(ANN),
    );
    await says("Set level advanced everywhere");
    stage.server.interact(2, sub("docker-admin", "settings", { name: "audit" }), direct(OWNER));
    await says("No setting has been changed yet");
    const group = { guild_id: undefined, member: undefined, user: { id: ANN, username: "ann" }, context: 2 };
    stage.server.interact(2, sub("docker-admin", "settings"), { guild: undefined }, group);
    await says("Only moderators");
  });
});

describe("the menus", () => {
  test("are in German, French and Spanish as well, each name once, and registered only on change", async () => {
    await openReal();
    const { commands } = stage.server.world;
    const subs = commands.flatMap(({ options }) => (options ?? []) as Json[]);
    for (const language of ["de", "fr", "es-ES", "es-419"]) {
      const names = [...commands, ...subs].map((each) => (each.name_localizations as Json | undefined)?.[language]);
      expect(names.filter((name) => name === undefined)).toEqual([]);
      expect(new Set(names).size).toBe(names.length);
    }
    const ask = subs.find(({ name }) => name === "ask");
    expect(ask).toMatchObject({
      name_localizations: { de: "fragen" },
      description_localizations: { fr: expect.stringMatching(/question/) },
    });
    const put = () => stage.server.rest.requests.filter((each) => each.startsWith("PUT")).length;
    const again = await discordStage(script, { server: stage.server });
    await again.adapter.stop();
    expect(put()).toBe(1);
    stage.server.world.commands = commands.map((each) =>
      each.name === "docker" ? { ...each, description_localizations: { de: "veraltet" } } : each,
    );
    const changed = await discordStage(script, { server: stage.server });
    await changed.adapter.stop();
    expect(put()).toBe(2);
  });

  test("Explain this explains each concept that a message names, to the asker alone", async () => {
    await openReal();
    const explain = (content: string, id: string) =>
      stage.server.interact(2, {
        id: "1",
        type: 3,
        name: "Explain this",
        target_id: id,
        resolved: { messages: { [id]: { id, channel_id: GENERAL, content, author: { id: OWNER } } } },
      });
    explain("moved the api into its own pod last night, its named volume is gone and the reverse proxy says 502", "9");
    await says(/Pod[\s\S]*Volume[\s\S]*Source/i);
    expect(last()?.audience).toBe("asker");
    await stage.click("More on Pod");
    await until(() => stage.posted().length === 2, "the whole answer");
    const form = explain("", "10");
    await until(() => form.modal !== undefined, "the form");
  });
});

describe("a missing permission", () => {
  test.each([
    [50_001, "give me View Channel"],
    [50_013, "give me Send Messages"],
    [50_083, "thread is archived: reopen it, or give me Manage Threads"],
    [160_005, "thread is locked"],
    [200_000, "AutoMod blocked the message"],
    [10_003, "channel is not there any more"],
  ])("code %i is told to who asked, with its cure, and to who set a tip", async (code, words) => {
    await open();
    stage.server.world.refused.set(GENERAL, code);
    await stage.mention("echo hidden");
    await says(words);
    expect(stage.posted()).toMatchObject([{ audience: "asker" }]);
    expect(stage.posted()[0]?.text).toContain("Somebody who manages that server can change it");
    const place = { platform: "discord", community: GUILD, channel: GENERAL } as const;
    const reply = await script.tutor.answer(
      script.tutor.hear({ id: "1", person: { id: ANN }, place, said: { kind: "text", text: "echo tip" } }),
    );
    const outcome = await stage.adapter.deliver(place, reply, "t".repeat(22));
    expect(outcome.kind === "gone" && outcome.reason.includes(words)).toBe(true);
  });

  test("a person who takes no direct messages is left in peace", async () => {
    await open();
    stage.server.world.refused.set(GENERAL, 50_013);
    stage.server.world.refused.set(stage.server.world.directOf(ANN), 50_007);
    await stage.mention("echo hidden");
    await until(
      () => script.log.lines.some(({ message }) => message === "the asker could not be told"),
      "the log line",
    );
    stage.server.world.refused.clear();
    await stage.mention("echo after");
    await says("Echo: after.");
  });
});
