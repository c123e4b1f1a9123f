/** How a page is worded: what cannot be quoted alone, American spelling, and prose that is hard to read. */
import { fault } from "../../src/library/matter.ts";
import { type Manuscript, type Passage, proseOf, wordsOnly } from "./manuscript.ts";
import type { Lint } from "./set.ts";

/** Points at something said before; shown alone, nothing was. */
const POINTING =
  /^(?:It|Its|This|That|They|Their|These|Those|Such|Here|However|Also|Instead|Otherwise|Therefore|But|And|So|As (?:above|mentioned|said)|The (?:former|latter|other))\b(?! (?:is possible|depends)\b)/;

/** What the tutor shows alone: the start of a section, a tip, a cell, a mistake, what an error means. */
function shownAlone({ front, parts }: Manuscript): Passage[] {
  return [
    ...front.filter(({ field }) => /^(?:means|verdict|tips\.\d+|aspects\.|mistakes\.\d+)/.test(field)),
    ...parts.flatMap(({ passages }) => passages.slice(0, 1)),
  ];
}

export const pointing: Lint = {
  name: "pointing",
  level: "fatal",
  find: ({ manuscripts }) =>
    manuscripts.flatMap((text) =>
      shownAlone(text).flatMap(({ line, text: prose }) => {
        const word = POINTING.exec(prose.replace(/^[*_(\s]+/, ""))?.[0];
        return word
          ? [
              fault(
                text.path,
                line,
                `starts with "${word}" and is shown alone.`,
                "Name the subject in the first sentence.",
              ),
            ]
          : [];
      }),
    ),
};

/** American spellings; the right one is British with -ise. "Artifact" is left: it is a term of the OCI specifications. */
const AMERICAN: readonly RegExp[] = [
  /\b(?!(?:size|prize|seize|resize|capsize|oversize|downsize|maize|gaze|citizen))[a-z]{3,}i(?:ze[sd]?|zing|zers?|zations?)\b/,
  /\b[a-z]*(?:anal|paral|catal)yz(?:e[sd]?|ing|ers?)\b/,
  /\b(?:re)?(?:behavior|color|favor|flavor|honor|labor|neighbor|rumor|harbor|humor|endeavor)(?:s|ed|ing|al|ful|able|ite|hood|ly)*\b/,
  /\b(?:center|theater|fiber|meter)(?:s|ed)?\b/,
  /\b(?:cancel|label|model|signal|travel|level|channel|tunnel|total)(?:ed|ing|er)\b/,
  /\b(?:fulfill|enroll|install?ment|skillful|gray|defense|offense|pretense|catalog|analog|dialog|maneuver|skeptical|aluminum|judgment|plow|pajamas|tire)s?\b(?!-)/,
  /\b(?:a|the|its|this|under|free|source|software) license\b|\blicenses\b/,
  /\b(?:practic|licenc)(?:ing|ed)\b/,
];
const SIZES = /^(?:re|over|down|up|under|cap|out)?siz(?:e[sd]?|ing|ers?)$/;

/** The first American spelling in running text; a capital inside a sentence is somebody's name. */
function american(prose: string): string | undefined {
  const words = wordsOnly(prose).replace(/"[^"]*"/g, " ");
  for (const pattern of AMERICAN)
    for (const [found] of words.matchAll(new RegExp(pattern.source, "g"))) if (!SIZES.test(found)) return found;
  return undefined;
}

export const spelling: Lint = {
  name: "spelling",
  level: "fatal",
  find: ({ manuscripts }) =>
    manuscripts.flatMap((text) =>
      proseOf(text).flatMap(({ line, field, text: prose }) => {
        // An error's title is the message itself.
        const word = field === "title" ? undefined : american(prose);
        return word
          ? [
              fault(
                text.path,
                line,
                `"${word}" is American spelling.`,
                "Write British with -ise, or mark a name as code.",
              ),
            ]
          : [];
      }),
    ),
};

/** Above this even specialist literature is hard to read. */
const HARD = 60;
/** In fewer words one long name decides. */
const ENOUGH = 40;

/**
 * LIX (C. H. Björnsson, Läsbarhet, 1968): words a sentence plus the percentage of words of more than six letters. Under 30
 * is easy, 40 is a newspaper, 50 official prose, above 60 very hard. It needs no syllables, which code words do not have.
 */
export function lix(text: string): { readonly score: number; readonly words: number } {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? [];
  const sentences = text.split(/[.!?:;](?=\s|$)/).filter((each) => /\p{L}/u.test(each)).length;
  const long = words.filter((word) => word.replace(/[^\p{L}]/gu, "").length > 6).length;
  return {
    score: words.length ? words.length / Math.max(1, sentences) + (100 * long) / words.length : 0,
    words: words.length,
  };
}

export const readability: Lint = {
  name: "readability",
  level: "warning",
  find: ({ manuscripts }) =>
    manuscripts.flatMap((text) => {
      const means = text.front.filter(({ field }) => field === "means");
      return [...text.parts, { heading: "means", line: means[0]?.line ?? 2, passages: means }].flatMap((part) => {
        // Every item of a list ends somewhere, with or without a stop.
        const prose = part.passages.map((each) => wordsOnly(each.text).replace(/[.!?:;]?$/, ".")).join(" ");
        const { score, words } = lix(prose);
        return words >= ENOUGH && score > HARD
          ? [
              fault(
                text.path,
                part.line,
                `"${part.heading || "lead"}" reads hard (LIX ${Math.round(score)}, at most ${HARD}).`,
                "Shorten sentences, prefer short words.",
              ),
            ]
          : [];
      });
    }),
};
