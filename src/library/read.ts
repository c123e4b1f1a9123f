/** One file's text -> one Page, or a fault with file and line. Pure: load.ts does the reading. */
import { readCommand } from "./command.ts";
import { readFront } from "./front.ts";
import { place } from "./links.ts";
import { checkYaml, fault, type Matter, splitMatter } from "./matter.ts";
import type { Comparison, Page } from "./page.ts";
import { blank, bodySections, quiz, withChecked } from "./parts.ts";
import { comparisonSchema, conceptSchema, errorSchema } from "./schema.ts";
import { makeSection, sectionIds, split } from "./sections.ts";

function concept(path: string, matter: Matter): Page {
  const front = checkYaml(path, matter.yaml, conceptSchema, 2);
  const { asks, checked, try: trials, ...rest } = front;
  return {
    ...blank,
    ...rest,
    ...withChecked(checked),
    path,
    kind: "concept",
    quiz: quiz(front.quiz),
    ...(trials ? { trials: trials.map(({ output, ...one }) => ({ ...one, ...(output ? { output } : {}) })) } : {}),
    sections: bodySections(path, matter.body, asks),
  };
}

function error(path: string, matter: Matter): Page {
  const front = checkYaml(path, matter.yaml, errorSchema, 2);
  const list = (items: readonly string[]) => items.map((item, i) => `${i + 1}. ${item}`).join("\n");
  const fix = `${front.means}\n\n**Fix it:**\n\n${list(front.fix)}\n\n**Confirm it:** ${front.confirm.join(" ")}`;
  const also = front.also.length ? `\n\n**It can also be:** ${front.also.join(" ")}` : "";
  const exits =
    front.exit === undefined
      ? []
      : [front.exit].flat().flatMap((code) => [`exit code ${code}`, `exited (${code})`, `exit status ${code}`]);
  const [lead, ...body] = bodySections(path, matter.body, front.asks);
  const id = sectionIds(path);
  return {
    ...blank,
    path,
    kind: "error",
    id: front.id,
    title: front.title,
    aliases: [...front.aliases, ...exits],
    area: front.area,
    level: front.level,
    related: front.related,
    sources: front.sources,
    ...withChecked(front.checked),
    match: [...front.match, ...exits],
    sections: [
      makeSection(
        id(""),
        path,
        "",
        `${fix}${also}${lead?.markdown ? `\n\n${lead.markdown}` : ""}`,
        "lead",
        lead?.asks ?? front.asks,
      ),
      ...body,
    ],
  };
}

function comparison(path: string, matter: Matter): Page {
  const front = checkYaml(path, matter.yaml, comparisonSchema, 2);
  for (const row of front.rows) {
    const beyond = row.sources.find((n) => n > front.sources.length);
    if (beyond) throw fault(path, 2, `rows: source ${beyond} is not in the list of ${front.sources.length} sources.`);
  }
  const { concepts, verdict, use, rows, often } = front;
  const authored: Comparison = { concepts, verdict, use, rows, ...(often ? { often } : {}) };
  return {
    ...blank,
    path,
    kind: "comparison",
    id: path,
    title: `${concepts[0]} or ${concepts[1]}`,
    aliases: [],
    area: "",
    level: "beginner",
    sources: front.sources,
    ...withChecked(front.checked),
    comparison: authored,
    sections: [],
  };
}

const KINDS = { concepts: concept, comparisons: comparison, commands: readCommand, errors: error } as const;

/** A built-in page: its folder decides its kind. */
export function readPage(path: string, text: string): Page {
  const read = KINDS[path.split("/")[0] as keyof typeof KINDS];
  const matter = splitMatter(text);
  if (!read || !matter)
    throw fault(path, 1, "no front matter.", "Start the file with a line `---`; knowledge/README.md shows a page.");
  return read(path, matter);
}

/** Anybody's Markdown: title from the front matter, the first heading or the file name; one section a heading. */
export function readDocument(path: string, text: string): Page {
  const matter = splitMatter(text);
  const body = matter?.body ?? text.replace(/^\uFEFF/, "");
  const front = readFront(matter);
  const raw = split(/\.mdx$/i.test(path) ? withoutCode(body) : body);
  const name = (place(path).split("/").at(-1) || path.replace(/\.mdx?$/i, "")).replace(/[-_]+/g, " ");
  const title = front.title ?? raw.find((section) => section.level === 1)?.heading ?? name;
  const id = sectionIds(path);
  const sections = raw
    .filter((section) => section.body.some((row) => row.trim()))
    .map((section) => {
      const heading = section.heading === title ? "" : section.heading;
      return makeSection(id(heading), path, heading, section.body.join("\n"), heading ? "body" : "lead", section.asks);
    });
  if (front.description && !sections.some((section) => section.role === "lead"))
    sections.unshift(makeSection(id("description"), path, "", front.description, "lead"));
  return {
    ...blank,
    path,
    kind: "document",
    id: path.replace(/\.mdx?$/i, ""),
    title,
    aliases: [],
    area: path.split("/")[0] ?? "",
    level: "beginner",
    sources: [],
    match: [...(front.description ? [front.description] : []), ...front.words],
    sections,
    own: true,
  };
}

/** MDX without what only its compiler reads: imports, exports and `{/* comments *\/}`, outside of code fences. */
function withoutCode(body: string): string {
  let fenced = false;
  return body
    .split("\n")
    .map((row) => {
      if (/^ {0,3}(?:`{3,}|~{3,})/.test(row)) fenced = !fenced;
      if (fenced) return row;
      return /^(?:import|export)\s.*(?:from|=|\{)/.test(row) ? "" : row.replace(/\{\/\*[^*]*\*\/\}/g, "");
    })
    .join("\n");
}
