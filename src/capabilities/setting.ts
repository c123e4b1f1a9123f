/** Settings as people name them and their values. */
import { quote, TutorError } from "../core/errors.ts";
import { SETTINGS, type Setting } from "../core/preferences.ts";
import type { Library } from "../library/library.ts";
import { distance } from "../library/words.ts";
import { nearestArea } from "../tips/when.ts";
import { areasOf } from "./topics.ts";

export const NAMES = SETTINGS.map(({ name }) => name);
const EVERYWHERE = /\b(?:everywhere|for (?:all|every) channels?|in all channels|community|workspace|server|guild)$/i;
const HERE = /\b(?:in this channel|this channel|only here)$/i;

/** "followup off everywhere" -> name, value, scope. */
export function parseSetting(rest: string): Record<string, string> {
  const asked = rest.trim();
  const everywhere = EVERYWHERE.test(asked);
  const said = asked.replace(EVERYWHERE, "").trim().replace(HERE, "").trim();
  const [, name = "", value = ""] = /^(\S+?)(?:\s*[=:]\s*|\s+|$)(?:to\s+)?(.*)$/s.exec(said) ?? [];
  return {
    ...(name ? { name } : {}),
    ...(value.trim() ? { value: value.trim() } : {}),
    ...(everywhere ? { scope: "everywhere" } : {}),
  };
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, "");

export function nearestSetting(said: string): Setting | undefined {
  const name = plain(said);
  if (name.length < 3) return undefined;
  return (
    SETTINGS.find((setting) => plain(setting.name) === name) ??
    SETTINGS.find((setting) => distance(plain(setting.name), name, 1) <= 1)
  );
}

export function findSetting(said: string): Setting {
  const setting = nearestSetting(said);
  if (setting) return setting;
  if (plain(said) === "tips")
    throw new TutorError("learner", "Daily tips have their own command.", {
      hint: "For example: `tips here at 09:00 Europe/London weekdays`, or `settings tips-by everyone` for who may set them.",
    });
  throw new TutorError("learner", `There is no setting "${quote(said)}".`, { hint: `There are ${NAMES.join(", ")}.` });
}

/** Completions of a setting's name or value. */
export function suggestions(option: string, library: Library): readonly string[] {
  if (option === "name") return [...NAMES, "audit"];
  return option === "value" ? ["on", "off", "here", "all", ...areasOf(library)] : [];
}

const SAME: Readonly<Record<string, string>> = {
  yes: "on",
  true: "on",
  enable: "on",
  enabled: "on",
  no: "off",
  false: "off",
  disable: "off",
  disabled: "off",
  none: "off",
  any: "all",
  everything: "all",
  moderator: "moderators",
  mods: "moderators",
  admins: "moderators",
  everybody: "everyone",
  anyone: "everyone",
  members: "everyone",
  beginners: "beginner",
};

/** A value in the setting's own words; refused with what it can be. */
export function valueOfSetting(setting: Setting, said: string, library: Library): string {
  const word = said.toLowerCase().trim();
  const value = Object.hasOwn(SAME, word) ? (SAME[word] ?? word) : word;
  if (setting.values) {
    // "topics none" is no choice, yet "level off" means all.
    const chosen = setting.name === "level" && value === "off" ? "all" : value;
    if (setting.values.includes(chosen)) return chosen;
    throw new TutorError("learner", `\`${setting.name}\` cannot be "${quote(said)}".`, {
      hint: `It is ${setting.values.join(", ").replace(/, ([^,]*)$/, " or $1")}.`,
    });
  }
  if (value === "all" || value === "off") return "all";
  const areas = areasOf(library);
  const chosen = word
    .split(/[\s,;&]+|\band\b/)
    .filter(Boolean)
    .map((each) => {
      const area = nearestArea(each, areas);
      if (area) return area;
      throw new TutorError("learner", `I have no tips about "${quote(each)}".`, {
        hint: `Topics are ${areas.join(", ")}.`,
      });
    });
  return [...new Set(chosen)].join(",") || "all";
}
