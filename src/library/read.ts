/** One file's text -> one Page, or a fault with file and line. Pure: load.ts does the reading. */
import { isMap, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { TutorError } from "../core/errors.ts";
import type { Comparison, Page, Section } from "./page.ts";
import { commandSchema, comparisonSchema, conceptSchema, errorSchema } from "./schema.ts";
import { makeSection, plain, sectionIds, split } from "./sections.ts";

/** YAML with duplicate-key checks is quadratic; this bounds it to well under a second. */
const FRONT_MATTER_LIMIT = 32 * 1024;

interface Matter {
  readonly yaml: string;
  readonly body: string;
  /** Line of the file on which `body` starts, counted from 1. */
  readonly bodyLine: number;
}

export function splitMatter(text: string): Matter | undefined {
  const rows = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  if (rows[0]?.trimEnd() !== "---") return undefined;
  const end = rows.findIndex((row, i) => i > 0 && row.trimEnd() === "---");
  if (end < 0) return undefined;
  return { yaml: rows.slice(1, end).join("\n"), body: rows.slice(end + 1).join("\n"), bodyLine: end + 2 };
}

export const fault = (file: string, line: number, what: string, hint?: string): TutorError =>
  new TutorError("knowledge", `${file}:${line}: ${what}`, hint ? { hint } : {});

/** Parses YAML and checks it; the fault names the line of the offending key. */
export function checkYaml<T extends z.ZodType>(file: string, yaml: string, schema: T, firstLine: number): z.output<T> {
  if (yaml.length > FRONT_MATTER_LIMIT)
    throw fault(file, firstLine, `front matter of ${yaml.length} characters, at most ${FRONT_MATTER_LIMIT} are read.`);
  const counter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: counter });
  const broken = document.errors[0];
  if (broken) {
    const line = counter.linePos(broken.pos[0]).line + firstLine - 1;
    throw fault(
      file,
      line,
      `${broken.message.split("\n")[0]?.replace(/ at line.*$/, "")}.`,
      "Quote the value, or check the indentation.",
    );
  }
  const checked = schema.safeParse(document.toJS({ maxAliasCount: 50 }));
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  const path = [...(issue?.path ?? [])];
  let line = firstLine;
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    const range = (node as { range?: [number, number, number] } | undefined)?.range;
    if (range) {
      line = counter.linePos(range[0]).line + firstLine - 1;
      break;
    }
  }
  if (line === firstLine && !isMap(document.contents))
    throw fault(file, firstLine, "front matter is not a list of keys.", "Start each line with `key: value`.");
  throw fault(
    file,
    line,
    `${path.join(".") || "front matter"}: ${issue?.message ?? "not as expected"}.`,
    "knowledge/README.md describes each key.",
  );
}

function bodySections(path: string, body: string, asks: readonly string[] = []): Section[] {
  const id = sectionIds(path);
  return split(body)
    .filter((raw) => raw.heading === "" || raw.body.some((row) => row.trim()))
    .map((raw) =>
      makeSection(
        id(raw.heading),
        path,
        raw.heading,
        raw.body.join("\n"),
        raw.heading ? "body" : "lead",
        raw.heading ? raw.asks : [...asks, ...raw.asks],
      ),
    );
}

const blank = { requires: [], related: [], aspects: {}, tips: [], quiz: [], match: [], flags: [], own: false } as const;

const withChecked = (checked: Page["checked"]) => (checked ? { checked } : {});

function concept(path: string, matter: Matter): Page {
  const front = checkYaml(path, matter.yaml, conceptSchema, 2);
  const { asks, checked, ...rest } = front;
  return {
    ...blank,
    ...rest,
    ...withChecked(checked),
    path,
    kind: "concept",
    quiz: quiz(front.quiz),
    sections: bodySections(path, matter.body, asks),
  };
}

const quiz = (questions: z.output<typeof conceptSchema>["quiz"]): Page["quiz"] =>
  questions.map(({ question, read, options }) => ({
    question,
    ...(read ? { read } : {}),
    options: options.map(({ text, right, belief, why }) => ({ text, right, why, ...(belief ? { belief } : {}) })),
  }));

function command(path: string, matter: Matter): Page {
  const front = checkYaml(path, matter.yaml, commandSchema, 2);
  const [lead, ...body] = bodySections(path, matter.body, front.asks);
  const id = sectionIds(path);
  const first = front.examples[0];
  const fence = (example: typeof first) =>
    example
      ? `\`\`\`console\n$ ${example.command.trim().replace(/\n(?=.)/g, "\n$ ")}\n${example.output ? `${example.output.trimEnd()}\n` : ""}\`\`\``
      : "";
  const instruction = /^[A-Z]+$/.test(front.name);
  const shown = (example: NonNullable<typeof first>) =>
    instruction ? `\`\`\`dockerfile\n${example.command.trim()}\n\`\`\`` : fence(example);
  const examples = front.examples.map((example) => `${example.does}:\n\n${shown(example)}`);
  const sections: Section[] = [
    makeSection(
      id(""),
      path,
      "",
      `${lead?.markdown ?? ""}\n\n${examples[0] ?? `\`\`\`text\n${front.synopsis}\n\`\`\``}`,
      "lead",
      lead?.asks ?? [],
    ),
    ...body,
  ];
  if (examples.length > 1)
    sections.push(makeSection(id("Examples"), path, "Examples", examples.slice(1).join("\n\n"), "example"));
  if (front.mistakes.length)
    sections.push(
      makeSection(
        id("Common mistakes"),
        path,
        "Common mistakes",
        front.mistakes.map((m) => `- ${m}`).join("\n"),
        "mistakes",
      ),
    );
  for (const flag of front.flags) {
    const name = [flag.short, flag.name].filter(Boolean).join(", ");
    const usage = `\`${[flag.short, flag.name].filter(Boolean).join("`, `")}\`${flag.value ? ` (${flag.value})` : ""} of \`${front.name}\`: ${flag.does}`;
    const example = front.examples.find((e) =>
      e.command.split(/[\s=]+/).some((word) => word === flag.name || word === flag.short),
    );
    const values = flag.values?.length ? ` Values: ${flag.values.map((v) => `\`${v}\``).join(", ")}.` : "";
    sections.push(
      makeSection(
        id(name),
        path,
        name,
        `${usage}${values}${flag.danger ? ` **Careful:** ${flag.danger}` : ""}${example ? `\n\n${shown(example)}` : ""}`,
        "flag",
      ),
    );
  }
  return {
    ...blank,
    path,
    kind: "command",
    id: front.concept ?? front.name,
    title: front.name,
    aliases: [...front.aliases],
    area: front.area,
    level: front.level,
    related: front.related,
    aspects: front.aspects ?? {},
    tips: front.tips,
    quiz: quiz(front.quiz),
    sources: front.sources,
    ...withChecked(front.checked),
    flags: front.flags.map(({ name, short, value, values, does, danger }) => ({
      name,
      does,
      ...(short ? { short } : {}),
      ...(value ? { value } : {}),
      ...(values ? { values } : {}),
      ...(danger ? { danger } : {}),
    })),
    sections,
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

const KINDS = { concepts: concept, comparisons: comparison, commands: command, errors: error } as const;

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
  const body = matter?.body ?? text;
  const field = (name: string) =>
    matter &&
    new RegExp(`^${name}:[ \\t]*(.+)$`, "m")
      .exec(matter.yaml)?.[1]
      ?.replace(/^["']|["']$/g, "")
      .trim();
  const raw = split(body);
  const name = (path.split("/").at(-1) ?? path)
    .replace(/\.mdx?$/, "")
    .replace(/^_?index$/, path.split("/").at(-2) ?? "index");
  const title = field("title") ?? raw.find((section) => section.level === 1)?.heading ?? name.replace(/[-_]+/g, " ");
  const id = sectionIds(path);
  const sections = raw
    .filter((section) => section.body.some((row) => row.trim()))
    .map((section) => {
      const heading = section.heading === title ? "" : section.heading;
      return makeSection(id(heading), path, heading, section.body.join("\n"), heading ? "body" : "lead", section.asks);
    });
  const description = field("description");
  if (description && !sections.some((section) => section.role === "lead"))
    sections.unshift(makeSection(id("description"), path, "", description, "lead"));
  return {
    ...blank,
    path,
    kind: "document",
    id: path.replace(/\.mdx?$/, ""),
    title,
    aliases: [],
    area: path.split("/")[0] ?? "",
    level: "beginner",
    sources: [],
    match: [description, field("keywords")].filter((value): value is string => Boolean(value)),
    sections,
    own: true,
  };
}

/** Visible length of a section, in characters: what a reader sees. */
export const visibleLength = (markdown: string): number => plain(markdown).replace(/\s+/g, " ").length;
