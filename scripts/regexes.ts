/**
 * `npm run regexes [-- seconds for each [all]]`: every regular expression without a verdict (or all of them) through recheck,
 * which looks for texts that make it slow. Writes scripts/reach/regexes.json, which `npm test` holds the code against, and
 * docs/evidence/regexes.md. Ends with 1 where one is slow and its input is not cut short, or slow all the same.
 */
import { existsSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { checkSync } from "recheck";
import { type Exception, type Expression, expressions, VERDICTS, verdicts } from "./reach/expressions.ts";

const [seconds = "60", which] = process.argv.slice(2);
/** What a person says is cut to so many characters before any of these sees it (`core/tutor.ts`). */
const HEARD = 2000;
const HEARD_IN = /^src\/(?:answering|capabilities|tips|time|core\/reason)/;
const MOST_MS = 50;

const known = existsSync(VERDICTS) && which !== "all" ? verdicts() : { safe: [], bounded: [] };
const safe: string[] = [];
const bounded: Exception[] = [];
const refused: string[] = [];
const all = expressions();
for (const [hash, expression] of all) {
  const before = known.bounded.find((each) => each.hash === hash);
  if (known.safe.includes(hash)) safe.push(hash);
  else if (before) bounded.push(before);
  else check(hash, expression);
}

function check(hash: string, { pattern, flags, files }: Expression): void {
  const result = checkSync(pattern, flags, { timeout: Number(seconds) * 1000 });
  if (result.status === "safe") {
    safe.push(hash);
    return;
  }
  const { pumps = [], suffix = "" } = result.status === "vulnerable" ? result.attack : {};
  const worstMs = slowest(new RegExp(pattern, flags), [...shaped(pumps, suffix), ...plainly(pattern)]);
  const grows = result.status === "vulnerable" ? result.complexity.summary : "not decided in time";
  const heard = files.every((file) => HEARD_IN.test(file));
  if (heard && worstMs <= MOST_MS) bounded.push({ hash, grows, characters: HEARD, worstMs });
  else refused.push(`${files.join(", ")}: /${pattern}/${flags}: ${grows}, ${worstMs} ms at ${HEARD} characters`);
}

/** The text that recheck found, drawn out to the length that is heard. */
function shaped(pumps: readonly { readonly prefix: string; readonly pump: string }[], suffix: string): string[] {
  if (!pumps.length) return [];
  const room = Math.floor((HEARD - suffix.length) / pumps.length);
  const parts = pumps.map(({ prefix, pump }) => (prefix + pump.repeat(HEARD)).slice(0, Math.max(0, room)));
  return [parts.join("") + suffix];
}

/** Runs of what patterns stumble over, and of the words in the pattern itself. */
function plainly(pattern: string): string[] {
  const words = pattern.match(/[a-z]{2,}/gi) ?? [];
  const pieces = [" ", "a", "1", "-", ".", "\n", "a ", "1 ", "?", ...words, ...words.map((word) => `${word} `)];
  return pieces.flatMap((piece) => [0, 1].map((end) => piece.repeat(HEARD).slice(0, HEARD - end) + "\0".repeat(end)));
}

/** The slowest of them in milliseconds; the quickest of three tries each, so that a busy machine counts for nothing. */
function slowest(expression: RegExp, texts: readonly string[]): number {
  const timed = (text: string): number => {
    const from = performance.now();
    text.replace(expression, "");
    return performance.now() - from;
  };
  const worst = texts.map((text) => Math.min(timed(text), timed(text), timed(text)));
  return Math.round(Math.max(0, ...worst) * 100) / 100;
}

const byHash = (a: Exception, b: Exception) => (a.hash < b.hash ? -1 : 1);
writeFileSync(VERDICTS, `${JSON.stringify({ safe: safe.sort(), bounded: bounded.sort(byHash) }, undefined, 2)}\n`);
const tally = `${all.size} expressions: ${safe.length} proven linear, ${bounded.length} bounded by the length of what is heard`;
console.log([tally, ...refused.map((each) => `refused: ${each}`)].join("\n"));
const cell = (text: string) => `\`${text.replaceAll("|", "\\|")}\``;
const rows = bounded.map(({ hash, grows, characters, worstMs }) => {
  const { pattern = "", flags = "", files = [] } = all.get(hash) ?? {};
  return `| ${files.join(", ")} | ${cell(`/${pattern}/${flags}`)} | ${grows} | ${characters} | ${worstMs} |`;
});
const head = `# Regular expressions

Checked by \`npm run regexes\` with recheck, last on ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} cores: ${tally}.
\`npm test\` refuses an expression that is not on the list (\`scripts/reach/regexes.json\`).

Below is everything that is not proven linear. What a person says is cut to ${HEARD} characters before any of these sees it; the
last column is the slowest of the texts that recheck found and of runs of the pattern's own words, at that length.

| file | expression | recheck says | characters | worst, ms |
|---|---|---|---|---|
`;
writeFileSync(join(import.meta.dirname, "../docs/evidence/regexes.md"), `${head}${rows.join("\n")}\n`);
process.exitCode = refused.length ? 1 : 0;
