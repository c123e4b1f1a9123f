/** What the tutor says when it comes into a server: once, short, where it may write. */
import { ChannelType, type Guild, PermissionFlagsBits } from "discord.js";
import { type Call, directPlace, type Log, type Reply, remark, type Tutor } from "../../src/core/index.ts";
import type { Sender } from "./send.ts";

const WRITING = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages;

const FIRST_STEPS: readonly { readonly label: string; readonly call: Call }[] = [
  { label: "What is a container?", call: { command: "ask", args: { question: "what is a container" } } },
  { label: "VM or container?", call: { command: "compare", args: { a: "vm", b: "container" } } },
  { label: "Help", call: { command: "help", args: {} } },
];

export function welcome({ commands }: Pick<Tutor, "commands">): Reply {
  const has = (name: string) => commands.some((each) => each.name === name);
  return remark(
    [
      "I am a tutor for containers, microservices and Docker. Mention me with a question, write me a direct message, or type ",
      { kind: "code", text: "/docker" },
      "; I stay quiet otherwise. Who manages this server sets me up with ",
      { kind: "code", text: "/docker-admin settings" },
      ".",
    ],
    FIRST_STEPS.filter(({ call }) => has(call.command)),
  );
}

/** In the channel for news, else the first where it may write, else to the owner. */
export async function greet(guild: Guild, tutor: Tutor, sender: Sender, log: Log): Promise<void> {
  const key = `welcome${guild.id}`.slice(-22);
  const me = guild.members.me;
  const open = [guild.systemChannel, ...guild.channels.cache.values()].find(
    (channel) => channel?.type === ChannelType.GuildText && me && channel.permissionsFor(me).has(WRITING),
  );
  const reply = open
    ? welcome(tutor)
    : remark([
        `I was added to ${guild.name} and may not write in any of its channels. Give me View Channel and Send Messages where I should answer.`,
      ]);
  const here = { platform: "discord", community: guild.id } as const;
  const place = open ? { ...here, channel: open.id } : directPlace({ ...here, person: guild.ownerId });
  const delivered = await sender.deliver(place, reply, key);
  if (delivered.kind !== "sent") log.warn({ guild: guild.id, outcome: delivered.kind }, "welcome not posted");
}
