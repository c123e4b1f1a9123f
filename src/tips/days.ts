/** Days of the week: words -> a mask with bit 0 = Monday, and back. */

export const EVERY_DAY = 0b1111111;
export const WEEKDAYS = 0b0011111;
export const WEEKENDS = 0b1100000;

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
const DAY =
  "(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?";
const RANGE = new RegExp(`\\b(${DAY})\\s*(?:-|–|—|\\bto\\b|\\bthrough\\b|\\bthru\\b|\\buntil\\b)\\s*(${DAY})\\b`, "g");
const SINGLE = new RegExp(`\\b(?:every\\s+|each\\s+)?(${DAY})\\b`, "g");
const NO_WEEKENDS =
  /\b(?:(?:not|never|no tips)\s+(?:on|at|over)\s+(?:the\s+)?weekends?|(?:no|except|without|skip(?:ping)?|but not|excluding)\s+(?:on\s+|at\s+)?(?:the\s+)?weekends?)\b/g;
const WORKING =
  /\b(?:every\s+|each\s+|on\s+)?(?:week\s?days?|work(?:ing)?\s?days?|business\s+days?)(?:\s+only)?\b|\b(?:during|in)\s+the\s+week\b/g;
const FREE = /\b(?:every\s+|each\s+|at\s+|on\s+|over\s+)?(?:the\s+)?weekends?(?:\s+only)?\b/g;
const DAILY =
  /\b(?:every\s?day|each\s+day|every\s+single\s+day|daily|(?:seven|7)\s+days?(?:\s+a\s+week)?|all\s+days|all\s+week)\b/g;

const indexOf = (name: string): number => DAYS.findIndex((day) => day.toLowerCase().startsWith(name.slice(0, 3)));

/** The days that a text names, and the text without them; undefined where it names none. */
export function readDays(text: string): { readonly weekdays: number | undefined; readonly rest: string } {
  let mask = 0;
  let daily = false;
  const take = (pattern: RegExp, days: (match: readonly string[]) => number) => {
    rest = rest.replace(pattern, (...match: string[]) => {
      mask |= days(match);
      return " ";
    });
  };
  let rest = text;
  take(NO_WEEKENDS, () => WEEKDAYS);
  take(RANGE, ([, from = "", to = ""]) => between(indexOf(from), indexOf(to)));
  take(WORKING, () => WEEKDAYS);
  take(FREE, () => WEEKENDS);
  take(SINGLE, ([, day = ""]) => 1 << indexOf(day));
  rest = rest.replace(DAILY, () => {
    daily = true;
    return " ";
  });
  // "daily tips on weekdays": the days that are named say which.
  return { weekdays: mask || (daily ? EVERY_DAY : undefined), rest };
}

/** Friday to Monday goes over the weekend. */
function between(from: number, to: number): number {
  let mask = 0;
  for (let day = from; ; day = (day + 1) % 7) {
    mask |= 1 << day;
    if (day === to) return mask;
  }
}

/** How a person says these days. */
export function sayDays(weekdays: number): string {
  if (weekdays === EVERY_DAY) return "every day";
  if (weekdays === WEEKDAYS) return "weekdays";
  if (weekdays === WEEKENDS) return "weekends";
  const names = DAYS.filter((_, day) => weekdays & (1 << day));
  const last = names.at(-1) ?? "";
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${last}` : last;
}
