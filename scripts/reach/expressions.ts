/** Every regular expression of the program, and what is known of each: scripts/reach/regexes.json. */
import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "oxc-parser";

const ROOT = join(import.meta.dirname, "../..");
/** Where the verdicts are kept. */
export const VERDICTS = join(import.meta.dirname, "regexes.json");

export interface Expression {
  readonly pattern: string;
  readonly flags: string;
  readonly files: readonly string[];
}

/** One that is not proven linear, and how long the worst text that was found takes at the length that its input is cut to. */
export interface Exception {
  readonly hash: string;
  readonly grows: string;
  readonly characters: number;
  readonly worstMs: number;
}

export interface Verdicts {
  readonly safe: readonly string[];
  readonly bounded: readonly Exception[];
}

interface Literal {
  readonly type: string;
  readonly regex?: { readonly pattern: string; readonly flags: string };
}

/** Each literal once, by the hash of how it is written; those put together at run time are made of listed ones or of names. */
export function expressions(): ReadonlyMap<string, Expression> {
  const found = new Map<string, Expression>();
  for (const name of globSync("{src,adapters,bin}/**/*.{ts,mjs}", { cwd: ROOT }).toSorted()) {
    const file = name.replaceAll("\\", "/");
    const { program } = parseSync(file, readFileSync(join(ROOT, file), "utf8"));
    const visit = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      const { type, regex } = value as Literal;
      if (type === "Literal" && regex) {
        const hash = createHash("sha256").update(`/${regex.pattern}/${regex.flags}`).digest("hex").slice(0, 16);
        const files = found.get(hash)?.files ?? [];
        found.set(hash, { ...regex, files: files.includes(file) ? files : [...files, file] });
      } else for (const each of Object.values(value)) visit(each);
    };
    visit(program);
  }
  return found;
}

/** The verdicts of the last `npm run regexes`. */
export const verdicts = (): Verdicts => JSON.parse(readFileSync(VERDICTS, "utf8"));
