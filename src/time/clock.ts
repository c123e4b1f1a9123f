/** Times of day in plain words -> minutes of the day, and back. Pure; the words are English. */
import { quote, TutorError } from "../core/errors.ts";

const CLOCK = /\b(?:at\s+)?(\d{1,2})\s*[:.h]\s*(\d{2})(?:\s*([ap])\.?\s?m\b\.?|(?!\w))/g;
const HOUR = /\b(?:at\s+)?(\d{1,2})\s*([ap])\.?\s?m\b\.?/g;
const BARE = /\bat\s+(\d{1,2})(?:\s+o'?\s?clock\b|\b)|\b(\d{1,2})\s+o'?\s?clock\b/g;
const DIGITS = /\b(?:at\s+)?(\d{2})(\d{2})\b(?:\s*(?:h|hours|hrs)\b)?/g;
const NAMED = /\b(?:at\s+)?(noon|midday|midnight)\b/g;

const two = (n: number): string => String(n).padStart(2, "0");

/** A minute of the day as 09:05. */
export const sayMinute = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

/** The different times that a lower-case text names, and the text without them. */
export function readTimes(text: string): { readonly minutes: readonly number[]; readonly rest: string } {
  const found = new Set<number>();
  const add = (said: string, hour: number, minute: number, half?: string) => {
    const valid = half ? hour >= 1 && hour <= 12 : hour <= 23;
    if (!valid || minute > 59) refuse(said.trim());
    found.add((half ? (hour % 12) + (half === "p" ? 12 : 0) : hour) * 60 + minute);
    return " ";
  };
  const rest = text
    .replace(CLOCK, (said: string, h: string, m: string, half?: string) => add(said, Number(h), Number(m), half))
    .replace(HOUR, (said: string, h: string, half: string) => add(said, Number(h), 0, half))
    .replace(NAMED, (said: string, name: string) => add(said, name === "midnight" ? 0 : 12, 0))
    .replace(DIGITS, (said: string, h: string, m: string) => add(said, Number(h), Number(m)))
    .replace(BARE, (said: string, a?: string, b?: string) => add(said, Number(a ?? b), 0));
  // "tips 9": a number alone is an hour.
  const alone = found.size ? undefined : /(?:^|\s)(\d{1,2})(?=\s|$)/.exec(rest);
  if (!alone?.[1]) return { minutes: [...found], rest };
  add(alone[1], Number(alone[1]), 0);
  return { minutes: [...found], rest: rest.replace(alone[0], " ") };
}

/** One time of day and nothing else: `18:00`, `6pm`, `noon`. */
export function readTime(said: string): number {
  const { minutes, rest } = readTimes(said.slice(0, 60).toLowerCase());
  const [minute] = minutes;
  return minute === undefined || minutes.length > 1 || rest.trim() ? refuse(said) : minute;
}

function refuse(said: string): never {
  throw new TutorError("learner", `"${quote(said)}" is no time of day.`, { hint: "Write it as `09:00` or `9am`." });
}
