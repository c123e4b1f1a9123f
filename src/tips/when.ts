/** What a person says about daily tips -> a timetable and what it is to be about. Pure; the words are English. */
import { quote, TutorError } from "../core/errors.ts";
import { LEVELS } from "../core/preferences.ts";
import type { Level } from "../core/tips.ts";
import { distance } from "../library/words.ts";
import { readDays } from "./days.ts";
import { findZone } from "./zone.ts";

/** What was said; what was not said is undefined. */
export interface Wish {
  readonly minute: number | undefined;
  readonly weekdays: number | undefined;
  readonly zone: string | undefined;
  readonly areas: readonly string[] | undefined;
  /** "all" takes a narrower choice back, as an empty list of areas does. */
  readonly level: Level | "all" | undefined;
}

const EXAMPLE = "For example: `tips here at 09:00 Europe/London weekdays`.";
const CLOCK = /\b(?:at\s+)?(\d{1,2})\s*[:.h]\s*(\d{2})(?:\s*([ap])\.?\s?m\b\.?|(?!\w))/g;
const HOUR = /\b(?:at\s+)?(\d{1,2})\s*([ap])\.?\s?m\b\.?/g;
const BARE = /\bat\s+(\d{1,2})(?:\s+o'?\s?clock\b|\b)|\b(\d{1,2})\s+o'?\s?clock\b/g;
const DIGITS = /\b(?:at\s+)?(\d{2})(\d{2})\b(?:\s*(?:h|hours|hrs)\b)?/g;
const NAMED = /\b(?:at\s+)?(noon|midday|midnight)\b/g;
const LEVEL =
  /\b(?:at\s+|for\s+)?(?:level\s*[:=]?\s*)?(beginners?|intermediate|advanced|all levels|any level)(?:\s+level)?\b/g;
const TOPICS = /\b(?:topics?|areas?)\s*[:=]?\s*(?:on\s+|about\s+)?(.+)$|\b(?:about|on|covering)\s+(.+)$/;
const ALL_TOPICS =
  /\b(?:(?:about|on)\s+)?(?:(?:all|any|every)\s+(?:topics?|areas?)|(?:topics?|areas?)\s*[:=]?\s*all|everything|anything)\b/;
/** Words that carry nothing here. */
const FILLER =
  /\b(?:tips?|docker|here|in|into|to|this|that|the|our|my|your|channel|room|at|on|from|for|of|every|each|a|an|one|please|pls|post(?:ed)?|send|sent|give|share|show|start|schedule[ds]?|set|turn|switch|change|move|make|enable|subscribe|want|wanted|need|like|would|i|i'd|we|us|me|you|can|could|is|it|with|and|only|day|days|time|times?zone|zone|local|sharp|morning|hello|hi|hey|on|o|clock|be|begin|beginning|starting|get|let|let's|have)\b/g;

const two = (n: number): string => String(n).padStart(2, "0");

/** A minute of the day as 09:05. */
export const sayMinute = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

/** Reads everything there is; what it cannot place is refused with that word and the cure. `areas` are the known topics. */
export function readWish(said: string, areas: readonly string[]): Wish {
  let rest = ` ${said
    .slice(0, 300)
    .toLowerCase()
    .replace(/[“”"'`?!@]+/g, " ")
    .replace(/\s+/g, " ")
    .trim()} `;
  const channel = /<#\w+(?:\|[^>]*)?>|(?:^|\s)#[\p{L}\p{N}_-]+/u.exec(rest)?.[0].trim();
  if (channel)
    throw new TutorError("learner", "I post tips where you ask for them.", {
      hint: "Say it in that channel: `tips here at 09:00 Europe/London weekdays`.",
    });
  // A zone in its own spelling first: nothing else has a slash in it.
  let zoneSaid = "";
  rest = rest.replace(/(?:\b(?:in|zone|timezone)\s+)?\b([a-z_]+\/[a-z0-9_+/-]+)/g, (_, zone: string) => {
    zoneSaid ||= zone;
    return " ";
  });
  const times = readTimes(rest);
  rest = times.rest;
  const days = readDays(rest);
  rest = days.rest;
  const level = readLevel(rest);
  rest = level.rest;
  const topics = readTopics(rest, areas);
  rest = topics.rest;
  const left = rest
    .replace(/(^|\s)gmt([+-]\d+)/g, "$1utc$2")
    .replace(FILLER, " ")
    .replace(/[,;.:()&]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return {
    minute: times.minute,
    weekdays: days.weekdays,
    zone: zoneSaid || left ? zoneOf(zoneSaid || left, areas) : undefined,
    areas: topics.areas,
    level: level.level,
  };
}

function readTimes(text: string): { minute: number | undefined; rest: string } {
  const found: { minute: number; said: string }[] = [];
  const add = (said: string, hour: number, minute: number, half?: string) => {
    const valid = half ? hour >= 1 && hour <= 12 : hour <= 23;
    if (!valid || minute > 59)
      throw new TutorError("learner", `"${quote(said.replace(":", "."))}" is no time of day.`, {
        hint: "Write it as `09:00` or `9am`.",
      });
    found.push({ said, minute: (half ? (hour % 12) + (half === "p" ? 12 : 0) : hour) * 60 + minute });
    return " ";
  };
  const rest = text
    .replace(CLOCK, (said: string, h: string, m: string, half?: string) => add(said, Number(h), Number(m), half))
    .replace(HOUR, (said: string, h: string, half: string) => add(said, Number(h), 0, half))
    .replace(NAMED, (said: string, name: string) => add(said, name === "midnight" ? 0 : 12, 0))
    .replace(DIGITS, (said: string, h: string, m: string) => add(said, Number(h), Number(m)))
    .replace(BARE, (said: string, a?: string, b?: string) => add(said, Number(a ?? b), 0));
  const different = [...new Set(found.map(({ minute }) => minute))];
  if (different.length > 1)
    throw new TutorError(
      "learner",
      `A channel has one tip a day; you named ${different.map(sayMinute).join(" and ")}.`,
      {
        hint: "Name one time.",
      },
    );
  // "tips 9": a number alone is an hour.
  const alone = different.length ? undefined : /(?:^|\s)(\d{1,2})(?=\s|$)/.exec(rest);
  if (alone?.[1]) {
    add(alone[1], Number(alone[1]), 0);
    return { minute: found[0]?.minute, rest: rest.replace(alone[0], " ") };
  }
  return { minute: different[0], rest };
}

function readLevel(text: string): { level: Level | "all" | undefined; rest: string } {
  let level: Level | "all" | undefined;
  const rest = text.replace(LEVEL, (_, name: string) => {
    level = LEVELS.find((each) => name.startsWith(each)) ?? "all";
    return " ";
  });
  return { level, rest };
}

/** A list of topics at the end; only what is one of ours is taken from a sentence that merely says "on". */
function readTopics(text: string, areas: readonly string[]): { areas: readonly string[] | undefined; rest: string } {
  const every = ALL_TOPICS.exec(text);
  if (every) return { areas: [], rest: text.replace(every[0], " ") };
  const match = TOPICS.exec(text);
  if (!match) {
    const named = areas.filter((area) => new RegExp(`\\b${area}\\b`).test(text));
    return named.length
      ? { areas: named, rest: named.reduce((rest, area) => rest.replaceAll(area, " "), text) }
      : { areas: undefined, rest: text };
  }
  const found: string[] = [];
  const strange: string[] = [];
  const said = (match[1] ?? match[2] ?? "").trim();
  for (const word of said
    .split(/[\s,;&]+|\band\b/)
    .filter((each) => each && !/^(?:and|or|the|everything|all|anything)$/.test(each))) {
    const area = nearestArea(word, areas);
    if (area) found.push(area);
    else strange.push(word);
  }
  // "about" and "topics" announce topics; after "on" stands anything ("on the channel").
  const announced = match[1] !== undefined || /\b(?:about|covering)\s/.test(match[0]);
  if (announced && !found.length && strange.length)
    throw new TutorError("learner", `I have no tips about "${quote(strange[0] ?? "")}".`, {
      hint: `Topics are ${areas.join(", ")}.`,
    });
  if (!announced && !found.length) return { areas: undefined, rest: text };
  return { areas: [...new Set(found)], rest: `${text.slice(0, match.index)} ${strange.join(" ")}` };
}

/** A topic as it was said: in the singular, with a slip, or by its first letters. */
export const nearestArea = (word: string, areas: readonly string[]): string | undefined =>
  areas.find((area) => area === word || area === `${word}s` || `${area}s` === word) ??
  areas.find((area) => word.length > 3 && (distance(word, area, 1) <= 1 || area.startsWith(word.slice(0, 5))));

function zoneOf(said: string, areas: readonly string[]): string {
  const found = findZone(said);
  if (found.kind === "zone") return found.zone;
  const near = found.near.map((zone) => `\`${zone}\``);
  const place = said.includes("/") || found.near.length > 0;
  throw new TutorError(
    "learner",
    place ? `I do not know the time zone "${quote(said)}".` : `I do not understand "${quote(said)}" there.`,
    {
      hint: near.length
        ? `Did you mean ${near.length > 1 ? `${near.slice(0, -1).join(", ")} or ${near.at(-1)}` : near[0]}?`
        : place
          ? "Name it as continent and city, such as `Europe/London`."
          : `${EXAMPLE} Topics are ${areas.join(", ")}.`,
    },
  );
}
