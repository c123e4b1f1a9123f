/**
 * `npm run knowledge [-- folder or file ...]`: checks the pages; one line a fault, with file, line and cure.
 * `-- --pairs` counts what can be compared, `-- new <id>` starts a page, `-- preview <id>` shows one as platforms do.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { TutorError } from "../src/core/errors.ts";
import type { Library } from "../src/library/library.ts";
import { tryBuiltin } from "../src/library/load.ts";
import { openLibrary } from "../src/library/open.ts";
import { AREAS } from "../src/library/schema.ts";
import { LINTS } from "./knowledge/lints.ts";
import { pairsReport } from "./knowledge/pairs.ts";
import { preview } from "./knowledge/preview.ts";
import { readSet } from "./knowledge/set.ts";
import { KINDS, skeleton } from "./knowledge/skeleton.ts";

const FOLDER = join(import.meta.dirname, "../knowledge");

const OPTIONS = {
  pairs: { type: "boolean", default: false },
  kind: { type: "string", default: "concept" },
  area: { type: "string", default: "containers" },
  /** The day by which a check is too old. */
  today: { type: "string", default: Temporal.Now.plainDateISO("UTC").toString() },
} as const;

/** What was typed, or a fault that names the option nobody knows. */
function typed() {
  try {
    return parseArgs({ allowPositionals: true, options: OPTIONS });
  } catch (cause) {
    const what = (cause as Error).message.split(". ")[0] ?? "";
    console.error(
      `${what}. Use ${Object.keys(OPTIONS)
        .map((name) => `--${name}`)
        .join(", ")}, new or preview.`,
    );
    return process.exit(1);
  }
}

const { values, positionals } = typed();
const [verb, id] = positionals;

try {
  if (values.pairs) console.log(pairsReport(library()).join("\n"));
  else if (verb === "new") begin(named("new"));
  else if (verb === "preview") show(named("preview"));
  else check(positionals);
} catch (error) {
  if (!(error instanceof TutorError)) throw error;
  console.error(error.sentence);
  process.exitCode = 1;
}

function library(): Library {
  const quiet = { info() {}, warn() {}, error: (fields: object, message: string) => console.error(message, fields) };
  return openLibrary({ builtin: FOLDER, own: [] }, quiet).current();
}

function named(what: string): string {
  if (id) return id;
  throw new TutorError("learner", `${what} needs an id.`, { hint: `Write npm run knowledge -- ${what} volume.` });
}

/** One of a closed list, or a fault that names it. */
function oneOf<T extends string>(name: string, value: string, list: readonly T[]): T {
  const found = list.find((each) => each === value);
  if (found) return found;
  throw new TutorError("learner", `--${name} "${value}" is unknown.`, { hint: `Use one of ${list.join(", ")}.` });
}

function begin(wanted: string): void {
  const { path, text } = skeleton(wanted, oneOf("kind", values.kind, KINDS), oneOf("area", values.area, AREAS));
  const taken = tryBuiltin(FOLDER).pages.find(
    (page) => page.id === wanted || page.path === path || page.comparison?.concepts.toReversed().join("--") === wanted,
  );
  if (taken || existsSync(join(FOLDER, path)))
    throw new TutorError("learner", `"${wanted}" is already a page: knowledge/${taken?.path ?? path}.`, {
      hint: "Mend that page, or choose another id.",
    });
  mkdirSync(dirname(join(FOLDER, path)), { recursive: true });
  writeFileSync(join(FOLDER, path), text, { flag: "wx" });
  console.log(`knowledge/${path} is begun; npm run knowledge -- knowledge/${path} lists what is still to be written.`);
}

function show(wanted: string): void {
  const opened = library();
  const path = relative(FOLDER, resolve(wanted)).replace(/\\/g, "/");
  const found = opened.pages.filter(
    (page) => page.id === wanted || page.path === path || page.path.endsWith(`/${wanted}.md`),
  );
  if (!found.length)
    throw new TutorError("learner", `There is no page "${wanted}".`, { hint: "Name a page's id or its file." });
  for (const page of found) console.log(preview(page, opened, process.stdout.hasColors?.() ?? false));
}

function check(names: readonly string[]): void {
  if (!/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(values.today))
    throw new TutorError("learner", `--today "${values.today}" is no date.`, { hint: "Write it as 2026-11-24." });
  const set = readSet(FOLDER, values.today);
  const strange = names.find((name) => !existsSync(name));
  if (strange)
    throw new TutorError("learner", `"${strange}" is no file and no folder.`, {
      hint: "Name a path such as knowledge/errors, or new or preview with an id.",
    });
  const wanted = names.map((name) => relative(FOLDER, resolve(name)).replace(/\\/g, "/"));
  const about = ({ message }: TutorError) => !wanted.length || wanted.some((name) => message.startsWith(name));
  const found = (level: "fatal" | "warning") =>
    LINTS.filter((lint) => lint.level === level).flatMap((lint) => lint.find(set));
  const fatal = found("fatal").filter(about);
  const warnings = found("warning").filter(about);
  for (const fault of fatal) console.log(`knowledge/${fault.sentence}`);
  for (const fault of warnings) console.log(`warning: knowledge/${fault.sentence}`);
  const count = (kind: string) => set.pages.filter((page) => page.kind === kind).length;
  console.log(
    `${set.pages.length} pages: ${count("concept")} concepts, ${count("comparison")} comparisons, ${count("command")} commands, ${count("error")} errors; ${fatal.length} to mend, ${warnings.length} warnings.`,
  );
  process.exitCode = fatal.length ? 1 : 0;
}
