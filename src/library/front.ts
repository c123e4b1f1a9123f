/** Front matter as Hugo, Docusaurus, Jekyll and others write it -> the few fields that search needs. It never fails a page. */
import { parseDocument } from "yaml";
import type { Matter } from "./matter.ts";

export interface Front {
  readonly title: string | undefined;
  readonly description: string | undefined;
  /** Keywords, tags and other names. */
  readonly words: readonly string[];
}

/** Longer front matter is read line by line: YAML in full would take long. */
const MOST = 32 * 1024;
const TITLE = ["title", "linkTitle", "sidebar_label", "nav_title"];
const DESCRIPTION = ["description", "summary", "excerpt"];
const WORDS = ["keywords", "tags", "categories"];

export function readFront(matter: Matter | undefined): Front {
  const fields = matter ? (fromYaml(matter) ?? fromLines(matter.yaml)) : {};
  const first = (names: readonly string[]) => names.map((name) => texts(fields[name])[0]).find(Boolean);
  return {
    title: first(TITLE),
    description: first(DESCRIPTION),
    words: WORDS.flatMap((name) => texts(fields[name])),
  };
}

/** A value as its texts: a line, or a list of them; nothing else is a word. */
function texts(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value.slice(0, 100) : [value];
  return list
    .filter((each) => typeof each === "string" || typeof each === "number")
    .map((each) => String(each).replace(/\s+/g, " ").trim())
    .filter(Boolean);
}

function fromYaml({ yaml, toml }: Matter): Record<string, unknown> | undefined {
  if (toml || yaml.length > MOST) return undefined;
  try {
    const document = parseDocument(yaml, { uniqueKeys: false, logLevel: "silent" });
    if (document.errors.length) return undefined;
    const value: unknown = document.toJS({ maxAliasCount: 50 });
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** `key: value` and `key = "value"`, whatever stands around them. */
function fromLines(text: string): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.create(null);
  for (const row of text.slice(0, MOST).split("\n")) {
    const [, key = "", value = ""] = /^([A-Za-z_]{1,40})[ \t]*[:=](.*)$/.exec(row) ?? [];
    const said = value.trim();
    if (!key || !said || key in fields) continue;
    fields[key] = /^\[.*\]$/.test(said) ? said.slice(1, -1).split(",").map(unquoted) : unquoted(said);
  }
  return fields;
}

const unquoted = (value: string): string => value.trim().replace(/^(["'])(.*)\1$/, "$2");
