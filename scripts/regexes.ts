/**
 * `npm run regexes [-- seconds for each]`: every regular expression of the program through recheck, which looks for texts
 * that make it slow; writes docs/evidence/regexes.md. Ends with 1 where one is exponential: no limit on length would help it.
 */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseSync } from "oxc-parser";
import { checkSync } from "recheck";

const ROOT = join(import.meta.dirname, "..");
const SECONDS = Number(process.argv[2] ?? 60);

interface Literal {
  readonly type: string;
  readonly regex?: { readonly pattern: string; readonly flags: string };
}

/** Each expression once, with the files that it stands in. */
function literals(): ReadonlyMap<string, { pattern: string; flags: string; files: Set<string> }> {
  const found = new Map<string, { pattern: string; flags: string; files: Set<string> }>();
  for (const file of globSync("{src,adapters,bin}/**/*.{ts,mjs}", { cwd: ROOT }).toSorted()) {
    const { program } = parseSync(file, readFileSync(join(ROOT, file), "utf8"));
    const visit = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      const { type, regex } = value as Literal;
      if (type === "Literal" && regex) {
        const key = `/${regex.pattern}/${regex.flags}`;
        const known = found.get(key) ?? { ...regex, files: new Set<string>() };
        known.files.add(file);
        found.set(key, known);
      } else for (const each of Object.values(value)) visit(each);
    };
    visit(program);
  }
  return found;
}

const all = literals();
const counts = new Map<string, number>();
const rows: string[] = [];
for (const [source, { pattern, flags, files }] of all) {
  const result = checkSync(pattern, flags, { timeout: SECONDS * 1000 });
  const verdict = result.status === "vulnerable" ? result.complexity.type : result.status;
  counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  if (result.status === "safe") continue;
  const how = result.status === "vulnerable" ? result.complexity.summary : "not decided in time";
  rows.push(`| ${[...files].join(", ")} | \`${source.replaceAll("|", "\\|")}\` | ${how} |`);
}
const tally = [...counts].map(([verdict, times]) => `${times} ${verdict}`).join(", ");
console.log(`${all.size} expressions: ${tally}`);
const head = `# Regular expressions

Measured by \`npm run regexes -- ${SECONDS}\` on ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} cores: ${all.size} expressions, ${tally}.

A polynomial one is slow on long texts only. What a person says is cut to 2,000 characters before any of them sees it
(\`core/tutor.ts\`), pages are at most 1 MB and belong to the operator. Listed is everything that is not proven linear.

| file | expression | recheck says |
|---|---|---|
`;
writeFileSync(join(ROOT, "docs/evidence/regexes.md"), `${head}${rows.join("\n")}\n`);
process.exitCode = counts.has("exponential") ? 1 : 0;
