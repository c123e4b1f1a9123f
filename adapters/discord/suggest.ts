/** Completions while somebody types: at most 25, and never an error. */
import {
  type APIApplicationCommandAutocompleteInteraction,
  type APICommandAutocompleteInteractionResponseCallbackData,
  ApplicationCommandOptionType,
} from "discord.js";
import type { Tutor } from "../../src/core/index.ts";

const MOST = 25;
const LONG = 100;

export async function suggestions(
  { data }: APIApplicationCommandAutocompleteInteraction,
  tutor: Tutor,
): Promise<APICommandAutocompleteInteractionResponseCallbackData> {
  try {
    const [sub] = data.options ?? [];
    if (sub?.type !== ApplicationCommandOptionType.Subcommand) return { choices: [] };
    const focused = sub.options?.find((option) => "focused" in option && option.focused);
    const command = tutor.commands.find(({ name }) => name === sub.name);
    if (!focused || !command || !("value" in focused)) return { choices: [] };
    const found = await command.suggest(focused.name, String(focused.value).slice(0, LONG));
    const choices = [...new Set(found)].filter((each) => each && each.length <= LONG).slice(0, MOST);
    return { choices: choices.map((choice) => ({ name: choice, value: choice })) };
  } catch {
    return { choices: [] };
  }
}
