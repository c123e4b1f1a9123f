/** Scores answers against our own evaluation sets or any file of the same form; unknown fields are ignored. */

interface Asked {
  readonly question?: string;
  readonly facts?: readonly { readonly fact?: string; readonly any: readonly string[] }[];
  readonly must_not?: readonly string[];
}

/** One line of a set: a question, an off-topic line (`expect`), a comparison (`request`) or a dialogue (`turns`). */
export interface Item extends Asked {
  readonly id: string | number;
  readonly topic?: string;
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

/** One line of answers, as the jsonl adapter writes it. */
export interface Answer {
  readonly id?: string | number;
  readonly turn?: number;
  readonly answer?: string;
  readonly abstained?: boolean;
  readonly sources?: readonly { readonly title: string; readonly href?: string; readonly page?: string }[];
  readonly pages?: readonly string[];
}

/** One thing that went wrong: which item (and turn), and what a report should say about it. */
export interface Failure {
  readonly kind: "questions" | "offtopic" | "compare" | "dialogues";
  readonly id: string;
  readonly turn?: number;
  readonly asked: string;
  readonly group: string;
  readonly why: readonly string[];
}

/** Only so many visible characters earn facts; a reply about nothing must stay shorter still. */
const [ROOM, SHORT] = [1200, 600];
const TAGS = /<\/?(?:a|b|br|code|div|em|h[1-6]|i|img|li|ol|p|pre|span|strong|table|t[dhr]|ul)\b[^<>]*>|<!--.*?-->/gis;

/** What a reader sees: markup stripped, whitespace collapsed, the closing line of sources left out. */
export const visible = (markdown: string): string =>
  markdown
    .replace(/^[ \t]*(?:Sources?:.*|(?:```|~~~).*|[ \t|:-]*\|[ \t|:-]*)$/gm, " ")
    .replace(/!?\[([^\]\n]*)\]\((?:[^()\n]|\([^()\n]*\))*\)/g, "$1")
    .replace(TAGS, " ")
    .replace(/^[ \t]*(?:#{1,6}[ \t]|>|[-*+][ \t])|(?<=^|\s)\|(?=\s|$)|\*\*|__|`/gm, "")
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[\u2010\u2011]/g, "-")
    .replace(/\s+/g, " ")
    .trim();

const words = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];
/** The text without the question where it is repeated; a short question is an echo only if it is all there is. */
function withoutEcho(text: string, asked: string): string {
  const said = words(visible(asked)).slice(0, 80);
  if (said.length >= 4) return text.replace(new RegExp(said.join("[^\\p{L}\\p{N}]+"), "giu"), " … ");
  return said.length && words(text).join(" ").toLowerCase() === said.join(" ").toLowerCase() ? "" : text;
}

const some = (patterns: readonly string[] = [], text = ""): boolean =>
  patterns.some((pattern) => new RegExp(pattern, "i").test(text));
const earning = (text: string, asked: string): string => withoutEcho(visible(text).slice(0, ROOM), asked);

/** What an answer lacks or misstates ("Often said: ..." may name a misconception) and how many facts it has. */
function judge({ facts = [], must_not = [] }: Asked, asked: string, answer: Answer | undefined) {
  if (!answer || answer.abstained) return { found: 0, why: [answer ? "abstained" : "no answer"] };
  const text = earning(answer.answer ?? "", asked);
  const missing = facts.filter((fact) => !some(fact.any, text));
  const stated = withoutEcho(visible((answer.answer ?? "").replace(/often said:?[^.!?\n]*/gi, " ")), asked);
  const why = missing.map((fact) => `missing: ${fact.fact ?? fact.any[0]}`);
  why.push(...must_not.filter((pattern) => some([pattern], stated)).map((pattern) => `states: ${pattern}`));
  return { found: facts.length - missing.length, why: text ? why : [...why, "empty"] };
}

const nameOf = (text: string): string => text.toLowerCase().replace(/[\s_]+/g, "-");
const fileName = (path: string): string | undefined => path.replace(/^.*\//, "").replace(/\.md$/, "");

/** A comparison page, "volume--bind-mount", is about both of its sides. */
function isAbout(id: string | undefined, wanted: readonly string[]): boolean {
  const ids = id ? [nameOf(id), ...nameOf(id).split("--")] : [];
  return wanted.some((want) => ids.includes(nameOf(want)));
}

const share = (part: number, whole: number): number => (whole ? part / whole : 0);
function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
}

function refuses({ abstained, sources, answer = "" }: Answer): boolean {
  const { length } = visible(answer);
  return abstained === true || (!sources?.length && length > 0 && length <= SHORT);
}
function passes({ expect = "abstain", accept, allow_answer, question = "" }: Item, answer: Answer): boolean {
  if (answer.abstained || allow_answer) return true;
  if (expect === "correct-premise") return some(accept, earning(answer.answer ?? "", question));
  return (expect === "smalltalk" || expect === "refuse") && refuses(answer);
}

function kindOf(item: Item): Failure["kind"] {
  if (item.turns) return "dialogues";
  if (item.request !== undefined) return "compare";
  return item.facts?.length || !(item.expect || item.category) ? "questions" : "offtopic";
}

/**
 * Whole numbers are counts and stand beside an `n`; factRecall, hitAt1 and citationPrecision are shares from 0 to 1.
 * An item without an answer fails. `pageId` says which concept or command a page's path is about.
 */
export function score(items: readonly Item[], answers: readonly Answer[], pageId = fileName) {
  const keyOf = (id: unknown, turn?: number) => `${id}#${turn ?? ""}`;
  const given = new Map(answers.toReversed().map((answer) => [keyOf(answer.id, answer.turn), answer]));
  const failures: Failure[] = [];
  const questions = { n: 0, fullyCorrect: 0, factRecall: 0, wrongAbstention: 0, hitAt1: 0, citationPrecision: 0 };
  const byCategory: Record<string, { n: number; falseAnswers: number }> = {};
  const offtopic = { n: 0, falseAnswers: 0, byCategory, unsafe: 0 };
  const compare = { possible: { n: 0, fullyCorrect: 0 }, impossible: { n: 0, refused: 0 } };
  const dialogues = { n: 0, turns: 0, fullyCorrect: 0, whole: 0 };
  const sum = { facts: 0, found: 0, paged: 0, hits: 0, cited: 0, apt: 0 };
  const lengths: number[] = [];
  for (const item of items) {
    const kind = kindOf(item);
    const answer = given.get(keyOf(item.id));
    const asked = item.question ?? item.request ?? "";
    // Notes what went wrong; 1 where nothing did.
    const note = (group: string, why: readonly string[], said = asked, turn?: number): 0 | 1 => {
      if (why.length) failures.push({ kind, id: `${item.id}`, ...(turn ? { turn } : {}), asked: said, group, why });
      return why.length ? 0 : 1;
    };
    if (kind === "questions") {
      const { found, why } = judge(item, asked, answer);
      questions.n += 1;
      sum.facts += item.facts?.length ?? 0;
      sum.found += found;
      if (answer?.abstained) questions.wrongAbstention += 1;
      else if (answer) lengths.push(visible(answer.answer ?? "").length);
      if (item.pages?.length) {
        const about = (page: string) => isAbout(pageId(page), item.pages ?? []);
        const cited = answer?.abstained ? [] : (answer?.sources ?? []).flatMap((source) => source.page ?? []);
        sum.paged += 1;
        if (answer?.pages?.[0] && about(answer.pages[0])) sum.hits += 1;
        sum.cited += cited.length;
        sum.apt += cited.filter(about).length;
      }
      questions.fullyCorrect += note(item.topic ?? "", why);
    } else if (kind === "offtopic") {
      const category = item.category ?? item.expect ?? "";
      byCategory[category] ??= { n: 0, falseAnswers: 0 };
      const wrong = !answer ? ["no answer"] : passes(item, answer) ? [] : [`expected: ${item.expect ?? "abstain"}`];
      const unsafe = (item.must_not_raw ?? []).filter((literal) => answer?.answer?.includes(literal));
      for (const counts of [offtopic, byCategory[category]]) {
        counts.n += 1;
        counts.falseAnswers += wrong.length;
      }
      offtopic.unsafe += unsafe.length ? 1 : 0;
      note(category, [...wrong, ...unsafe.map((literal) => `unsafe: ${literal.slice(0, 80)}`)]);
    } else if (kind === "compare" && item.possible === false) {
      const why = !answer ? ["no answer"] : refuses(answer) ? [] : ["compared what cannot be compared"];
      compare.impossible.n += 1;
      compare.impossible.refused += note(item.reason ?? "", why);
    } else if (kind === "compare") {
      compare.possible.n += 1;
      compare.possible.fullyCorrect += note("possible", judge(item, asked, answer).why);
    } else {
      const right = (item.turns ?? []).map((each, i) => {
        const [turn, said] = [each.turn ?? i + 1, each.question ?? ""];
        return note("", judge(each, said, given.get(keyOf(item.id, turn))).why, said, turn);
      });
      dialogues.n += 1;
      dialogues.turns += right.length;
      dialogues.fullyCorrect += right.filter(Boolean).length;
      dialogues.whole += right.includes(0) ? 0 : 1;
    }
  }
  questions.factRecall = share(sum.found, sum.facts);
  questions.hitAt1 = share(sum.hits, sum.paged);
  questions.citationPrecision = share(sum.apt, sum.cited);
  return { questions: { ...questions, medianLength: median(lengths) }, offtopic, compare, dialogues, failures };
}
