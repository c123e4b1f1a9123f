/** Long answers are several messages: in order, none twice, and taken away together. */
import { afterEach, expect, test } from "vitest";
import { type DiscordStage, discordStage } from "../../support/discord/stage.ts";
import { ANN, BOT, GENERAL, type Json, MOD, OWNER, type Stored } from "../../support/discord/world.ts";
import { type Scripted, scripted } from "../../support/scripted.ts";
import { until } from "../contract.ts";

let stage: DiscordStage;
let script: Scripted;

async function open(): Promise<void> {
  script = await scripted();
  stage = await discordStage(script);
}

afterEach(async () => {
  script.open();
  await stage.close();
});

const mine = () => stage.server.world.messages.filter(({ author, deleted }) => author === BOT && !deleted);
/** All words of the long answer, once and in order. */
const whole = () =>
  stage
    .posted()
    .map(({ text }) => text)
    .join(" ")
    .match(/\bw\d+/g)
    ?.map((word) => Number(word.slice(1))) ?? [];
const isWhole = () => until(() => whole().length >= 2000 && /line299/.test(JSON.stringify(mine())), "the whole answer");
const inOrder = Array.from({ length: 2000 }, (_, i) => i);
const lose = (page: number) => {
  for (let i = 1; i < page; i++) stage.server.rest.fates.push({ on: /^POST \/webhooks/, meets: "pass" });
  stage.server.rest.fates.push({ on: /^POST \/webhooks/, meets: "lost" });
};
const remove = (message: Stored, by: string, more: Json = {}) =>
  stage.server.interact(
    2,
    {
      id: "1",
      type: 3,
      name: "Remove this answer",
      target_id: message.id,
      resolved: { messages: { [message.id]: stage.server.world.message(message) } },
    },
    { by, channel: message.channel },
    more,
  );
const says = (words: string) => until(() => stage.posted().some(({ text }) => text.includes(words)), words);

test("a follow-up whose response gets lost is looked for, not sent again", async () => {
  await open();
  lose(2);
  await stage.command("long", {});
  await isWhole();
  await stage.say("echo end");
  await says("Echo: end.");
  expect(whole()).toEqual(inOrder);
});

test("a page that is refused for now is tried again alone", async () => {
  await open();
  stage.server.rest.fates.push({ on: /^POST \/webhooks/, meets: "pass" });
  stage.server.rest.fates.push({
    on: /^POST \/webhooks/,
    meets: { status: 429, body: { message: "slow down", retry_after: 11 }, headers: { "retry-after": "11" } },
  });
  await stage.command("long", {});
  await isWhole();
  await stage.say("echo end");
  await says("Echo: end.");
  expect(whole()).toEqual(inOrder);
});

test("where the bot is no member and may follow up five times only, the asker gets all of it directly", async () => {
  await open();
  stage.server.interact(
    2,
    { id: "1", type: 1, name: "docker", options: [{ type: 1, name: "longest", options: [] }] },
    {},
    { authorizing_integration_owners: { "1": ANN } },
  );
  const direct = stage.server.world.directOf(ANN);
  await until(
    () => mine().some(({ channel, body }) => channel === direct && /the end/.test(JSON.stringify(body))),
    "it",
  );
  expect(stage.server.rest.faults).toEqual([]);
});

test.each([
  ["mention", () => stage.mention("long")],
  ["command", () => stage.command("long", {})],
])("every page of an answer to a %s goes when any of them is removed by who asked", async (_, ask) => {
  await open();
  await stage.mention("echo stays");
  await says("Echo: stays.");
  await ask();
  await isWhole();
  const pages = mine().filter(({ body }) => /w\d+ |echo line/.test(JSON.stringify(body)));
  expect(pages.length).toBeGreaterThan(3);
  const middle = pages[2];
  if (!middle) throw new Error("no third page");
  remove(middle, OWNER);
  await until(
    () => pages.every(({ deleted }) => deleted) || stage.posted().some(({ text }) => /who asked/.test(text)),
    "a word",
  );
  // The server's owner is a moderator; somebody else is not.
  expect(pages.every(({ deleted }) => deleted)).toBe(true);
  await says(`all ${pages.length} parts`);
  expect(stage.posted().some(({ text }) => text.includes("Echo: stays."))).toBe(true);
});

test("who did not ask removes nothing, whichever page is pointed at", async () => {
  await open();
  await stage.mention("long");
  await isWhole();
  const pages = mine();
  const last = pages.at(-1);
  if (!last) throw new Error("no page");
  remove(last, "4000000000000000009");
  await says("Only who asked");
  expect(pages.some(({ deleted }) => deleted)).toBe(false);
  remove(last, ANN);
  await says("parts of it");
  expect(pages.every(({ deleted }) => deleted)).toBe(true);
});

test("in direct messages the answer is the person's, and so is removing it", async () => {
  await open();
  await stage.say("echo private");
  await says("Echo: private.");
  const [answer] = mine();
  if (!answer) throw new Error("no answer");
  remove(answer, ANN);
  await says("Removed.");
  expect(answer.deleted).toBe(true);
});

test("without reading back, the page that was pointed at goes", async () => {
  await open();
  await stage.mention("long");
  await isWhole();
  const [first, ...rest] = mine();
  if (!first) throw new Error("no page");
  stage.server.rest.fates.push({
    on: /^GET \/channels\/\d+\/messages$/,
    meets: { status: 403, body: { code: 50_001 } },
  });
  remove(first, MOD);
  await says("Removed.");
  expect([first.deleted, rest.some(({ deleted }) => deleted)]).toEqual([true, false]);
  expect(first.channel).toBe(GENERAL);
});
