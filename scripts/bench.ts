/**
 * `npm run bench`: speed as ratios within one run, so that the machine does not matter; writes docs/evidence/speed.md.
 * Baselines: one raw default MiniSearch search over the same sections, and a process that only imports the same packages.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import MiniSearch from "minisearch";
import { answer } from "../src/answering/answer.ts";
import { openLibrary } from "../src/library/open.ts";
import { plain } from "../src/library/sections.ts";

const ROOT = join(import.meta.dirname, "..");
const WARM = 200;
const quiet = { info() {}, warn() {}, error: (fields: object, message: string) => console.error(message, fields) };
const library = openLibrary({ builtin: join(ROOT, "knowledge"), own: [] }, quiet).current();

const raw = new MiniSearch({ fields: ["title", "heading", "text"], idField: "id" });
for (const page of library.pages)
  for (const section of page.sections)
    raw.add({ id: section.id, title: page.title, heading: section.heading, text: plain(section.markdown) });

const lines = (name: string) =>
  readFileSync(join(ROOT, "test/eval", name), "utf8")
    .split("\n")
    .filter(Boolean);
const questions = lines("questions.jsonl").map((line) => (JSON.parse(line) as { question: string }).question);

const quantile = (times: readonly number[], q: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * q))] ?? 0;

/** Milliseconds of each call, taken turn by turn with the other side so that both meet the same noise. */
async function race(rounds: number): Promise<{ ours: number[]; base: number[] }> {
  const ours: number[] = [];
  const base: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const question of questions) {
      let start = performance.now();
      await answer(question, library);
      ours.push(performance.now() - start);
      start = performance.now();
      raw.search(question);
      base.push(performance.now() - start);
    }
  }
  return { ours, base };
}

/** Longest time that one message holds the event loop, in milliseconds: the best of five, warm. */
async function block(text: string): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 5; i++) {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const start = performance.now();
    await answer(text, library);
    const took = performance.now() - start;
    delay.disable();
    best = Math.min(best, took);
  }
  return best;
}

/** Milliseconds from the start of a process to its end: the median of nine. */
function processTime(args: readonly string[], environment: Record<string, string>): number {
  const times = Array.from({ length: 9 }, () => {
    const start = performance.now();
    const child = spawnSync(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      encoding: "utf8",
    });
    if (child.status !== 0) throw new Error(`${args.join(" ")} ended with ${child.status}: ${child.stderr}`);
    return performance.now() - start;
  });
  return quantile(times, 0.5);
}

for (let i = 0; i < WARM; i++) await answer(questions[i % questions.length] ?? "", library);
for (const question of questions) raw.search(question);
const { ours, base } = await race(4);
const median = quantile(ours, 0.5);

const words = [...library.index.frequency.keys()];
const hostile: [string, string][] = [
  ["10,000 characters", "why does my container not start ".repeat(320).slice(0, 10_000)],
  ["2,000 words", Array.from({ length: 2000 }, (_, i) => words[(i * 7) % words.length] ?? "").join(" ")],
  ["one word of 40,000 letters", "a".repeat(40_000)],
];

const folder = mkdtempSync(join(tmpdir(), "tutor-bench-"));
const imports =
  'await Promise.all(["markdown-it", "pino", "rate-limiter-flexible", "stemmer", "ts-fsrs", "yaml", "zod"].map((name) => import(name)));';
const start = processTime(["bin/tutor.mjs", "ask", "vm vs container"], { DATA_DIR: folder, LOG_LEVEL: "error" });
const empty = processTime(["--input-type=module", "-e", imports], {});
rmSync(folder, { recursive: true, force: true });

const ratio = (value: number) => `${value.toFixed(2)}x`;
const rows: [string, string, string][] = [
  ["answer p50 to a raw default MiniSearch search", ratio(median / quantile(base, 0.5)), "<= 1.0x"],
  ["answer p99 to a raw default MiniSearch search", ratio(quantile(ours, 0.99) / quantile(base, 0.99)), "<= 1.5x"],
];
for (const [name, text] of hostile)
  rows.push([`${name}: time of the event loop, to the median answer`, ratio((await block(text)) / median), "<= 20x"]);
rows.push([
  "process start to answer of `ask`, to a process that only imports the packages",
  ratio(start / empty),
  "<= 2.5x",
]);

for (const [name, value, target] of rows) console.log(`${name.padEnd(82)} ${value.padStart(7)}  ${target}`);
console.log(
  `(median answer ${median.toFixed(2)} ms, raw search ${quantile(base, 0.5).toFixed(2)} ms, ask ${start.toFixed(0)} ms, imports ${empty.toFixed(0)} ms, ${library.pages.length} pages)`,
);
const head = `# How fast it answers\n\nMeasured by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)} after ${WARM} warm-up questions, as ratios within one run.\n\n| | measured | aim |\n|---|---|---|\n`;
writeFileSync(
  join(ROOT, "docs/evidence/speed.md"),
  `${head}${rows.map((row) => `| ${row.join(" | ")} |`).join("\n")}\n`,
);
