/** Hits -> the sections that answer: the kind of question decides between near equals. */
import type { Hit, Thread } from "../core/ports.ts";
import type { Library } from "../library/library.ts";
import type { Page, Section } from "../library/page.ts";
import type { Kind } from "./kind.ts";
import type { Question } from "./question.ts";

export interface Choice {
  readonly page: Page;
  readonly section: Section;
  /** Rank after the kind's preferences. */
  readonly score: number;
  readonly coverage: number;
}

/** How much a section of this sort is preferred for a question of this kind, on the scale of a hit's score. */
function preference(kind: Kind, page: Page, section: Section, question: Question): number {
  const code = section.markdown.includes("```");
  const lead = section.role === "lead";
  if (section.role === "flag") {
    const flags = section.heading.split(", ");
    if (question.flags.some((flag) => flags.includes(flag))) return page.title === "docker run" ? 0.9 : 0.8;
    return -0.6;
  }
  const named = question.concepts.includes(page.id);
  const base =
    LEVEL[page.level] +
    (CLUSTER.has(page.area) &&
    !named &&
    !question.named.some((id) => CLUSTER_WORDS.test(id)) &&
    !CLUSTER_WORDS.test(question.text)
      ? -0.35
      : 0);
  switch (kind) {
    case "definition":
      return base + (lead && named && bareDefinition(question) ? 3 : lead && named ? 0.1 : 0);
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

/** Where two sections answer alike, the simpler page is for most learners the right one. */
const LEVEL = { beginner: 0.12, intermediate: 0, advanced: -0.12 } as const;

/** Who names no cluster means one Docker host. */
const CLUSTER = new Set(["orchestration"]);
const CLUSTER_WORDS =
  /swarm|kube|k8s|pod|cluster|node|service|stack|deploy|replica|orchestr|helm|ingress|scal|rolling|manager|worker|quorum|raft|config|secret/i;

/** "what is a docker volume": nothing is asked beyond the name. */
export function bareDefinition(question: Question): boolean {
  const covered = new Set<string>();
  const named = question.mentions.length;
  for (const mention of question.mentions) for (const part of mention.id.toLowerCase().split(/[ -]/)) covered.add(part);
  const inMentions = question.mentions.reduce((sum, mention) => sum + mention.end - mention.start, 0);
  return named > 0 && question.content.length <= inMentions;
}

export function choose(question: Question, hits: readonly Hit[], library: Library, thread?: Thread): Choice[] {
  const shown = new Set(thread?.sections ?? []);
  const out: Choice[] = [];
  for (const hit of hits.slice(0, 60)) {
    const found = library.section(hit.section);
    if (!found) continue;
    const { page, section } = found;
    // In a thread the next question seldom wants the same section again.
    const again = question.followUp && shown.has(section.id) ? -0.5 : 0;
    out.push({
      page,
      section,
      score: hit.score + preference(question.kind, page, section, question) + again,
      coverage: hit.coverage,
    });
  }
  return out.sort((a, b) => b.score - a.score);
}

/**
 * How sure it is that the best choice answers, 0 to 1. A logistic of three signals that do not grow with the question's
 * length: rank, the share of the question found, and the share of its words nobody here has ever written.
 */
export function confidence(question: Question, best: Choice | undefined): number {
  if (!best || question.query.terms.size === 0) return 0;
  const unknown = question.unknown.length / Math.max(1, question.content.length);
  const named = question.named.length > 0 ? 0.5 : 0;
  const sum = -5.6 + 1.5 * Math.min(4, best.score) + 4.2 * best.coverage - 5 * unknown + named;
  return 1 / (1 + Math.exp(-sum));
}
