/** What a channel or a whole community can choose, each with its words, its default and how far it reaches. */
import type { SettingsStore } from "./ports.ts";
import type { Level } from "./tips.ts";
import type { Place } from "./turn.ts";

export interface Setting {
  readonly name: string;
  readonly summary: string;
  /** Where it can hold; a channel's own value stands over the community's. */
  readonly scopes: readonly ("channel" | "community")[];
  /** The closed list of values; absent for free ones. */
  readonly values?: readonly string[];
  readonly standard: string;
}

export const LEVELS: readonly Level[] = ["beginner", "intermediate", "advanced"];

export const SETTINGS: readonly Setting[] = [
  {
    name: "followup",
    summary: "answer in a thread of mine without a new mention",
    scopes: ["channel", "community"],
    values: ["on", "off"],
    standard: "on",
  },
  {
    name: "threads",
    summary: "answer in a thread rather than below the question",
    scopes: ["channel", "community"],
    values: ["on", "off"],
    standard: "off",
  },
  {
    name: "level",
    summary: "whom tips are for",
    scopes: ["channel", "community"],
    values: [...LEVELS, "all"],
    standard: "all",
  },
  { name: "topics", summary: "what tips are about", scopes: ["channel", "community"], standard: "all" },
  {
    name: "tips-by",
    summary: "who may set daily tips",
    scopes: ["community"],
    values: ["moderators", "everyone"],
    standard: "moderators",
  },
  { name: "digest", summary: "where the weekly list of gaps goes", scopes: ["community"], standard: "off" },
];

export interface Preferences {
  readonly followUp: boolean;
  readonly threads: boolean;
  readonly level: Level | undefined;
  /** Empty: all. */
  readonly areas: readonly string[];
  readonly tipsBy: "moderators" | "everyone";
}

/** What holds in a place; what nobody set has its standard. */
export const preferencesOf = async (settings: SettingsStore, place: Place): Promise<Preferences> =>
  preferencesFrom(await settings.all(place));

/** Settings by name -> what they mean. */
export function preferencesFrom(set: Readonly<Record<string, string>>): Preferences {
  const value = (name: string): string =>
    set[name] ?? SETTINGS.find((setting) => setting.name === name)?.standard ?? "";
  const topics = value("topics");
  return {
    followUp: value("followup") === "on",
    threads: value("threads") === "on",
    level: LEVELS.find((level) => level === value("level")),
    areas: topics === "all" ? [] : topics.split(",").filter(Boolean),
    tipsBy: value("tips-by") === "everyone" ? "everyone" : "moderators",
  };
}
