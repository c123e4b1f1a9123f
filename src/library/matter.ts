/** Front matter: finding it, checking it, and faults that name file and line. */
import { type Document, isMap, LineCounter, parseDocument, visit } from "yaml";
import type { z } from "zod";
import { TutorError } from "../core/errors.ts";

/** YAML with duplicate-key checks is quadratic; this bounds it to well under a second. */
const FRONT_MATTER_LIMIT = 32 * 1024;

export interface Matter {
  readonly yaml: string;
  readonly body: string;
  /** Line of the file on which `body` starts, counted from 1. */
  readonly bodyLine: number;
  /** Between `+++` rather than `---`, as Hugo may have it. */
  readonly toml: boolean;
}

export function splitMatter(text: string): Matter | undefined {
  const rows = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const fence = rows[0]?.trimEnd();
  if (fence !== "---" && fence !== "+++") return undefined;
  const end = rows.findIndex((row, i) => i > 0 && row.trimEnd() === fence);
  if (end < 0) return undefined;
  return {
    yaml: rows.slice(1, end).join("\n"),
    body: rows.slice(end + 1).join("\n"),
    bodyLine: end + 2,
    toml: fence === "+++",
  };
}

export const fault = (file: string, line: number, what: string, hint?: string): TutorError =>
  new TutorError("knowledge", `${file}:${line}: ${what}`, hint ? { hint } : {});

/** A value that starts with `*` is an alias to YAML; one that leads nowhere shows only here. */
function plainValue(file: string, document: Document.Parsed, counter: LineCounter, firstLine: number): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 });
  } catch (cause) {
    let at = 0;
    visit(document, {
      Alias(_, node) {
        at = node.range?.[0] ?? 0;
        return node.resolve(document) ? undefined : visit.BREAK;
      },
    });
    throw fault(
      file,
      counter.linePos(at).line + firstLine - 1,
      `${(cause as Error).message.split("\n")[0]?.replace(/[.:]?$/, "")}.`,
      "Quote a value that starts with * or &.",
    );
  }
}

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
      `${broken.message.split("\n")[0]?.split(" at line")[0]}.`,
      "Quote the value, or check the indentation.",
    );
  }
  const checked = schema.safeParse(plainValue(file, document, counter, firstLine));
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  // An unknown key is reported on its parent: its own line is the one to look at.
  const path = [...(issue?.path ?? []), ...(issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [])];
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
