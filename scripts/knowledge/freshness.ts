/** Whether a page's check still counts, and facts that age without saying when they were true. */
import { fault } from "../../src/library/matter.ts";
import { lineOf, proseOf, wordsOnly } from "./manuscript.ts";
import type { Lint } from "./set.ts";

export const unchecked: Lint = {
  name: "unchecked",
  level: "fatal",
  find: ({ manuscripts }) =>
    manuscripts
      .filter(({ front }) => !front.some(({ field }) => field === "checked.date"))
      .map(({ path }) =>
        fault(
          path,
          2,
          "nobody has compared the page with its sources.",
          "Let somebody who did not write it add `checked: { date, by }`.",
        ),
      ),
};

export const stale: Lint = {
  name: "stale",
  level: "warning",
  find: ({ manuscripts, today }) =>
    manuscripts.flatMap((text) => {
      const date = text.front.find(({ field }) => field === "checked.date")?.text.slice(0, 10) ?? today;
      if (!/^\d{4}-\d\d-\d\d$/.test(date)) return [];
      const line = lineOf(text, "checked");
      if (date > today)
        return [fault(text.path, line, `checked on ${date}, which is still to come.`, "Correct the date.")];
      return Temporal.PlainDate.compare(Temporal.PlainDate.from(date).add({ years: 1 }), today) < 0
        ? [fault(text.path, line, `last checked on ${date}, over a year ago.`, "Compare it with its sources again.")]
        : [];
    }),
};

/** Words by which a sentence says that it is true today. */
const AGEING =
  /\b(?:currently(?! (?:selected|running|active|used|open|mounted))|as of (?:now|today|this writing)|at present|nowadays|these days|recently|lately|is the (?:newest|latest|current|most recent) (?:version|release)|(?:newest|latest|current|most recent) (?:version|release) (?:is|was|has)|(?:in|within) the (?:last|past) (?:few )?(?:years?|months?)|(?:\d+|few|some|many|up) years? ago|upcoming)\b/i;
/** Figures that somebody else changes: prices and quotas. */
const QUOTED =
  /[$€£]\s?\d[\d.,]*|\b\d[\d.,]* (?:pulls?|requests?|downloads?) (?:per|an?|every|each) (?:hour|day|month|\d+)/i;
/** What dates a sentence: a year, a date, or the version since or until which it is true. */
const DATED =
  /\b(?:19|20)\d\d\b|\bv?\d+\.\d+|\b(?:Engine|Compose|BuildKit|Buildx|Desktop|Kubernetes|Docker|Swarm|Podman|Linux|kernel|version|since|until|from|before|after)\s+v?\d+\b/i;

export const ageing: Lint = {
  name: "ageing",
  level: "warning",
  find: ({ manuscripts }) =>
    manuscripts.flatMap((text) =>
      proseOf(text).flatMap(({ line, field, text: prose }) => {
        // Beliefs are wrong at any time, and a heading has its section to say when.
        if (/\.belief$|options\.\d+\.text$|^heading$/.test(field)) return [];
        const words = wordsOnly(prose);
        const said = AGEING.exec(words)?.[0] ?? QUOTED.exec(words)?.[0];
        return said && !DATED.test(prose)
          ? [
              fault(
                text.path,
                line,
                `"${said}" ages and carries no date.`,
                "Say since which version or as of which year.",
              ),
            ]
          : [];
      }),
    ),
};
