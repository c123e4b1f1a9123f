/** A learner's words -> what is being asked, about which concepts, with which index terms. Pure. */
import type { Query, Thread } from "../core/ports.ts";
import type { Mention } from "../library/concepts.ts";
import type { Library } from "../library/library.ts";
import { lemma, opening, stem, type Word, words } from "../library/words.ts";
import { type Kind, kindOf } from "./kind.ts";

/** Longest part of a message that is understood, and most different terms: the bound of one question's work. */
const LENGTH = 600;
const TERMS = 32;

const SYNONYM = 0.25;
/** Most that a word of asking may weigh, weight and rarity together. */
const ASKING = 0.4;
const CONTEXT = 0.5;

export interface Question {
  readonly text: string;
  readonly kind: Kind;
  /** Concepts named in the words themselves, in their order. */
  readonly named: readonly string[];
  /** Named, or taken over from the thread where the words only point back. */
  readonly concepts: readonly string[];
  readonly mentions: readonly Mention[];
  readonly query: Query;
  /** Words that belong to the subject, stop words and asking words aside; their terms after repair. */
  readonly content: readonly string[];
  /** Content words that the library has never seen. */
  readonly unknown: readonly string[];
  /** IDF share of the content that nobody has asked about here: no title, alias, heading or phrasing has it. */
  readonly strange: number;
  /** Does it lean on the thread? */
  readonly followUp: boolean;
  readonly flags: readonly string[];
}

const POINTING =
  /\b(?:it|its|it's|that|this|them|they|their|those|these|there|one|ones|the (?:former|latter|first|second|other)(?: one)?|which (?:one|is|of)|both|each)\b/i;
const OPENS = /^\s*(?:and|but|or|so|ok(?:ay)?|what about|how about|also|then|why not|why|any|which)\b/i;

/** Exam wording around the question proper. */
const FRAME = /^\W*(?:true or false|t\/f|yes or no|quick question|question)\b[\s?:.,-]*/i;
/** "2gb", "30s", "4": a quantity is seldom what a question is about. */
const QUANTITY = /^\d[\d.,]*(?:[kmgt]i?b?|ms|s|sec|min|h|x|%)?$/i;
/** Put as a question: it ends as one, or begins as one. */
const ASKS =
  /\?\s*$|^\W*(?:what|why|how|who|which|where|when|can|could|does|do|did|is|are|was|were|should|will|would|has|have|may)\b/i;

export function understand(raw: string, library: Library, thread?: Thread): Question {
  const text = opening(raw, LENGTH).replace(FRAME, "").trim() || opening(raw, LENGTH);
  const { concepts } = library;
  const units = concepts.units(text);
  const mentions = concepts.find(units);
  const named = [...new Set(mentions.map((mention) => mention.id))];
  const all = words(text);
  const weights = new Map<string, number>();
  const order: string[] = [];
  const content: string[] = [];
  const unknown: string[] = [];
  for (const word of all) {
    // FROM in capitals is the instruction, not the preposition.
    if (word.stop && !(/^[A-Z]{2,}$/.test(word.raw) && named.includes(word.raw))) continue;
    const { term, known, filler } = meant(word, library);
    if (filler) continue;
    if (weights.size >= TERMS && !weights.has(term)) continue;
    weights.set(
      term,
      Math.max(weights.get(term) ?? 0, word.asking ? Math.min(0.25, ASKING / library.index.idf(term)) : 1),
    );
    if (order.at(-1) !== term) order.push(term);
    if (!word.asking && !QUANTITY.test(word.raw)) {
      content.push(term);
      if (!known) unknown.push(word.raw);
    }
  }
  const kind = eitherOr(mentions, units) ? "comparison" : kindOf(text, mentions.length);
  const short = content.length <= 3;
  const points = POINTING.test(text) || OPENS.test(text);
  const bare = named.length === 0 && (points || short);
  const followUp =
    Boolean(thread?.concepts.length) &&
    (bare ||
      (points && short && all.length <= 12) ||
      (OPENS.test(text) && all.length <= 5) ||
      // "what's the difference with a bind mount?" names one side only.
      (kind === "comparison" && named.length === 1 && all.length <= 12));
  const before = followUp ? pointed(text, thread?.concepts ?? [], named) : [];
  const about = [...named, ...before.filter((id) => !named.includes(id))];

  const worth = (list: readonly string[]) => list.reduce((sum, term) => sum + library.index.idf(term), 0);
  const strange = content.filter((term) => !library.index.askable.has(term));

  const alike = new Map<string, readonly string[]>();
  for (const term of content) {
    const others = library.synonyms(term);
    if (others.length) alike.set(term, others);
  }
  // Aliases are the synonyms of names: "k8s" also looks for "kubernetes", at a fraction of the weight.
  const extra = new Map<string, number>();
  for (const id of named) spread(extra, weights, library, id, SYNONYM);
  for (const id of before) spread(extra, weights, library, id, CONTEXT);

  return {
    text,
    kind,
    named,
    concepts: about,
    mentions,
    // "Docker" says where a question belongs, seldom what it is about.
    query: {
      terms: weights,
      alike,
      extra,
      order,
      concepts: about.length > 1 || content.length > 1 ? about.filter((id) => id !== "docker") : about,
      question: ASKS.test(text),
    },
    content,
    unknown,
    strange: content.length ? worth(strange) / worth(content) : 0,
    followUp,
    flags: all.filter((word) => word.raw.startsWith("-")).map((word) => word.raw),
  };
}

/** "swarm or k8s for a small team": two names with nothing but "or" between them are weighed against each other. */
function eitherOr(mentions: readonly Mention[], units: readonly { readonly raw: string }[]): boolean {
  return mentions.some((mention, i) => {
    const next = mentions[i + 1];
    return (
      next && next.id !== mention.id && next.start === mention.end + 1 && units[mention.end]?.raw.toLowerCase() === "or"
    );
  });
}

/** An unknown word is repaired, names first; a word that is known, or an identifier, is left alone. */
function meant(word: Word, library: Library): { term: string; known: boolean; filler?: boolean } {
  const { vocabulary, concepts } = library;
  if (vocabulary.has(word.term)) return { term: word.term, known: true };
  const lower = word.raw.toLowerCase();
  if (!/^[a-z]+$/.test(lower)) return { term: word.term, known: false };
  const name = vocabulary.repairName(lemma(lower));
  if (name) return { term: stem(name), known: true };
  if (vocabulary.isFillerSlip(lower)) return { term: word.term, known: true, filler: true };
  const repaired = vocabulary.repair(word.term);
  if (repaired) return { term: repaired, known: true };
  return { term: word.term, known: concepts.exact(word.raw) !== undefined || library.synonyms(word.term).length > 0 };
}

function spread(
  extra: Map<string, number>,
  said: ReadonlyMap<string, number>,
  library: Library,
  id: string,
  weight: number,
): void {
  for (const word of words(library.concepts.title(id)))
    if (!word.stop && !said.has(word.term) && !extra.has(word.term)) extra.set(word.term, weight);
}

/** "the latter" of two is the second; otherwise what was spoken of last. */
function pointed(text: string, concepts: readonly string[], named: readonly string[]): readonly string[] {
  const others = concepts.filter((id) => !named.includes(id));
  if (/\b(?:the )?(?:former|first)(?: one)?\b/i.test(text) && others[0]) return [others[0]];
  if (/\b(?:the )?(?:latter|second|other)(?: one)?\b/i.test(text) && others[1]) return [others[1]];
  return others.slice(0, 2);
}
