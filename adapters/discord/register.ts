/** Registers the commands where they changed: Discord counts creations, and people see menus reload. */
import { type REST, type RESTGetAPIApplicationCommandsResult, Routes } from "discord.js";
import type { Log, Tutor } from "../../src/core/index.ts";
import { commandBodies, sameCommands } from "./commands.ts";

/** True where something was written. */
export async function registerCommands(
  rest: REST,
  application: string,
  tutor: Tutor,
  devGuild: string | undefined,
  log: Log,
): Promise<boolean> {
  const route = devGuild
    ? Routes.applicationGuildCommands(application, devGuild)
    : Routes.applicationCommands(application);
  const body = commandBodies(tutor.commands, devGuild ? "guild" : "global");
  const query = new URLSearchParams({ with_localizations: "true" });
  const registered = (await rest.get(route, { query })) as RESTGetAPIApplicationCommandsResult;
  if (sameCommands(body, registered)) return false;
  await rest.put(route, { body });
  log.info({ commands: body.length, ...(devGuild ? { devGuild } : {}) }, "Discord commands registered");
  return true;
}
