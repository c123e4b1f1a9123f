/** `tips`: a daily tip in this channel, set in plain words; `tip`: one now. */
import { z } from "zod";
import { type Capability, type Command, command } from "../core/capability.ts";
import { TutorError } from "../core/errors.ts";
import type { Ms, SettingsStore } from "../core/ports.ts";
import { preferencesOf } from "../core/preferences.ts";
import { type Button, type Reply, remark } from "../core/reply.ts";
import type { KeptSubscription, TipStore } from "../core/tips.ts";
import { callFits, type Turn } from "../core/turn.ts";
import type { Library } from "../library/library.ts";
import { sayMinute } from "../time/clock.ts";
import { suggestZones } from "../time/zone.ts";
import { sayDays } from "../tips/days.ts";
import { deckOf, tipsFor } from "../tips/deck.ts";
import { hearTips } from "../tips/hear.ts";
import { firstMoment, subscriptionOf } from "../tips/plan.ts";
import { sayMoment, sayTimetable, typed } from "../tips/say.ts";
import { readWish, type Wish } from "../tips/when.ts";
import { tasteOf } from "../tips/write.ts";
import { type Moderates, personOf, requireModerator } from "./moderator.ts";
import { pagesAbout, tipNow } from "./tip.ts";
import { areasOf } from "./topics.ts";

interface TipsParts {
  readonly tips: TipStore;
  readonly settings: SettingsStore;
  readonly library: () => Library;
  readonly moderates: Moderates;
  readonly clock: () => Ms;
  /** Every command there is: a button comes only for one that exists. */
  readonly commands: () => readonly Command[];
}

const EXAMPLE = "tips here at 09:00 Europe/London weekdays";
const DAYS = ["weekdays", "every day", "weekends"];
const LEVELS = ["all levels", "beginner", "intermediate", "advanced"];

export function tips(parts: TipsParts): Capability {
  const { library } = parts;
  const timetable = {
    time: z.string().max(20).describe("Time of day, such as 09:00 or 9am").optional(),
    days: z.string().max(60).describe("weekdays, every day, or days by name").optional(),
    topics: z.string().max(100).describe("Topics, such as networking, storage").optional(),
    level: z.string().max(20).describe("beginner, intermediate or advanced").optional(),
  };
  const suggest = async (option: string, said: string): Promise<readonly string[]> => {
    const begins = (list: readonly string[]) => list.filter((each) => each.startsWith(said.toLowerCase()));
    if (option === "zone") return suggestZones(said);
    if (option === "days") return begins(DAYS);
    if (option === "level") return begins(LEVELS);
    return option === "topics" || option === "topic" ? begins(areasOf(library())) : [];
  };
  return {
    name: "tips",
    examples: [EXAMPLE, "tips off", "tips", "tip", "tip about volumes"],
    commands: [
      command({
        name: "tips",
        summary: "A daily tip in this channel: see it, set it, stop it",
        usage: "[here at 09:00 Europe/London weekdays or off]",
        args: z.object({
          when: z.string().max(300).describe("Everything in plain words, or off").optional(),
          ...timetable,
          zone: z.string().max(60).describe("Time zone, such as Europe/London").optional(),
        }),
        audience: "asker",
        parse: (rest) => (rest ? { when: rest } : {}),
        suggest,
        async run(args, turn) {
          const said = together(args);
          if (!said) return show(parts, turn);
          return /^(?:off|stop|none|never|cancel|disable)\W*$/i.test(said) ? off(parts, turn) : set(parts, said, turn);
        },
      }),
      command({
        name: "tips.set",
        summary: "Set daily tips in a form",
        args: z.object({ zone: z.string().max(60), ...timetable }),
        audience: "asker",
        listed: false,
        form: {
          title: "Daily tips here",
          fields: [
            { arg: "time", label: "Time of day", kind: "line", required: true },
            { arg: "zone", label: "Time zone", kind: "zone", required: true },
            { arg: "days", label: "Days", kind: "choice", choices: DAYS, required: true },
            { arg: "level", label: "For whom", kind: "choice", choices: LEVELS, required: false },
          ],
        },
        suggest,
        run: (args, turn) => set(parts, together(args), turn),
      }),
      command({
        name: "tip",
        summary: "One tip now",
        usage: "[topic]",
        args: z.object({ topic: z.string().max(60).describe("A topic, such as volumes").optional() }),
        suggest,
        run: ({ topic }, turn) => tipNow(parts, topic, turn),
      }),
    ],
    hear(text) {
      const heard = hearTips(text, (words) => pagesAbout(words, library()) !== undefined);
      switch (heard?.kind) {
        case "off":
          return { command: "tips", args: { when: "off" } };
        case "set":
          return { command: "tips", args: { when: heard.when } };
        case "now":
          return { command: "tip", args: heard.topic ? { topic: heard.topic } : {} };
        case "show":
          return { command: "tips", args: {} };
        default:
          return undefined;
      }
    },
  };
}

interface Said {
  readonly when?: string | undefined;
  readonly time?: string | undefined;
  readonly zone?: string | undefined;
  readonly days?: string | undefined;
  readonly topics?: string | undefined;
  readonly level?: string | undefined;
}

/** A menu's options in the order of a sentence. */
const together = ({ when, time, zone, days, level, topics }: Said): string =>
  [when, time, zone, days, level, topics && `about ${topics}`].filter(Boolean).join(" ").trim();

async function requireSetter({ moderates, settings }: TipsParts, turn: Turn): Promise<void> {
  if ((await preferencesOf(settings, turn.place)).tipsBy === "everyone") return;
  requireModerator(moderates, turn, "set daily tips");
}

async function show({ tips, library }: TipsParts, turn: Turn): Promise<Reply> {
  const kept = await tips.subscription(turn.place);
  const one: Button = { label: "One now", call: { command: "tip", args: {} } };
  if (!kept) {
    const count = deckOf(library().pages).length;
    return remark(
      ["No daily tips are set here; I have ", `${count} of them. For example: `, { kind: "code", text: EXAMPLE }],
      [{ label: "Set them", call: { command: "tips.set", args: {} } }, one],
    );
  }
  const buttons: Button[] = [
    { label: "Change", call: { command: "tips.set", args: {} } },
    { label: "Turn off", call: { command: "tips", args: { when: "off" } } },
    one,
  ];
  return kept.paused === undefined
    ? remark([`Tips come here ${sayTimetable(kept)}. The next one: ${sayMoment(kept.nextAt, kept.zone)}.`], buttons)
    : remark(
        [`Tips are paused here: ${kept.paused} They were set to ${sayTimetable(kept)}.`],
        [...resume(kept), ...buttons.slice(1, 2)],
      );
}

/** A button that sets the same again. */
function resume(kept: KeptSubscription): readonly Button[] {
  const call = { command: "tips", args: { when: typed(kept) } };
  return callFits(call) ? [{ label: "Go on", call }] : [{ label: "Set them", call: { command: "tips.set", args: {} } }];
}

async function off(parts: TipsParts, turn: Turn): Promise<Reply> {
  await requireSetter(parts, turn);
  const kept = await parts.tips.subscription(turn.place);
  if (!(await parts.tips.unsubscribe(turn.place)))
    return remark(["No daily tips were set here, so there is nothing to stop."]);
  await parts.settings.set(turn.place, "channel", "tips", undefined, personOf(turn), parts.clock());
  return remark(
    ["Daily tips are off here."],
    kept ? resume({ ...kept, paused: undefined }).map((each) => ({ ...each, label: "On again" })) : [],
  );
}

async function set(parts: TipsParts, said: string, turn: Turn): Promise<Reply> {
  await requireSetter(parts, turn);
  const { tips, settings, library, clock } = parts;
  const shelf = library();
  const wish = readWish(said, areasOf(shelf));
  const before = await tips.subscription(turn.place);
  const wanted = subscriptionOf(wish, before, {
    place: turn.place,
    zone: turn.person.zone,
    setBy: turn.person.id,
  });
  if (!wanted) return askZone(said, wish);
  if (!tipsFor(deckOf(shelf.pages), await tasteOf(turn.place, wanted, settings)).length)
    throw new TutorError("learner", `I have no tips for ${sayTaste(wish)}.`, {
      hint: "Leave the level or a topic out.",
    });
  const next = await firstMoment(wanted, tips, clock());
  await tips.subscribe(wanted, next);
  await settings.set(turn.place, "channel", "tips", typed(wanted), personOf(turn), clock());
  return remark(
    [
      `${before ? "Changed" : "Done"}: a tip comes here ${sayTimetable(wanted)}. The next one: ${sayMoment(next, wanted.zone)}. `,
      { kind: "code", text: "tips off" },
      " stops them.",
    ],
    [{ label: "One now", call: { command: "tip", args: {} } }],
  );
}

const sayTaste = ({ areas, level }: Wish): string =>
  [...(level && level !== "all" ? [`level ${level}`] : []), ...(areas?.length ? [areas.join(", ")] : [])].join(
    " about ",
  ) || "that choice";

/** The platform does not know where this person is, and nobody said. */
function askZone(said: string, { minute, weekdays }: Wish): Reply {
  const clock = minute === undefined ? "" : sayMinute(minute);
  const args = { ...(clock ? { time: clock } : {}), ...(weekdays ? { days: sayDays(weekdays) } : {}) };
  const call = { command: "tips.set", args };
  return remark(
    [
      `In which time zone${clock ? ` is ${clock}` : ""}? Say it once more with the zone, for example: `,
      { kind: "code", text: `tips ${said.replace(/^\/?tips\s+/i, "").slice(0, 80)} Europe/London` },
    ],
    callFits(call) ? [{ label: "Choose the zone", call }] : [],
  );
}
