/** The tutor's commands -> Discord's: `/docker`, `/docker-admin` and two entries in a message's menu. */
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIApplicationCommandsJSONBody,
} from "discord.js";
import type { Command } from "../../src/core/index.ts";
import { localized } from "./names.ts";
import { cut } from "./text.ts";

export const EXPLAIN = "Explain this";
export const REMOVE = "Remove this answer";
const MOST = 25;
const SHORT = 100;
/** What is set for a whole channel or guild; each of them checks again who asks. */
const ADMIN = ["settings", "tips", "gaps"];

const EVERYWHERE = [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel];
const ANYBODY = [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall];

/** Everything to register; `guild` leaves out what only global commands may say. */
export function commandBodies(
  commands: readonly Command[],
  scope: "global" | "guild",
): RESTPostAPIApplicationCommandsJSONBody[] {
  const listed = commands.filter((command) => command.listed);
  const reach = (where: object) => (scope === "global" ? where : {});
  const everywhere = reach({ contexts: EVERYWHERE, integration_types: ANYBODY });
  const installed = reach({
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  });
  const isAdmin = ({ name }: Command) => ADMIN.includes(name);
  const bodies: RESTPostAPIApplicationCommandsJSONBody[] = [];
  const group = (name: string, description: string, members: readonly Command[], rest: object) => {
    if (members.length)
      bodies.push({
        type: ApplicationCommandType.ChatInput,
        name,
        description,
        ...localized(name),
        options: members.slice(0, MOST).map(subcommand),
        ...rest,
      });
  };
  group(
    "docker",
    "Ask about containers, microservices and Docker",
    listed.filter((each) => !isAdmin(each)),
    everywhere,
  );
  group("docker-admin", "What the tutor does in this server", listed.filter(isAdmin), {
    ...installed,
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
  });
  if (listed.some(({ name }) => name === "ask"))
    bodies.push({ type: ApplicationCommandType.Message, name: EXPLAIN, ...localized(EXPLAIN), ...everywhere });
  // The bot can take away only what it wrote as a member, or in its own direct messages.
  const own = reach({
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  });
  bodies.push({ type: ApplicationCommandType.Message, name: REMOVE, ...localized(REMOVE), ...own });
  return bodies;
}

const subcommand = (command: Command): APIApplicationCommandSubcommandOption => ({
  type: ApplicationCommandOptionType.Subcommand,
  name: command.name,
  description: cut(command.summary, SHORT),
  ...localized(command.name),
  options: optionsOf(command),
});

/** Only what a person would type: a command without usage takes nothing, an argument without words is a button's. */
function optionsOf(command: Command): APIApplicationCommandBasicOption[] {
  if (!command.usage) return [];
  return (
    command.options
      .filter(({ name, description }) => description !== name)
      // Discord wants the required ones in front.
      .toSorted((a, b) => Number(b.required) - Number(a.required))
      .slice(0, MOST)
      .map((option): APIApplicationCommandBasicOption => {
        const common = { name: option.name, description: cut(option.description, SHORT), required: option.required };
        const { choices } = option;
        return {
          type: ApplicationCommandOptionType.String,
          ...common,
          ...(choices && choices.length <= MOST
            ? { choices: choices.map((choice) => ({ name: choice, value: choice })) }
            : command.suggests
              ? { autocomplete: true as const }
              : {}),
        };
      })
  );
}

/** Does what is registered say the same? Discord adds fields of its own and leaves out what is standard. */
export function sameCommands(ours: readonly object[], theirs: readonly object[]): boolean {
  const byName = (list: readonly object[]) => list.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)));
  return covers(byName(theirs), byName(ours));
}

const nameOf = (command: object): string => ("name" in command ? `${command.name}` : "");

function covers(theirs: unknown, ours: unknown): boolean {
  if (Array.isArray(ours)) {
    const list: readonly unknown[] = Array.isArray(theirs) ? theirs : [];
    return list.length === ours.length && ours.every((each, i) => covers(list[i], each));
  }
  if (typeof ours === "object" && ours !== null) {
    const record = typeof theirs === "object" && theirs !== null ? Object.entries(theirs) : [];
    const known = new Map<string, unknown>(record);
    return Object.entries(ours).every(([name, value]) => covers(known.get(name), value));
  }
  return (theirs ?? false) === (ours ?? false);
}
