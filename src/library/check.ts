/** What only shows when all pages are seen together: ids, aliases, prerequisites, aspects, links, pairs. */
import type { TutorError } from "../core/errors.ts";
import { inCapitals } from "./concepts.ts";
import { fault } from "./matter.ts";
import type { Aspects, Page } from "./page.ts";
import { slug, visibleLength } from "./sections.ts";
import { key } from "./words.ts";

const SECTION_LIMIT = 1200;

/** `VOLUME` in capitals is the instruction and "volume" the thing: two names, as in running text. */
const nameKey = (name: string): string => (inCapitals(name) ? name : key(name));

/** Every fault over the whole set; empty when all is well. `fatal` ones keep the tutor from starting. */
export function checkPages(pages: readonly Page[], aspects: Aspects): { fatal: TutorError[]; advice: TutorError[] } {
  const fatal: TutorError[] = [];
  const advice: TutorError[] = [];
  const subjects = new Map<string, Page>();
  for (const page of pages) {
    if (page.kind === "comparison" || page.kind === "document") continue;
    const other = subjects.get(page.id);
    if (
      other &&
      !(page.kind === "command" && other.kind === "concept") &&
      !(page.kind === "concept" && other.kind === "command")
    )
      fatal.push(fault(page.path, 2, `the id "${page.id}" is already taken by ${other.path}.`, "Choose another id."));
    if (!other || page.kind === "concept") subjects.set(page.id, page);
  }
  fatal.push(...cycles(pages));
  const owner = new Map<string, Page>();
  const pairs = new Map<string, Page>();
  for (const page of pages) {
    const known = (id: string) => subjects.has(id);
    for (const id of [...page.requires, ...page.related])
      if (!known(id)) advice.push(fault(page.path, 2, `"${id}" is no page.`, "Correct the id in requires or related."));
    for (const name of [...Object.keys(page.aspects), ...(page.comparison?.rows.map((row) => row.aspect) ?? [])])
      if (!(name in aspects))
        fatal.push(
          fault(
            page.path,
            2,
            `the aspect "${name}" is not in aspects.yaml.`,
            `Use one of ${Object.keys(aspects).slice(0, 6).join(", ")}, ...`,
          ),
        );
    for (const alias of new Set([page.title, ...page.aliases].map(nameKey))) {
      const other = owner.get(alias);
      if (page.kind === "comparison" || page.kind === "document") continue;
      if (other && other.id !== page.id)
        advice.push(
          fault(
            page.path,
            2,
            `the alias "${alias}" also belongs to ${other.path}.`,
            "Leave it on one of the two pages.",
          ),
        );
      else owner.set(alias, page);
    }
    if (page.comparison) {
      const pair = [...page.comparison.concepts].sort().join(" + ");
      const other = pairs.get(pair);
      if (other)
        fatal.push(
          fault(page.path, 2, `the pair ${pair} is already compared in ${other.path}.`, "Keep one of the two."),
        );
      pairs.set(pair, page);
      for (const id of page.comparison.concepts)
        if (!known(id))
          advice.push(fault(page.path, 2, `"${id}" is no page.`, "Name a concept's id or a command's name."));
      const size =
        page.comparison.verdict.length +
        page.comparison.rows.reduce(
          (sum, row) => sum + row.cells.join("").length + (aspects[row.aspect]?.label.length ?? 0) + 6,
          0,
        ) +
        page.comparison.use.join("").length;
      if (size > SECTION_LIMIT)
        advice.push(
          fault(
            page.path,
            2,
            `the comparison has about ${size} visible characters, ${SECTION_LIMIT} fit.`,
            "Shorten cells.",
          ),
        );
    }
    advice.push(...sectionAdvice(page));
  }
  return { fatal, advice };
}

function sectionAdvice(page: Page): TutorError[] {
  if (page.kind === "document" || page.kind === "comparison") return [];
  const out: TutorError[] = [];
  const lead = page.sections[0];
  if (lead?.role !== "lead" || !lead.markdown)
    out.push(fault(page.path, 2, "no lead paragraph.", "Answer 'what is it' in the first paragraph."));
  if (page.kind === "concept") {
    const words = lead?.markdown.split(/\n\s*\n/)[0]?.split(/\s+/).length ?? 0;
    if (words > 64) out.push(fault(page.path, 2, `the lead has ${words} words.`, "Keep it under 60."));
    if (page.quiz.length < 2)
      out.push(fault(page.path, 2, `${page.quiz.length} quiz questions.`, "Write at least two."));
    if (!page.tips.length) out.push(fault(page.path, 2, "no tip.", "Write one to three."));
    if (page.sections.length < 6)
      out.push(fault(page.path, 2, `${page.sections.length - 1} sections.`, "Answer at least five questions."));
  }
  const headings = new Set(page.sections.map((section) => slug(section.heading)));
  for (const question of page.quiz)
    if (question.read && !headings.has(slug(question.read)))
      out.push(
        fault(
          page.path,
          2,
          `quiz: the heading "${question.read}" is not on this page.`,
          "Name a heading of this page in read.",
        ),
      );
  for (const section of page.sections) {
    const size = visibleLength(section.markdown);
    if (size > SECTION_LIMIT)
      out.push(
        fault(
          page.path,
          1,
          `"${section.heading || "lead"}" has ${size} visible characters, at most ${SECTION_LIMIT}.`,
          "Split it in two.",
        ),
      );
    if (section.role === "body" && !section.asks.length)
      out.push(
        fault(page.path, 1, `"${section.heading}" has no asks.`, "Add <!-- asks: ... | ... --> under the heading."),
      );
  }
  return out;
}

/** A prerequisite that leads back to itself would make a path without a start. */
function cycles(pages: readonly Page[]): TutorError[] {
  const byId = new Map(pages.filter((page) => page.kind === "concept").map((page) => [page.id, page]));
  const state = new Map<string, "open" | "done">();
  const out: TutorError[] = [];
  const visit = (id: string, trail: readonly string[]) => {
    const page = byId.get(id);
    if (!page || state.get(id) === "done") return;
    if (state.get(id) === "open") {
      out.push(
        fault(
          page.path,
          2,
          `a prerequisite cycle: ${[...trail.slice(trail.indexOf(id)), id].join(" -> ")}.`,
          "Remove one of the requires.",
        ),
      );
      return;
    }
    state.set(id, "open");
    for (const next of page.requires) visit(next, [...trail, id]);
    state.set(id, "done");
  };
  for (const id of byId.keys()) visit(id, []);
  return out;
}
