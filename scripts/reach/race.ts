/** One platform on 127.0.0.1 with two bots, each in a process and at a server of its own, asked turn by turn. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loopback } from "../../test/support/discord/server.ts";
import { BOT, type Json } from "../../test/support/discord/world.ts";
import { BOT_USER, openSlack } from "../../test/support/slack/server.ts";
import { constantFile } from "./bare.ts";
import type { Medium, Side } from "./sides.ts";

/** A bot as its platform sees it. */
export interface Bot {
  /** Milliseconds until the platform has the answer. */
  mention(text: string): Promise<number>;
  /** Something that the platform wants acknowledged: milliseconds until it is; the answer is waited for as well. */
  acknowledge(text: string): Promise<number>;
  /** The same without waiting for anything but its acknowledgement. */
  begin(text: string): Promise<unknown>;
  /** The message that was posted last, as the SDK takes it. */
  last(): object;
  faults(): readonly string[];
  close(): Promise<void>;
}

async function spawn(side: Side, medium: Medium, address: string, folder: string) {
  const child = fork(join(import.meta.dirname, "bot.ts"), [side, medium, address, folder]);
  const gone = once(child, "exit").then(([code]) => {
    throw new Error(`The ${side} bot ended with ${String(code)}.`);
  });
  gone.catch(() => undefined);
  const [message] = (await Promise.race([once(child, "message"), gone])) as [{ port: number }];
  const close = async () => {
    child.disconnect();
    await once(child, "exit");
  };
  return { port: message.port, close };
}

const BOTH = ["acknowledged", "posted"] as const;
type Watchers = Set<(event: "acknowledged" | "posted") => void>;

/** Milliseconds until each of the events is seen; every one is awaited from the same start. */
function clocked(watchers: Watchers, events: readonly ("acknowledged" | "posted")[], start: () => unknown) {
  const { promise, resolve } = Promise.withResolvers<number[]>();
  const seen = events.map(() => Number.NaN);
  const from = performance.now();
  const watcher = (event: "acknowledged" | "posted") => {
    const at = events.findIndex((each, i) => each === event && Number.isNaN(seen[i]));
    if (at >= 0) seen[at] = performance.now() - from;
    if (seen.some(Number.isNaN)) return;
    watchers.delete(watcher);
    resolve(seen);
  };
  watchers.add(watcher);
  start();
  return promise;
}

async function slackBot(side: Side, medium: Medium, folder: string): Promise<Bot> {
  const server = await openSlack({ mode: medium === "slack-http" ? "http" : "socket" });
  const child = await spawn(side, medium, server.apiUrl, folder);
  server.to(child.port);
  let count = 0;
  const send = (text: string) => {
    const ts = server.nextTs();
    count += 1;
    // A channel each, since a channel has a pace of its own.
    return server.event({
      type: "app_mention",
      user: "U0ANN",
      channel: `C0BENCH${count}`,
      ts,
      event_ts: ts,
      text: `<@${BOT_USER}> ${text}`,
    });
  };
  return {
    mention: async (text) => (await clocked(server.watchers, BOTH, () => send(text)))[1] ?? 0,
    acknowledge: async (text) => (await clocked(server.watchers, BOTH, () => send(text)))[0] ?? 0,
    begin: (text) => clocked(server.watchers, ["acknowledged"], () => send(text)),
    last() {
      const { text, blocks } = server.posts.at(-1) ?? {};
      return { text, blocks };
    },
    faults: () => server.faults,
    async close() {
      await child.close();
      await server.close();
    },
  };
}

async function discordBot(side: Side, medium: Medium, folder: string): Promise<Bot> {
  const server = await loopback();
  const child = await spawn(side, medium, server.api, folder);
  const command = (text: string) => {
    const [name, option, value] = /^hold (\d+)$/.test(text)
      ? ["hold", "seconds", text.slice(5)]
      : ["ask", "question", text];
    const options = [{ name, type: 1, options: [{ name: option, type: 3, value }] }];
    return server.interact(2, { id: "7000000000000000001", type: 1, name: "docker", options });
  };
  return {
    async mention(text) {
      const say = () => server.say(`<@${BOT}> ${text}`, { mentions: [BOT] });
      return (await clocked(server.rest.watchers, ["posted"], say))[0] ?? 0;
    },
    acknowledge: async (text) => (await clocked(server.rest.watchers, BOTH, () => command(text)))[0] ?? 0,
    begin: (text) => clocked(server.rest.watchers, ["acknowledged"], () => command(text)),
    last() {
      const { flags, components } = (server.world.messages.findLast(({ author }) => author === BOT)?.body ??
        {}) as Json;
      return { flags, components };
    },
    faults: () => server.rest.faults,
    async close() {
      await child.close();
      await server.close();
    },
  };
}

/** Both sides, warm; the bare one posts what ours answered to the first question. */
export async function openRace(medium: Medium, folder: string, question: string): Promise<Record<Side, Bot>> {
  const open = medium === "discord" ? discordBot : slackBot;
  const ours = await open("ours", medium, folder);
  await ours.mention(question);
  writeFileSync(constantFile(folder), JSON.stringify(ours.last()));
  return { ours, bare: await open("bare", medium, folder) };
}
