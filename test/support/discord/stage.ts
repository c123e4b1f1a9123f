/** The contract's stage: the real adapter with the real discord.js against the loopback. */
import { discord } from "../../../adapters/discord/index.ts";
import type { Adapter } from "../../../src/core/adapter.ts";
import type { Desk } from "../../../src/core/desk.ts";
import type { Shown, Stage } from "../../adapters/contract.ts";
import { until } from "../../adapters/contract.ts";
import type { Scripted } from "../scripted.ts";
import { readable } from "./readable.ts";
import type { Interaction } from "./rest.ts";
import { type Loopback, loopback } from "./server.ts";
import { ANN, BOT, GENERAL, GUILD, type Json, OTHER_BOT, type Stored, snowflake, TOKEN, userOf } from "./world.ts";

export interface DiscordStage extends Stage {
  readonly server: Loopback;
  readonly adapter: Adapter;
  readonly desk: Desk;
}

export const shownOf = (stored: Stored): Shown => ({
  ...readable(stored.body),
  audience: stored.audience,
});

export async function discordStage(
  script: Scripted,
  { content = true, heartbeatMs, server: given }: { content?: boolean; heartbeatMs?: number; server?: Loopback } = {},
): Promise<DiscordStage> {
  const server = given ?? (await loopback({ content, ...(heartbeatMs ? { heartbeatMs } : {}) }));
  const adapter = discord({ token: TOKEN, apiUrl: server.api, log: script.log });
  const desk = script.desk(adapter.deliver);
  await adapter.start(script.tutor, desk);
  let spoken: Json | undefined;
  let opened: Interaction | undefined;
  let stopped: Promise<void> | undefined;
  const mine = () => server.world.messages.filter(({ author, deleted }) => author === BOT && !deleted);
  const fields = (): readonly { label: string; id: string; select: boolean }[] =>
    ((opened?.modal?.components ?? []) as Json[]).map((each) => {
      const field = each.component as Json;
      return { label: String(each.label), id: String(field.custom_id), select: field.type === 3 };
    });
  const stop = () => {
    stopped ??= adapter.stop().then(() => desk.stop());
    return stopped;
  };
  return {
    server,
    adapter,
    desk,
    async say(text) {
      spoken = server.say(text, { channel: server.world.directOf(ANN) });
    },
    async mention(text) {
      spoken = server.say(`<@${BOT}> ${text}`, { mentions: [BOT] });
    },
    async chatter(text) {
      server.say(text);
    },
    async noise() {
      const { gateway } = server;
      const edited = server.say("to be changed");
      gateway.emit("MESSAGE_UPDATE", { ...edited, content: `<@${BOT}> echo edited`, mentions: [userOf(BOT)] });
      gateway.emit("MESSAGE_DELETE", { id: edited.id, channel_id: GENERAL, guild_id: GUILD });
      server.say(`<@${BOT}> echo other bot`, { by: OTHER_BOT, mentions: [BOT] });
      server.say("echo myself", { by: BOT, channel: server.world.directOf(ANN) });
      server.say(`<@${BOT}> echo hook`, { mentions: [BOT], more: { webhook_id: snowflake() } });
      server.say("", { mentions: [BOT], more: { type: 7 } });
      server.say("@everyone echo all", { more: { mention_everyone: true } });
    },
    async redeliver() {
      if (spoken) server.gateway.emit("MESSAGE_CREATE", spoken);
    },
    async command(name, args) {
      const options = Object.entries(args).map(([key, value]) => ({ name: key, type: 3, value }));
      const known = server.world.commands
        .filter((each) => each.name === "docker" || each.name === "docker-admin")
        .find((each) => ((each.options ?? []) as Json[]).some((option) => option.name === name));
      if (!known) throw new Error(`There is no command ${name}.`);
      server.interact(2, { id: known.id, type: 1, name: known.name, options: [{ name, type: 1, options }] });
    },
    async click(label) {
      const holds = (stored: Stored) => readable(stored.body).ids.get(label);
      await until(() => mine().some(holds), `a button "${label}"`);
      const stored = mine().findLast(holds);
      if (!stored) return;
      opened = server.interact(
        3,
        { custom_id: holds(stored), component_type: 2 },
        { channel: stored.channel },
        { message: server.world.message(stored) },
      );
    },
    form: () => (opened?.modal ? fields().map(({ label }) => label) : undefined),
    async submit(values) {
      const components = fields().map(({ label, id, select }) => ({
        type: 18,
        id: 1,
        component: select
          ? { type: 3, id: 2, custom_id: id, values: values[label] === undefined ? [] : [values[label]] }
          : { type: 4, id: 2, custom_id: id, value: values[label] ?? "" },
      }));
      server.interact(5, { custom_id: opened?.modal?.custom_id, components });
      opened = undefined;
    },
    posted: () => mine().map(shownOf),
    events: () => server.rest.events,
    pinged: () => mine().flatMap(({ body }) => pings(body)),
    dropReply() {
      server.rest.fates.push({ on: /^POST \/channels\/\d+\/messages$/, meets: "lost" });
    },
    deliver: (reply, key, again) =>
      adapter.deliver({ platform: "discord", community: GUILD, channel: GENERAL }, reply, key, {
        again: again ?? false,
      }),
    stop,
    async close() {
      await stop();
      await server.close();
      if (server.rest.faults.length) throw new Error(`Discord would refuse:\n${server.rest.faults.join("\n")}`);
    },
  };
}

/** Whom a body would ping: by its own allowance, as Discord reads it. */
function pings(body: Json): string[] {
  const allowed = body.allowed_mentions as Json | undefined;
  const parse = Array.isArray(allowed?.parse) ? allowed.parse : ["everyone", "users", "roles"];
  const text = JSON.stringify(body);
  return [
    ...(parse.includes("everyone") ? (text.match(/@(?:everyone|here)/g) ?? []) : []),
    ...(parse.includes("users") ? (text.match(/<@!?\d+>/g) ?? []) : []),
    ...(parse.includes("roles") ? (text.match(/<@&\d+>/g) ?? []) : []),
  ];
}
