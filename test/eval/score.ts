/** Scores answers against our own evaluation sets, or any other file of the same form; fields it does not know are ignored. */

export interface Fact {
  readonly fact?: string;
  readonly any: readonly string[];
}

interface Asked {
  readonly question?: string;
  readonly facts?: readonly Fact[];
  readonly must_not?: readonly string[];
}

/** One line of an evaluation file: a question, an off-topic line (`expect`), a comparison (`request`) or a dialogue (`turns`). */
export interface Item extends Asked {
  readonly id: string | number;
  readonly pages?: readonly string[];
  readonly category?: string;
  readonly expect?: string;
  readonly accept?: readonly string[];
  readonly must_not_raw?: readonly string[];
  readonly allow_answer?: boolean;
  readonly request?: string;
  readonly possible?: boolean;
  readonly reason?: string;
  readonly turns?: readonly (Asked & { readonly turn?: number })[];
}

/** One line of `bin/tutor.mjs --jsonl`. */
export interface Answer {
  readonly id?: string | number;
  readonly turn?: number;
  readonly answer?: string;
  readonly abstained?: boolean;
  readonly confidence?: number;
  readonly sources?: readonly { readonly title: string; readonly href?: string; readonly page?: string }[];
  readonly pages?: readonly string[];
  readonly concepts?: readonly string[];
}

export type Kind = "questions" | "offtopic" | "compare" | "dialogues";

/** One thing that went wrong: which item (and turn), and what a report should say about it. */
export interface Failure {
  readonly kind: Kind;
  readonly id: string;
  readonly turn?: number;
  readonly asked: string;
  readonly group: string;
  readonly why: readonly string[];
}

const ROOM = 1200;
const SHORT = 600;
const TAGS =
  /<\/?(?:a|abbr|b|blockquote|br|code|dd|del|details|div|dl|dt|em|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|pre|s|small|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul)\b[^<>]*>/gi;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " ", "#39": "'" };

/** What a reader sees: markup stripped, whitespace collapsed, the closing list of sources left out. */
export function visible(markdown: string): string {
  return markdown
    .replace(/^\s*sources?:.*$/gim, " ")
    .replace(/<!--[\s\S]*?-->/g, " ")
    .replace(/^\s*(?:```|~~~)[^\n]*$/gm, " ")
    .replace(/!?\[([^\]\n]*)\]\((?:[^()\n]|\([^()\n]*\))*\)/g, "$1")
    .replace(TAGS, " ")
    .replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (all, name: string) => ENTITIES[name] ?? all)
    .replace(/^\s{0,3}(?:#{1,6}\s|>\s?|[-*+]\s)/gm, " ")
    .replace(/^[\s|:-]*\|[\s|:-]*$/gm, " ")
    .replace(/\*\*|__|`|\s\|(?=\s|$)|^\|/gm, "")
    .replace(/[‘’ʼ]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[\u2010\u2011]/g, "-")
    .replace(/\s+/g, " ")
    .trim();
}

const WORD = /[\p{L}\p{N}]+/gu;
const words = (text: string): string[] => text.match(WORD) ?? [];

/** The text without the question where it is repeated; a short question is an echo only when it is all there is. */
function withoutEcho(text: string, asked: string): string {
  const said = words(visible(asked)).slice(0, 80);
  if (said.length === 0) return text;
  if (said.length < 4) return words(text).join(" ").toLowerCase() === said.join(" ").toLowerCase() ? "" : text;
  return text.replace(new RegExp(said.join("[^\\p{L}\\p{N}]+"), "giu"), " … ");
}

const matches = (pattern: string, text: string): boolean => new RegExp(pattern, "i").test(text);

/** The part of an answer that may earn something. */
const earning = (answer: string, asked: string): string => withoutEcho(visible(answer).slice(0, ROOM), asked);

/** Which facts are missing and which misconceptions are stated; "Often said: ..." names one to correct it, so it may. */
function judge(item: Asked, asked: string, answer: Answer | undefined): { found: number; of: number; why: string[] } {
  const facts = item.facts ?? [];
  if (!answer) return { found: 0, of: facts.length, why: ["no answer"] };
  if (answer.abstained) return { found: 0, of: facts.length, why: ["abstained"] };
  const raw = answer.answer ?? "";
  const text = earning(raw, asked);
  const missing = facts.filter((fact) => !fact.any.some((pattern) => matches(pattern, text)));
  const stated = withoutEcho(visible(raw.replace(/often said:?[^.!?\n]*/gi, " ")), asked);
  const wrong = (item.must_not ?? []).filter((pattern) => matches(pattern, stated));
  const why = [
    ...missing.map((fact) => `missing: ${fact.fact ?? fact.any[0] ?? "?"}`),
    ...wrong.map((pattern) => `states: ${pattern}`),
  ];
  if (!text) why.push("empty");
  return { found: facts.length - missing.length, of: facts.length, why };
}

const nameOf = (text: string): string => text.toLowerCase().replace(/[\s_]+/g, "-");
const fileName = (path: string): string => path.replace(/^.*\//, "").replace(/\.md$/, "");
/** A comparison page's id, "volume--bind-mount", is about both of its sides. */
const isAbout = (id: string | undefined, wanted: readonly string[]): boolean => {
  const ids = id ? [nameOf(id), ...nameOf(id).split("--")] : [];
  return wanted.some((want) => ids.includes(nameOf(want)));
};

const share = (part: number, whole: number): number => (whole ? part / whole : 0);
function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

const unsourced = (answer: Answer): boolean => !answer.sources?.length && visible(answer.answer ?? "").length <= SHORT;

function passes(item: Item, answer: Answer): boolean {
  const expect = item.expect ?? "abstain";
  if (answer.abstained || item.allow_answer) return true;
  if (expect === "correct-premise")
    return (item.accept ?? []).some((pattern) => matches(pattern, earning(answer.answer ?? "", item.question ?? "")));
  return (expect === "smalltalk" || expect === "refuse") && unsourced(answer);
}

function kindOf(item: Item): Kind {
  if (item.turns) return "dialogues";
  if (item.request !== undefined) return "compare";
  return item.facts?.length || !(item.expect || item.category) ? "questions" : "offtopic";
}

const keyOf = (id: string | number | undefined, turn?: number): string => `${id}#${turn ?? ""}`;

/**
 * Counts stand beside an `n`; factRecall, hitAt1 and citationPrecision are shares from 0 to 1. An item without an answer
 * fails. `pageId` tells which concept or command a page's path is about; by default the file's name.
 */
export function score(
  items: readonly Item[],
  answers: readonly Answer[],
  pageId: (path: string) => string | undefined = fileName,
) {
  const given = new Map<string, Answer>();
  for (const answer of answers)
    if (!given.has(keyOf(answer.id, answer.turn))) given.set(keyOf(answer.id, answer.turn), answer);
  const failures: Failure[] = [];
  const questions = {
    n: 0,
    fullyCorrect: 0,
    factRecall: 0,
    wrongAbstention: 0,
    hitAt1: 0,
    citationPrecision: 0,
    medianLength: 0,
  };
  const offtopic = {
    n: 0,
    falseAnswers: 0,
    byCategory: {} as Record<string, { n: number; falseAnswers: number }>,
    unsafe: 0,
  };
  const compare = { possible: { n: 0, fullyCorrect: 0 }, impossible: { n: 0, refused: 0 } };
  const dialogues = { n: 0, turns: 0, fullyCorrect: 0, whole: 0 };
  const seen = { facts: 0, found: 0, paged: 0, hits: 0, cited: 0, apt: 0 };
  const lengths: number[] = [];
  for (const item of items) {
    const kind = kindOf(item);
    const asked = item.question ?? item.request ?? "";
    const answer = given.get(keyOf(item.id));
    const fail = (group: string, why: readonly string[], turn?: number, said = asked) =>
      failures.push({ kind, id: String(item.id), ...(turn === undefined ? {} : { turn }), asked: said, group, why });
    if (kind === "questions") {
      const { found, of, why } = judge(item, asked, answer);
      const extra = item as { topic?: unknown };
      questions.n += 1;
      seen.facts += of;
      seen.found += found;
      if (answer?.abstained) questions.wrongAbstention += 1;
      else if (answer) lengths.push(visible(answer.answer ?? "").length);
      if (item.pages?.length) {
        const cited = answer?.abstained ? [] : (answer?.sources ?? []).flatMap((source) => source.page ?? []);
        const top = answer?.pages?.[0];
        seen.paged += 1;
        if (top !== undefined && isAbout(pageId(top), item.pages)) seen.hits += 1;
        seen.cited += cited.length;
        seen.apt += cited.filter((page) => isAbout(pageId(page), item.pages ?? [])).length;
      }
      if (why.length) fail(typeof extra.topic === "string" ? extra.topic : "", why);
      else questions.fullyCorrect += 1;
    } else if (kind === "offtopic") {
      const category = item.category ?? item.expect ?? "";
      offtopic.byCategory[category] ??= { n: 0, falseAnswers: 0 };
      const counts = offtopic.byCategory[category];
      const raw = (item.must_not_raw ?? []).filter((literal) => answer?.answer?.includes(literal));
      const wrong = !answer || !passes(item, answer);
      offtopic.n += 1;
      counts.n += 1;
      offtopic.falseAnswers += Number(wrong);
      counts.falseAnswers += Number(wrong);
      offtopic.unsafe += Number(raw.length > 0);
      if (wrong || raw.length)
        fail(category, [
          ...(wrong ? [answer ? `expected: ${item.expect ?? "abstain"}` : "no answer"] : []),
          ...raw.map((literal) => `unsafe: ${literal.slice(0, 80)}`),
        ]);
    } else if (kind === "compare" && item.possible === false) {
      compare.impossible.n += 1;
      if (answer && (answer.abstained || unsourced(answer))) compare.impossible.refused += 1;
      else fail(item.reason ?? "impossible", [answer ? "compared what cannot be compared" : "no answer"]);
    } else if (kind === "compare") {
      const { why } = judge(item, asked, answer);
      compare.possible.n += 1;
      if (why.length) fail("possible", why);
      else compare.possible.fullyCorrect += 1;
    } else {
      const wrong = (item.turns ?? []).filter((turn, i) => {
        const number = turn.turn ?? i + 1;
        const { why } = judge(turn, turn.question ?? "", given.get(keyOf(item.id, number)));
        if (why.length) fail("dialogue", why, number, turn.question ?? "");
        return why.length > 0;
      }).length;
      const turns = item.turns?.length ?? 0;
      dialogues.n += 1;
      dialogues.turns += turns;
      dialogues.fullyCorrect += turns - wrong;
      if (!wrong) dialogues.whole += 1;
    }
  }
  questions.factRecall = share(seen.found, seen.facts);
  questions.hitAt1 = share(seen.hits, seen.paged);
  questions.citationPrecision = share(seen.apt, seen.cited);
  questions.medianLength = median(lengths);
  return { questions, offtopic, compare, dialogues, failures };
}
