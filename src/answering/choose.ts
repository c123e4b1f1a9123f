/** Hits -> the sections that answer: the kind of question decides between near equals. */
import type { Hit, Thread } from "../core/ports.ts";
import type { Library } from "../library/library.ts";
import type { Page, Section } from "../library/page.ts";
import { plainWords } from "../library/words.ts";
import { meets } from "./kind.ts";
import type { Question } from "./question.ts";

export interface Choice {
  readonly page: Page;
  readonly section: Section;
  /** Rank after the kind's preferences. */
  readonly score: number;
  readonly hit: Hit | undefined;
}

/** How much a section of this sort is preferred for a question of this kind, on the scale of a hit's score. */
function preference(page: Page, section: Section, question: Question, said: string): number {
  const { kind } = question;
  const code = section.markdown.includes("```");
  const lead = section.role === "lead";
  if (section.role === "flag") {
    const flags = section.heading.split(", ");
    if (question.flags.some((flag) => flags.includes(flag))) return page.title === "docker run" ? 0.9 : 0.8;
    return -0.6;
  }
  const named = question.concepts.includes(page.id);
  if (foreseen(section).has(said)) return FORESEEN;
  if (lead && page.kind === "error" && quotes(page, question.text)) return QUOTED;
  const base =
    LEVEL[page.level] +
    (page.kind === "error" && kind !== "troubleshooting" ? UNASKED : 0) +
    INTENT * meets(question.text, section.heading) +
    (NEGATED.test(section.heading) && !NEGATED.test(question.text) ? -0.4 : 0) +
    (CLUSTER.has(page.area) &&
    !named &&
    !question.named.some((id) => CLUSTER_WORDS.test(id)) &&
    !CLUSTER_WORDS.test(question.text)
      ? -0.7
      : 0);
  switch (kind) {
    case "definition":
      return (
        base +
        (headed(section, question) ? HEADED : lead && named && bareDefinition(question) ? 3 : lead && named ? 0.1 : 0)
      );
    case "command":
      return base + (code ? 0.2 : 0) + (page.kind === "command" ? 0.2 : lead ? -0.5 : 0);
    case "how-to":
      return base + (code ? 0.15 : 0) + (lead && page.kind === "concept" ? -0.5 : 0);
    case "troubleshooting":
      return base + (page.kind === "error" ? 0.35 : lead && page.kind === "concept" ? -0.4 : 0);
    case "why":
      return base + (lead && page.kind === "concept" ? -0.4 : 0);
    default:
      return base;
  }
}

/** A question put word for word as the section's author foresaw it leaves no doubt either. */
const FORESEEN = 4;

/** A section that has the asked name as its heading comes before its page's lead. */
const HEADED = 3.5;

/** A text's words alone, so that capitals and marks make no difference. */
const wording = (text: string): string => plainWords(text).join(" ");

const phrasings = new WeakMap<Section, ReadonlySet<string>>();

/** The section's phrasings and its heading, as words. */
function foreseen(section: Section): ReadonlySet<string> {
  const known = phrasings.get(section) ?? new Set([...section.asks, section.heading].map(wording).filter(Boolean));
  phrasings.set(section, known);
  return known;
}

/** "What is CQRS", where a section of a wider page has that very name as its heading. */
export function headed(section: Section, question: Question): boolean {
  const heading = wording(section.heading);
  return question.mentions.some(({ said }) => heading === wording(said));
}

/** A message pasted as it is leaves no doubt which page explains it. */
const QUOTED = 3;
const LEAST = 8;

/** Does the text hold a literal part of the page's message? */
function quotes(page: Page, text: string): boolean {
  const said = text.toLowerCase();
  return page.match.some((part) => part.length >= LEAST && said.includes(part.toLowerCase()));
}

/** Where two sections answer alike, the simpler page is for most learners the right one. */
const LEVEL = { beginner: 0.2, intermediate: 0, advanced: -0.2 } as const;

/** Who describes no failure seldom wants a page about one. */
const UNASKED = -0.4;

/** A heading that says what the question wants. */
const INTENT = 0.5;

/** "When not to use it" answers only who asks about not using it. */
const NEGATED =
  /\b(?:not|without|never|wrong|instead|no longer|cannot|drawbacks?|limits?|mistakes?|faults?|problems?|fails?|trouble\w*)\b/i;

/** Who names no cluster means one Docker host. */
const CLUSTER = new Set(["orchestration"]);
const CLUSTER_WORDS =
  /swarm|kube|k8s|pod|cluster|node|service|stack|deploy|replica|orchestr|helm|ingress|scal|rolling|manager|worker|quorum|raft|config|secret/i;

/** "what is a docker volume": nothing is asked beyond the name. */
export function bareDefinition(question: Question): boolean {
  const named = question.mentions.length;
  const inMentions = question.mentions.reduce((sum, mention) => sum + mention.end - mention.start, 0);
  return named > 0 && !question.flags.length && question.content.length <= inMentions;
}

/** Ids of sections, and paths of comparisons, that are not shown: a moderator marked them wrong. */
export type Hidden = ReadonlySet<string>;
export const NOTHING_HIDDEN: Hidden = new Set();

export function choose(
  question: Question,
  hits: readonly Hit[],
  library: Library,
  thread?: Thread,
  hidden: Hidden = NOTHING_HIDDEN,
): Choice[] {
  const shown = new Set(thread?.sections ?? []);
  // Where there are no others, all pages are the operator's.
  const ours = library.cli && OUR.test(question.text) ? OURS : 0;
  const said = wording(question.text);
  const out: Choice[] = [];
  for (const hit of hits.slice(0, 60)) {
    const found = library.section(hit.section);
    if (!found || hidden.has(hit.section)) continue;
    const { page, section } = found;
    // In a thread the next question seldom wants the same section again.
    const again = question.followUp && shown.has(section.id) ? -0.5 : 0;
    const pointedAt = question.followUp && !question.named.length && question.concepts.includes(page.id) ? FOLLOWED : 0;
    out.push({
      page,
      section,
      score:
        hit.score +
        // Nobody wrote an operator's documents for these preferences: rank alone decides there.
        (page.kind === "document" ? ours * hit.coverage : preference(page, section, question, said)) +
        again +
        pointedAt,
      hit,
    });
  }
  return out.sort((a, b) => b.score - a.score);
}

/** "where is our registry" asks for what the operator wrote, not for what is so everywhere: as far as a page has its words. */
const OUR = /\b(?:our|ours|we|us)\b/i;
const OURS = 3;

/** "how do I fix it": the page that the thread is about. */
const FOLLOWED = 2;

/** Names that are everyday words too: hearing one does not yet mean that containers are the subject. */
const EVERYDAY =
  /^(?:image|volume|network|registry|layer|tag|process|service|pod|swarm|secret|state|stateful|stack|node|port|host|bridge|config|shell|run|context|digest|cache|build|prune|logs?|monolith|gateway|cohesion|coupling|resilience|observability|saga|strangler|signing|pinning|bake|firewall|capability|rollout|probes?|process|lifecycle|container|application|compose|orchestrator|sidecar|debug|history|push|pull|save|load|search|login|label|user|copy|add|from|volumes|images|containers|networks)$/i;

/**
 * What tells an answerable question from another, none of it growing with the question's length: rank, the share of its
 * words that nobody here has ever written, the share that nobody has asked about, a name that only we use, any name.
 */
export function signals(question: Question, best: Choice | undefined): readonly number[] {
  const unknown = question.unknown.length / Math.max(1, question.content.length);
  const sayings = question.mentions.map((mention) => mention.said);
  const ours = sayings.some((said) => !EVERYDAY.test(said)) || /docker|kube|container(?:s|is|iz)/i.test(question.text);
  // What a follow-up leans on was named before.
  const pasted = best?.page.kind === "error" && quotes(best.page, question.text);
  const leans = pasted || (question.followUp && question.concepts.length > question.named.length);
  return [
    Math.min(5, best?.score ?? 0),
    unknown,
    question.strange,
    ours || leans ? 1 : 0,
    sayings.length || leans ? 1 : 0,
  ];
}

/** Weights of {@link signals} after a constant: a logistic regression over labelled on- and off-topic questions. */
const WEIGHTS = [-6.94, 1.62, -2.42, -1.31, 1.11, 2.48] as const;

/**
 * The same for an operator's document, whose names nobody chose for this: rank, words that no document has, words that no
 * title or heading has, how few words there are to go by, and whether one of them is what the documents are about.
 */
function ownSignals(question: Question, best: Choice, theme: (term: string) => number): readonly number[] {
  const { content, unknown, strange } = question;
  return [
    Math.min(5, best.hit?.score ?? best.score),
    unknown.length / Math.max(1, content.length),
    strange,
    1 / Math.max(1, content.length),
    Math.sqrt(Math.max(0, ...content.map(theme))),
  ];
}

/** Weights of {@link ownSignals} after a constant, found in the same way (docs/evidence/retrieval.md). */
const OWN_WEIGHTS = [-2.8, 2.21, -1.09, -0.98, -4.59, 4.33] as const;

/** How sure it is that the best choice answers, 0 to 1. */
export function confidence(question: Question, best: Choice | undefined, library: Library): number {
  if (!best || question.query.terms.size === 0) return 0;
  const own = best.page.kind === "document";
  const weights: readonly number[] = own ? OWN_WEIGHTS : WEIGHTS;
  const told = own ? ownSignals(question, best, library.index.theme) : signals(question, best);
  const sum = [1, ...told].reduce((total, value, i) => total + value * (weights[i] ?? 0), 0);
  return 1 / (1 + Math.exp(-sum));
}
