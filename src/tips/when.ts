/** What a person says about daily tips -> a timetable and what it is to be about. Pure; the words are English. */
import { quote, TutorError } from "../core/errors.ts";
import { LEVELS } from "../core/preferences.ts";
import type { Level } from "../core/tips.ts";
import { distance } from "../library/words.ts";
import { readTimes, sayMinute } from "../time/clock.ts";
import { findZone, readZone } from "../time/zone.ts";
import { readDays } from "./days.ts";

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
const LEVEL =
  /\b(?:at\s+|for\s+)?(?:level\s*[:=]?\s*)?(beginners?|intermediate|advanced|all levels|any level)(?:\s+level)?\b/g;
const TOPICS = /\b(?:topics?|areas?)\s*[:=]?\s*(?:on\s+|about\s+)?(.+)$|\b(?:about|on|covering)\s+(.+)$/;
const ALL_TOPICS =
  /\b(?:(?:about|on)\s+)?(?:(?:all|any|every)\s+(?:topics?|areas?)|(?:topics?|areas?)\s*[:=]?\s*all|everything|anything)\b/;
/** Words that carry nothing here. */
const FILLER =
  /\b(?:tips?|docker|here|in|into|to|this|that|the|our|my|your|channel|room|at|on|from|for|of|every|each|a|an|one|please|pls|post(?:ed)?|send|sent|give|share|show|start|schedule[ds]?|set|turn|switch|change|move|make|enable|subscribe|want|wanted|need|like|would|i|i'd|we|us|me|you|can|could|is|it|with|and|only|day|days|time|times?zone|zone|local|sharp|morning|hello|hi|hey|on|o|clock|be|begin|beginning|starting|get|let|let's|have)\b/g;

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
    minute: oneTime(times.minutes),
    weekdays: days.weekdays,
    zone: zoneSaid || left ? zoneOf(zoneSaid || left, areas) : undefined,
    areas: topics.areas,
    level: level.level,
  };
}

function oneTime(minutes: readonly number[]): number | undefined {
  if (minutes.length > 1)
    throw new TutorError("learner", `A channel has one tip a day; you named ${minutes.map(sayMinute).join(" and ")}.`, {
      hint: "Name one time.",
    });
  return minutes[0];
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
  if (found.kind === "zone" || said.includes("/") || found.near.length) return readZone(said);
  throw new TutorError("learner", `I do not understand "${quote(said)}" there.`, {
    hint: `${EXAMPLE} Topics are ${areas.join(", ")}.`,
  });
}
