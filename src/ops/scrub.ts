/** Takes out of a text what a log must not hold: the configured secrets, whatever has a token's shape, and ids. */

/** A shorter value would also be taken out of ordinary words. */
const SHORTEST = 6;
const GONE = "[secret]";

/**
 * Tokens of Slack and Discord, bearer and bot headers, passwords inside addresses. A line is JSON: in it an end of line is
 * `\\n`, and a token that comes after it begins behind a letter.
 */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/(?:(?<![\w\\])|(?<=\\[nrt]))x(?:ox[a-z]|app)[-.][\w.-]{4,200}/gi, GONE],
  [/(?:(?<![\w\\])|(?<=\\[nrt]))(bearer|basic|bot)(?: |%20|\+)[\w.+/=~-]{8,500}/gi, `$1 ${GONE}`],
  [/(?:(?<![\w\\-])|(?<=\\[nrt]))[\w-]{23,30}\.[\w-]{6,7}\.[\w-]{27,50}/g, GONE],
  [/%3a%2f%2f([^%\s"]{0,100})%3a[^%\s"]{1,200}%40/gi, `%3A%2F%2F$1%3A${GONE}%40`],
  [/:\/\/([^\s:@/"]{0,100}):[^\s:@/"]{1,200}@/g, `://$1:${GONE}@`],
];
/** Ids as Slack and Discord write them. */
const IDS = /\b(?:[ABCDEGTUW](?=[A-Z]{0,11}\d)[A-Z0-9]{8,11}|\d{17,20})\b/g;

export type Scrub = (text: string) => string;

/** Every way a value may stand in a line: itself, inside JSON, inside an address, in an authorization header. */
const forms = (value: string): readonly string[] => [
  value,
  JSON.stringify(value).slice(1, -1),
  encodeURIComponent(value),
  Buffer.from(value).toString("base64").replaceAll("=", ""),
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
