/** "vm vs container", "CMD ENTRYPOINT", "the difference between a vm and a container" -> the two concepts, or why not. */
import type { Concepts, Mention, Unit } from "../library/concepts.ts";
import type { Library } from "../library/library.ts";
import { isFiller, opening, words } from "../library/words.ts";

export type Pair =
  | { readonly kind: "pair"; readonly a: string; readonly b: string }
  | { readonly kind: "one"; readonly id: string }
  | { readonly kind: "same"; readonly id: string; readonly said: readonly string[] }
  | { readonly kind: "many"; readonly ids: readonly string[] }
  | { readonly kind: "unknown"; readonly words: readonly string[]; readonly known: readonly string[] }
  | { readonly kind: "none" };

const SEPARATOR =
  /\s*(?:\s(?:vs?\.?|versus|against|or|and|with|from|to|than|&|compared (?:to|with))(?=\s)|[,;|]|\s\/\s|\s&\s)\s*/i;
const WRAPPING =
  /^(?:please\s+)?(?:can you\s+)?(?:compare|diff|difference|differences|what(?:'?s| is| are)? the (?:main |key )?diff\w*(?: between)?|how (?:is|are|does|do)|the difference between|between|what about)\s+/i;
const POLITE =
  /help|pls|plz|please|which(?: one)?(?: is| to use| should i use)?(?: better)?|explain|what'?s the difference|difference|differences/
    .source;
/** Two ways to read one "?" would double the work with each of them, so every gap has one owner. */
const TAIL = new RegExp(`\\s*(?:[?!.]+|[?!.]*,? ?\\b(?:${POLITE})(?:\\W+(?:${POLITE}))*\\W*)$`, "i");
/** Longer requests hold more than two names. */
const REQUEST = 300;
/** Words around a name that do not change which concept is meant. */
const AROUND = new Set(
  "docker dockerfile instruction instructions directive command commands in a an the my using use one which is better file files docs concept technology technologies architecture architectures approach network networks driver drivers mode container containers image images registry cluster tool tools pattern".split(
    " ",
  ),
);

/** Strips quotes and the wrapping of a request; what remains are names and separators. */
function request(text: string): string {
  let rest = opening(text, REQUEST)
    .replace(/["“”„`«»]/g, " ")
    .replace(/(^|\s)'([^']+)'(?=\s|$)/g, "$1$2")
    .replace(/\s+/g, " ")
    .trim();
  for (let before = ""; before !== rest; ) {
    before = rest;
    rest = rest
      .replace(WRAPPING, "")
      .replace(TAIL, "")
      .replace(/^(?:a|an|the)\s+/i, "")
      .trim();
  }
  return rest.slice(0, 200);
}

/** The one concept that a part of a request names, if it names one and little else. */
function named(part: string, concepts: Concepts): string | undefined {
  const exact = concepts.exact(part);
  if (exact) return exact;
  const units = concepts.units(part);
  const mentions = concepts.find(units, true);
  const rest = mentions.filter((mention) => mention.id !== "docker" && mention.id !== "dockerfile");
  const chosen = longest(rest.length ? rest : mentions);
  if (!chosen) return undefined;
  const left = units
    .filter((_, i) => !mentions.some((m) => i >= m.start && i < m.end))
    .filter((unit) => !noise(unit, concepts));
  const foreign = rest.filter((mention) => mention !== chosen && !around(mention, units));
  return left.length || foreign.length ? undefined : chosen.id;
}

/** A word that says nothing about which concept is meant. */
const noise = (unit: Unit, concepts: Concepts) =>
  AROUND.has(unit.raw.toLowerCase()) ||
  isFiller(unit.raw.toLowerCase().replace(/'/g, "")) ||
  concepts.isFillerSlip(unit.raw.toLowerCase());

const around = (mention: Mention, units: readonly Unit[]) =>
  units.slice(mention.start, mention.end).every((unit) => AROUND.has(unit.raw.toLowerCase()));
const longest = (mentions: readonly Mention[]) => [...mentions].sort((a, b) => b.end - b.start - (a.end - a.start))[0];

/** Reads what was typed after `compare`. */
export function readPair(text: string, { concepts }: Library): Pair {
  const rest = request(text);
  if (!rest) return { kind: "none" };
  const split = twoNames(rest, concepts);
  if (split) return split;
  const whole = concepts.exact(rest);
  if (whole) return { kind: "one", id: whole };
  const parts = rest
    .split(SEPARATOR)
    .map((part) => part.trim())
    .filter((part) => words(part).some((word) => !word.stop || concepts.exact(part)));
  if (parts.length >= 2)
    return judge(
      parts,
      parts.map((part) => named(part, concepts)),
    );
  // No separator: names in a row. Two names may also meet in one alias ("docker swarm kubernetes").
  const units = concepts.units(rest);
  const mentions = concepts.find(units, true);
  const left = units.filter((_, i) => !mentions.some((m) => i >= m.start && i < m.end));
  const unknown = left.filter((unit) => !noise(unit, concepts));
  const strange = phrases(units, mentions, unknown);
  if (strange.length)
    return judge(
      [...mentions.map(() => ""), ...strange],
      [...mentions.map((m) => m.id), ...strange.map(() => undefined)],
    );
  const telling =
    mentions.length > 2 ? mentions.filter((mention) => mention.id !== "docker" || mentions.length === 2) : mentions;
  return judge(
    telling.map((m) =>
      units
        .slice(m.start, m.end)
        .map((u) => u.raw)
        .join(" "),
    ),
    telling.map((m) => m.id),
  );
}

/** "image layer" names one thing, but who asks to compare it means the two. "Docker swarm" stays one. */
function twoNames(text: string, concepts: Concepts): Pair | undefined {
  const parts = text.split(/\s+/);
  if (parts.length !== 2 || /^(?:docker|kubernetes|linux|bind|load|service)$/i.test(parts[0] ?? "")) return undefined;
  const [a, b] = parts.map((part) => concepts.exact(part));
  return a && b && a !== b ? { kind: "pair", a, b } : undefined;
}

/** Runs of words that name nothing, as they were typed. */
function phrases(units: readonly Unit[], mentions: readonly Mention[], unknown: readonly Unit[]): string[] {
  const out: string[][] = [];
  let open = false;
  units.forEach((unit, i) => {
    const strange = unknown.includes(unit) && !mentions.some((m) => i >= m.start && i < m.end);
    if (strange && open) out.at(-1)?.push(unit.raw);
    else if (strange) out.push([unit.raw]);
    open = strange;
  });
  return out.map((run) => run.join(" "));
}

function judge(parts: readonly string[], ids: readonly (string | undefined)[]): Pair {
  const known = ids.filter((id): id is string => id !== undefined);
  const distinct = [...new Set(known)];
  const unknown = parts.filter((_, i) => ids[i] === undefined);
  if (unknown.length) return { kind: "unknown", words: unknown, known: distinct };
  const [a, b] = distinct;
  if (!a) return { kind: "none" };
  if (!b) return known.length > 1 ? { kind: "same", id: a, said: parts } : { kind: "one", id: a };
  if (distinct.length > 2) return { kind: "many", ids: distinct };
  return { kind: "pair", a, b };
}
