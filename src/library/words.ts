/** Text -> index terms: the same for pages and questions. Identifiers such as `--rm` or `docker-compose.yml` stay whole. */
import { stemmer } from "stemmer";

/** A flag, or words joined by . _ / : - + without a space: one identifier. */
const TOKEN = /--?[\p{L}][\p{L}\p{N}-]*|[\p{L}\p{N}]+(?:[._/:+'’-][\p{L}\p{N}]+)*/gu;

/** Composed, without control, bidirectional, zero-width or stacked combining characters. */
export const clean = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/[\p{M}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/gu, "")
    .replace(/\p{Cc}/gu, " ")
    .normalize("NFC");

/** The first `most` characters of a message, cleaned. Nothing behind them is looked at, so no message blocks the others. */
export const opening = (text: string, most: number): string =>
  clean(text.trimStart().slice(0, most * 8))
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, most);

/** Words of a language that carry no subject; a question made of them alone asks nothing. */
const STOP = new Set(
  `a an the and or of to in on at by for from with without into onto over under about as is are was were be been being am
  it its this that these those there here i me my we us our you your he she they them their his her who whom whose
  do does did doing done have has had having can could will would shall should may might must cannot dont doesnt isnt
  what which when where why how if then than so but not no nor only also too very just really any some all each every
  both either neither such same own other another more most much many few less least please hi hello hey thanks thank
  im ive id s t re ll ve d m one two three first second ones get got gets let lets ok okay vs versus via per lol lmao lmfao rofl wtf omg tbh idk halp teh kinda gonna wanna gotta dunno thats non pls plz u ur wat wats whats hows`
    .split(/\s+/)
    .filter(Boolean),
);

/** Words of asking rather than of the subject: they count for less. */
const ASKING = new Set(
  `explain explained describe described tell told define definition meaning mean means meant difference differences different differ differs
  compare compared comparison between use used using uses usage want wants need needs needed try trying tried know known understand
  understanding way ways purpose purposes role roles concept concepts idea example examples instance detail details detailed briefly
  happen happens happening happened make makes making made possible impossible true false following statement statements question list
  give given name named show shows work works working worked short word words term terms various several multiple single certain main common
  commonly typical typically usual usually general generally best good better great thing things stuff people someone something anyone
  anything everyone everything somebody anybody help issue issues problem problems actually exactly basically currently existing exist exists
  point time times case cases scenario scenarios situation situations kind kinds type types sort sorts part parts feature features
  recommended recommend recommendation practice practices important importance significance significant significantly interested interesting
  prefer preferred preferable suitable suited appropriate consider considered considering available provide provided provides providing
  involve involved involves include includes included introduce introduced newly new newer old older look looks looking looked like
  think thought idea ideas believe say says said saying called call calls refer refers regarding related relate relation relationship
  answer answers correct correctly proper properly right wrong accurate quick quickly easy easily easiest simple simpler
  simply able ability allow allows allowed let lets lot lots bit guess wonder wondering curious newbie beginner noob eli5 interview
  again even literally already always ever never still yet now today later sometimes often whenever after before during while until since because
  however though although instead rather else otherwise perform performs performed carry achieve achieved employ employed strategies strategy
  technique techniques method methods approach approaches process procedure step steps order sequence come comes coming go goes going
  put puts take takes taken keep keeps find finds found see seen seem seems become becomes
  vice versa eachother together within without inside outside through across among along out up down off away back around
  respectively specifically particular particularly specific number numbers amount etc eg ie aka perspective point view terms context
  current currently basic basically retrieve retrieved obtain low lower level levels consume sure ensure sort
  tip tips advice trick tricks hint hints recommend
  directive directives pattern patterns diagram diagrams shown terminology keyword keywords sense statement accurate following
  tell real life day world practice pros cons fully mostly mainly currently normally default defaults`
    .split(/\s+/)
    .filter(Boolean),
);

/** Every word that carries no subject: an unknown word near one of them is a slip of it. */
export const FILLERS: ReadonlySet<string> = new Set([...STOP, ...ASKING]);

/** A word that carries no subject of its own. */
export const isFiller = (word: string): boolean => STOP.has(word.toLowerCase()) || ASKING.has(word.toLowerCase());

const stems = new Map<string, string>();

const fold = (word: string): string =>
  word
    .replace(/['’]s?$/, "")
    .replace(/(?<=[a-z]{3})iz(?=e|ation|ing|or)/, "is")
    .replace(/(?<=[a-z]{3})our(?=$|s$|al|ed|ing)/, "or")
    .replace(/(?<=[a-z]{2}[bcdfgt])re$/, "er")
    .replace(/licence/, "license");

/** -ise for -ize, -or for -our, -er for -re, then Porter's stem (https://tartarus.org/martin/PorterStemmer/). */
export function stem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const folded = fold(word);
  const result = /^[a-z]+$/.test(folded) && folded.length > 2 ? stemmer(folded) : folded;
  if (stems.size > 50_000) stems.clear();
  stems.set(word, result);
  return result;
}

export interface Word {
  /** As written. */
  readonly raw: string;
  /** Lower case, the term that is indexed: a stem, or an identifier as it is. */
  readonly term: string;
  readonly stop: boolean;
  readonly asking: boolean;
}

/** Splits into words; an identifier is followed by its parts, so that `docker-compose.yml` is also found by "compose". */
export function words(text: string): Word[] {
  const out: Word[] = [];
  for (const [raw] of clean(text).matchAll(TOKEN)) {
    const lower = raw.toLowerCase().replace(/’/g, "'");
    if (raw.startsWith("-")) {
      out.push({ raw, term: lower, stop: false, asking: false });
      continue;
    }
    if (/[._/:+-]/.test(raw)) {
      // "multi-stage" and "and/or" are two words; `depends_on` and `docker-compose.yml` are names of their own.
      if (/[._:+]|^\/|\/.*\//.test(raw)) out.push({ raw, term: lower, stop: false, asking: false });
      for (const part of lower.split(/[._/:+-]+/)) if (part) out.push(plainWord(part));
      continue;
    }
    out.push(plainWord(raw));
  }
  return out;
}

function plainWord(raw: string): Word {
  const lower = raw.toLowerCase().replace(/’/g, "'");
  const bare = lower.replace(/'/g, "");
  const digit = /^\d$/.test(bare);
  return { raw, term: stem(lower), stop: digit || STOP.has(bare), asking: ASKING.has(bare) };
}

/** The terms of a text for an index: no stop words. */
export const terms = (text: string): string[] =>
  words(text)
    .filter((word) => !word.stop)
    .map((word) => word.term);

/** One key for every spelling of a name: words without joints and plurals, "Docker-Compose files" = "docker compose file". */
export const key = (name: string): string => keyParts(name).join(" ");

export const keyParts = (name: string): string[] =>
  [...clean(name).matchAll(/[\p{L}\p{N}.]+/gu)]
    .map(([raw]) => lemma(raw.toLowerCase().replace(/^\.+|(?<!\.)\.+$/g, "")))
    .filter(Boolean);

/** British and American spelling as one, singular for plural; unlike a stem, "stateful" stays apart from "state". */
export function lemma(word: string): string {
  const folded = fold(word);
  if (folded.length < 4 || !/^[a-z]+$/.test(folded))
    return folded.replace(/^([a-z]{2,})s$/, (whole, one) => (/^(?:vm|os)$/.test(one) && whole !== "os" ? one : whole));
  if (/(?:ss|us|is|os)$/.test(folded)) return folded;
  if (/ies$/.test(folded)) return `${folded.slice(0, -3)}y`;
  if (/(?:ch|sh|x|ss)es$/.test(folded)) return folded.slice(0, -2);
  return folded.replace(/s$/, "");
}

/**
 * Edits (insert, delete, replace, swap of neighbours) between two words, given up past `limit`.
 * Optimal string alignment: Damerau, Communications of the ACM 7(3), 1964, without repeated edits of one place.
 */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      current.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) return limit + 1;
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? limit + 1;
}

/** Letters and digits of a text as lower-case words, nothing stemmed or left out: "What's CQRS?" -> what, s, cqrs. */
export const plainWords = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
