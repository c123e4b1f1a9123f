/** `settings`: what a channel or a community chooses; moderators only, every change with its audit line. */
import { z } from "zod";
import { type Capability, command } from "../core/capability.ts";
import { quote } from "../core/errors.ts";
import type { Ms, SettingsStore } from "../core/ports.ts";
import { SETTINGS, type Setting } from "../core/preferences.ts";
import { type Button, type Reply, remark } from "../core/reply.ts";
import type { TipStore } from "../core/tips.ts";
import type { Place, Turn } from "../core/turn.ts";
import type { Library } from "../library/library.ts";
import { setDigest } from "./digest.ts";
import { type Moderates, personOf, requireModerator } from "./moderator.ts";
import { findSetting, NAMES, nearestSetting, parseSetting, suggestions, valueOfSetting } from "./setting.ts";

interface SettingsParts {
  readonly settings: SettingsStore;
  readonly tips: TipStore;
  readonly library: () => Library;
  readonly moderates: Moderates;
  readonly clock: () => Ms;
}

type Scope = "channel" | "community";

const AUDITED = 10;

export function settings(parts: SettingsParts): Capability {
  const scope = z.enum(["here", "everywhere"]).describe("Only this channel, or everywhere").optional();
  return {
    name: "settings",
    examples: ["settings", "settings followup off", "settings topics networking, storage everywhere", "settings audit"],
    commands: [
      command({
        name: "settings",
        summary: "See and change what I do here (moderators)",
        usage: "[name value] [everywhere]",
        args: z.object({
          name: z
            .string()
            .max(40)
            .describe(`${NAMES.join(", ")}, or audit`)
            .optional(),
          value: z.string().max(200).describe("The new value").optional(),
          scope,
        }),
        audience: "asker",
        parse: parseSetting,
        suggest: async (option, said) => suggestions(option, parts.library()).filter((each) => each.startsWith(said)),
        async run({ name, value, scope }, turn) {
          requireModerator(parts.moderates, turn, "see and change settings");
          if (!name) return show(parts, turn);
          if (/^(?:audit|log|history|changes)$/i.test(name)) return audit(parts, turn);
          const setting = findSetting(name);
          return value ? change(parts, setting, value, scope, turn) : explain(parts, setting, turn);
        },
      }),
      command({
        name: "settings.change",
        summary: "Change a setting in a form",
        args: z.object({ name: z.string().max(40), value: z.string().max(200), scope }),
        audience: "asker",
        listed: false,
        form: {
          title: "Change a setting",
          fields: [
            { arg: "name", label: "Setting", kind: "choice", choices: NAMES, required: true },
            { arg: "value", label: "New value", kind: "line", required: true },
            { arg: "scope", label: "Where", kind: "choice", choices: ["here", "everywhere"], required: false },
          ],
        },
        run({ name, value, scope }, turn) {
          requireModerator(parts.moderates, turn, "change settings");
          return change(parts, findSetting(name), value, scope, turn);
        },
      }),
    ],
    hear(text) {
      const match = /^\/?settings?\b[:\s]*(.*)$/is.exec(text.trim());
      if (!match || text.length > 300) return undefined;
      const rest = (match[1] ?? "").replace(/(?<![?!.])[?!.]+$/, "").trim();
      // "settings of the daemon" is a question; a name of ours, or nothing, is not.
      const known =
        !rest || /^(?:audit|log|history|changes)$/i.test(rest) || nearestSetting(rest.split(/[\s=:]+/)[0] ?? "");
      return known ? { command: "settings", args: parseSetting(rest) } : undefined;
    },
  };
}

async function show({ settings }: SettingsParts, turn: Turn): Promise<Reply> {
  const set = await settings.all(turn.place);
  const items = SETTINGS.map(({ name, summary, standard }) => ({
    depth: 0 as const,
    line: [
      { kind: "code" as const, text: `${name} ${sayValue(name, set[name] ?? standard, turn.place)}` },
      ` ${summary}${set[name] === undefined ? "" : " (set)"}`,
    ],
  }));
  const tips = set.tips ? `Daily tips here: ${set.tips}.` : "No daily tips here.";
  const buttons: Button[] = [
    { label: "Change", call: { command: "settings.change", args: {} } },
    { label: "Daily tips", call: { command: "tips", args: {} } },
    { label: "Who changed what", call: { command: "settings", args: { name: "audit" } } },
  ];
  const { blocks, about } = remark(["What holds in this channel:"]);
  return {
    blocks: [
      ...blocks,
      { kind: "list", ordered: false, items },
      {
        kind: "text",
        line: [`${tips} Change one by name: `, { kind: "code", text: "settings followup off everywhere" }],
      },
      { kind: "buttons", buttons },
    ],
    about,
  };
}

/** The digest's value is a channel's id, which says nothing to people. */
const sayValue = (name: string, value: string, place: Place): string =>
  name !== "digest" || value === "off" ? value : value === place.channel ? "here" : "in another channel";

async function explain({ settings }: SettingsParts, setting: Setting, { place }: Turn): Promise<Reply> {
  const value = (await settings.get(place, setting.name)) ?? setting.standard;
  const values =
    setting.values ?? (setting.name === "digest" ? ["here", "off"] : ["all", "or a list such as networking, storage"]);
  return remark(
    [
      { kind: "code", text: `${setting.name} ${sayValue(setting.name, value, place)}` },
      `: ${setting.summary}. It can be ${values.join(", ")}.`,
    ],
    (setting.values ?? values.slice(0, 2))
      .filter((each) => each !== value && !each.includes(" "))
      .slice(0, 3)
      .map((each) => ({
        label: `${setting.name} ${each}`,
        call: { command: "settings", args: { name: setting.name, value: each } },
      })),
  );
}

async function change(
  parts: SettingsParts,
  setting: Setting,
  said: string,
  wanted: "here" | "everywhere" | undefined,
  turn: Turn,
): Promise<Reply> {
  const scope: Scope = wanted === "everywhere" || !setting.scopes.includes("channel") ? "community" : "channel";
  if (setting.name === "digest") return setDigest(parts, said, turn);
  const value = valueOfSetting(setting, said, parts.library());
  // What is standard anyway is not set in a community; in a channel it may stand over the community's.
  const kept = scope === "community" && value === setting.standard ? undefined : value;
  await parts.settings.set(turn.place, scope, setting.name, kept, personOf(turn), parts.clock());
  const now = await parts.settings.get(turn.place, setting.name);
  const own = scope === "community" && now !== undefined && now !== value ? " This channel keeps its own choice." : "";
  return remark([
    "Set ",
    { kind: "code", text: `${setting.name} ${value}` },
    `${scope === "community" ? " everywhere" : " in this channel"} (${setting.summary}).${own}`,
  ]);
}

async function audit({ settings }: SettingsParts, { place }: Turn): Promise<Reply> {
  const lines = await settings.audit(place, AUDITED);
  if (!lines.length) return remark(["No setting has been changed yet."]);
  const items = lines.map(({ at, by, channel, setting, before, after }) => {
    const day = new Date(at).toISOString().slice(0, 16).replace("T", " ");
    const where = channel === undefined ? "everywhere" : channel === place.channel ? "here" : "in another channel";
    const values = `${sayValue(setting, before ?? "standard", place)} to ${sayValue(setting, after ?? "standard", place)}`;
    return { depth: 0 as const, line: [`${day} UTC: ${setting} ${where}, ${values}, by ${quote(by) || "someone"}`] };
  });
  const { blocks, about } = remark([`The last ${items.length === 1 ? "change" : `${items.length} changes`}:`]);
  return { blocks: [...blocks, { kind: "list", ordered: false, items }], about };
}
