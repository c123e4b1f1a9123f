/** `tips`: a daily tip in this channel, set in plain words; `tip`: one now. */
import { z } from "zod";
import { type Capability, type Command, command } from "../core/capability.ts";
import { suggestZones } from "../time/zone.ts";
import { hearTips } from "../tips/hear.ts";
import { EXAMPLE, setTips, showTips, stopTips, type TimetableParts } from "./timetable.ts";
import { pagesAbout, tipNow } from "./tip.ts";
import { areasOf } from "./topics.ts";

interface TipsParts extends TimetableParts {
  /** Every command there is: a button comes only for one that exists. */
  readonly commands: () => readonly Command[];
}

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
          if (!said) return showTips(parts, turn);
          return /^(?:off|stop|none|never|cancel|disable)\W*$/i.test(said)
            ? stopTips(parts, turn)
            : setTips(parts, said, turn);
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
        run: (args, turn) => setTips(parts, together(args), turn),
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
