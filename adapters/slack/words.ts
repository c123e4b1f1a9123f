/** Slack's text in both directions: what people typed without Slack's markup, and ours without anything that pings. */

/** Slack reads these three as markup, and nothing else of ours reaches a mrkdwn field. */
export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const HIDDEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Without characters that turn text around or hide in it. */
const visible = (text: string): string => text.replace(HIDDEN, (each) => (each === "\n" || each === "\t" ? each : ""));

/** The same over every text of a block at once, so that no place is forgotten; a button's call stays as it is. */
export function cleaned<T>(value: T): T {
  if (typeof value === "string") return visible(value) as T;
  if (Array.isArray(value)) return value.map(cleaned) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, key === "call" ? each : cleaned(each)]),
  ) as T;
}

const unescaped = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** `<#C1|general>` -> #general, `<https://x|y>` -> y, a mention of the tutor -> nothing. */
export function readable(text: string, botUser: string): string {
  const words = text.replace(/<([^<>\n]{1,3000})>/g, (_, inside: string) => {
    const [target = "", label] = inside.split("|", 2);
    if (target.startsWith("@")) return target === `@${botUser}` ? " " : `@${label || "someone"}`;
    if (target.startsWith("#")) return `#${label || "channel"}`;
    if (target.startsWith("!")) return label ?? target.slice(1).split("^")[0] ?? "";
    return label ?? target.replace(/^(?:mailto|tel):/, "");
  });
  return (
    unescaped(words)
      .replace(/[\u201c\u201d]/g, '"')
      .replace(/[\u2018\u2019]/g, "'")
      // Phones turn the two dashes of an option into a long one.
      .replace(/(^|\s)\u2014(?=[a-z])/gi, "$1--")
      .trim()
  );
}

/** At most `limit` UTF-16 units, never half an emoji. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
