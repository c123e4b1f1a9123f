/** Takes out of a text what a log must not hold: the configured secrets, whatever has a token's shape, and ids. */

/** A shorter value would also be taken out of ordinary words. */
const SHORTEST = 6;
const GONE = "[secret]";

/** Tokens of Slack and Discord, bearer and bot headers, passwords inside addresses. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/\bx(?:ox[a-z]|app)[-.][\w.-]{4,200}/gi, GONE],
  [/\b(bearer|basic|bot) [\w.+/=~-]{8,500}/gi, `$1 ${GONE}`],
  [/[\w-]{23,30}\.[\w-]{6,7}\.[\w-]{27,50}/g, GONE],
  [/([a-z]{3,20}:\/\/[^\s:@/"]{0,100}):[^\s@/"]{1,200}@/gi, `$1:${GONE}@`],
];
/** Ids as Slack and Discord write them. */
const IDS = /\b(?:[ABCDEGTUW](?=[A-Z]{0,11}\d)[A-Z0-9]{8,11}|\d{17,20})\b/g;

export type Scrub = (text: string) => string;

/** Every way a value may stand in a line: itself, inside JSON, inside an address, in an authorization header. */
const forms = (value: string): readonly string[] => [
  value,
  JSON.stringify(value).slice(1, -1),
  encodeURIComponent(value),
  Buffer.from(value).toString("base64").replace(/=+$/, ""),
];

/** Takes out secrets: the actual values first, since not every token has a shape. */
export function secretScrub(secrets: readonly string[]): Scrub {
  const values = [...new Set(secrets.filter((value) => value.length >= SHORTEST).flatMap(forms))].sort(
    (a, b) => b.length - a.length,
  );
  return (text) => {
    const without = values.reduce((rest, value) => rest.replaceAll(value, GONE), text);
    return SHAPES.reduce((rest, [shape, instead]) => rest.replace(shape, instead), without);
  };
}

/** Replaces ids by names that only this installation gives them, so that two lines about one person still show it. */
export const idScrub =
  (name: (id: string) => string): Scrub =>
  (text) =>
    text.replace(IDS, name);
