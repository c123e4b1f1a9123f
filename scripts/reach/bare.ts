/** The least that each SDK needs to answer: no store, no search, one constant message. What the tutor is measured against. */
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from "@slack/bolt";
import { Client, Events, GatewayIntentBits, type MessageCreateOptions, Routes } from "discord.js";
import { TOKEN } from "../../test/support/discord/world.ts";
import { SECRET } from "../../test/support/slack/server.ts";
import type { Medium } from "./sides.ts";

/** A message as the tutor posts it, so that both sides send, carry and check the same bytes. */
export const constantFile = (folder: string): string => join(folder, "constant.json");
const constant = (folder: string): object => JSON.parse(readFileSync(constantFile(folder), "utf8")) as object;

export async function bareSlack(medium: Medium, address: string, folder: string): Promise<number> {
  const message = { text: "", ...constant(folder) };
  const http = medium === "slack-http" ? new HTTPReceiver({ signingSecret: SECRET, port: 0 }) : undefined;
  const app = new App({
    token: "xoxb-loopback-1",
    receiver:
      http ??
      new SocketModeReceiver({
        appToken: "xapp-1-loopback",
        installerOptions: { clientOptions: { slackApiUrl: address } },
      }),
    clientOptions: { slackApiUrl: address },
    logLevel: LogLevel.ERROR,
  });
  app.event("app_mention", async ({ event, client }) => {
    await client.chat.postMessage({
      ...message,
      channel: event.channel,
      thread_ts: event.ts,
      unfurl_links: false,
      unfurl_media: false,
    });
  });
  const server = (await app.start(0)) as { address?: () => AddressInfo } | undefined;
  return http ? (server?.address?.().port ?? 0) : 0;
}

export async function bareDiscord(_medium: Medium, address: string, folder: string): Promise<number> {
  const message = constant(folder) as MessageCreateOptions;
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
    allowedMentions: { parse: [], repliedUser: false },
    // Its own count of 50 a second would be measured otherwise.
    rest: { api: address, globalRequestsPerSecond: Number.POSITIVE_INFINITY },
  });
  client.on(Events.MessageCreate, async (heard) => {
    if (client.user && heard.mentions.has(client.user)) await heard.reply(message);
  });
  client.on(Events.InteractionCreate, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply();
    const original = Routes.webhookMessage(interaction.applicationId, interaction.token);
    await client.rest.patch(original, { body: { ...message, allowed_mentions: { parse: [] } }, auth: false });
  });
  const ready = new Promise((done) => client.once(Events.ClientReady, done));
  await client.login(TOKEN);
  await ready;
  return 0;
}
