/**
 * `npm run bench:corpus -- [DIR [QUESTIONS.jsonl]]`: search over a folder of Markdown and over four copies of it, as ratios to
 * MiniSearch with its defaults in the same run; writes docs/evidence/search.md. Without DIR it makes 900 pages up from a seed;
 * without questions it asks the documents' own headings.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { serialize } from "node:v8";
import MiniSearch from "minisearch";
import { understand } from "../src/answering/question.ts";
import { createLibrary, prepare } from "../src/library/library.ts";
import { listPages, readShelf } from "../src/library/load.ts";
import type { Page } from "../src/library/page.ts";

const ROOT = join(import.meta.dirname, "..");
const SEED = 20261124;
const COPIES = 4;
const MOST = 300;
const ROUNDS = 5;

/** mulberry32: the same pages on every machine. */
function random(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** 900 pages of ten sections whose words are as unevenly frequent as those of a language. */
function madeUp(folder: string): void {
  const chance = random(SEED);
  const syllables = [
    "con",
    "tai",
    "ner",
    "im",
    "age",
    "vol",
    "net",
    "work",
    "serv",
    "ice",
    "build",
    "er",
    "reg",
    "is",
    "try",
  ];
  const some = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T;
  const lexicon = Array.from({ length: 12_000 }, () => some(syllables) + some(syllables) + some(syllables));
  const word = () => lexicon[Math.floor(lexicon.length ** chance()) - 1] ?? "container";
  const line = (count: number) => Array.from({ length: count }, word).join(" ");
  for (let i = 0; i < 900; i++) {
    const sections = Array.from({ length: 10 }, () => `## ${line(3)}\n\nThe ${line(60)} is of the ${line(50)}.\n`);
    writeFileSync(join(folder, `page-${i}.md`), `---\ntitle: ${line(2)}\n---\n\n${sections.join("\n")}`);
  }
}

const quantile = (times: readonly number[], q: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * q))] ?? 0;

/** Milliseconds of one call, and its result. */
function timed<T>(work: () => T): { ms: number; result: T } {
  globalThis.gc?.();
  const start = performance.now();
  const result = work();
  return { ms: performance.now() - start, result };
}

function miniSearch(pages: readonly Page[]): MiniSearch {
  const raw = new MiniSearch({ fields: ["title", "heading", "text"], idField: "id" });
  for (const page of pages)
    for (const section of page.sections)
      raw.add({ id: section.id, title: page.title, heading: section.heading, text: section.markdown });
  return raw;
}

const headings = (pages: readonly Page[]): string[] => {
  const all = pages.flatMap((page) => page.sections.map((section) => `${page.title} ${section.heading}`));
  return all.filter((_, i) => i % Math.max(1, Math.floor(all.length / MOST)) === 0).slice(0, MOST);
};

async function measure(folder: string, asked?: readonly string[]) {
  const shelf = readShelf({ own: [folder] }, listPages({ own: [folder] }));
  const { pages } = shelf;
  const questions = asked ?? headings(pages);
  // Each side builds twice; the second time is warm.
  timed(() => prepare(pages));
  const ours = timed(() => prepare(pages));
  timed(() => miniSearch(pages));
  const base = timed(() => miniSearch(pages));
  const library = createLibrary({ ...shelf, prepared: ours.result, version: "bench" });
  const times: { ours: number[]; base: number[] } = { ours: [], base: [] };
  for (let round = 0; round <= ROUNDS; round++)
    for (const question of questions) {
      const begin = performance.now();
      await library.index.search(understand(question, library).query);
      const between = performance.now();
      base.result.search(question);
      const end = performance.now();
      if (round === 0) continue; // warm-up
      times.ours.push(between - begin);
      times.base.push(end - between);
    }
  const { counts, names, engines } = ours.result;
  return {
    pages: pages.length,
    sections: pages.reduce((sum, page) => sum + page.sections.length, 0),
    questions: questions.length,
    build: { ours: ours.ms, base: base.ms },
    bytes: {
      ours: serialize(engines()).length + Buffer.byteLength(JSON.stringify({ counts, names })),
      base: Buffer.byteLength(JSON.stringify(base.result)),
    },
    p50: { ours: quantile(times.ours, 0.5), base: quantile(times.base, 0.5) },
    p99: { ours: quantile(times.ours, 0.99), base: quantile(times.base, 0.99) },
  };
}

const [given, file] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), "tutor-bench-"));
const corpus = given ?? join(work, "made-up");
if (!given) {
  mkdirSync(corpus);
  madeUp(corpus);
}
if (!statSync(corpus).isDirectory()) throw new Error(`${corpus} is no folder.`);
const questions =
  file &&
  readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { question: string }).question);
const large = join(work, "large");
for (let i = 0; i < COPIES; i++) cpSync(corpus, join(large, `copy-${i}`), { recursive: true });

const one = await measure(corpus, questions || undefined);
const four = await measure(large, questions || undefined);
rmSync(work, { recursive: true, force: true });

const ratio = ({ ours, base }: { ours: number; base: number }) => `${(ours / base).toFixed(2)}x`;
const ms = (value: number) => `${value.toFixed(value < 100 ? 1 : 0)} ms`;
const mb = (value: number) => `${(value / 1e6).toFixed(1)} MB`;
const rows: [string, string, string, string][] = [
  ["build", ratio(one.build), `${ms(one.build.ours)} / ${ms(one.build.base)}`, "<= 1.5x"],
  ["index on disk", ratio(one.bytes), `${mb(one.bytes.ours)} / ${mb(one.bytes.base)}`, "<= 1.5x"],
  ["search p50", ratio(one.p50), `${ms(one.p50.ours)} / ${ms(one.p50.base)}`, "<= 0.5x"],
  ["search p99", ratio(one.p99), `${ms(one.p99.ours)} / ${ms(one.p99.base)}`, "<= 0.5x"],
  [
    `p99 over ${COPIES} times the pages, to p99 over one`,
    ratio({ ours: four.p99.ours, base: one.p99.ours }),
    `${ms(four.p99.ours)} / ${ms(one.p99.ours)}`,
    "<= 4x",
  ],
];
for (const row of rows) console.log(row.map((cell, i) => cell.padEnd([46, 8, 22, 0][i] ?? 0)).join(" "));
const what = given
  ? `a given folder of ${one.pages} pages (${one.sections} sections)`
  : `${one.pages} made-up pages (${one.sections} sections, seed ${SEED})`;
const head = `# How fast documents are searched

Measured by \`npm run bench:corpus\` on ${new Date().toISOString().slice(0, 10)}: ${what}, ${one.questions} questions in ${ROUNDS} rounds after one for warming up;
Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model.trim()}. Ratios to MiniSearch with its defaults over the same sections, in the same run, turn by
turn; a search of ours begins with the question's text.

| | ratio | ours / MiniSearch | aim |
|---|---|---|---|
`;
const evidence = join(ROOT, "docs/evidence/search.md");
mkdirSync(dirname(evidence), { recursive: true });
writeFileSync(evidence, `${head}${rows.map((row) => `| ${row.join(" | ")} |`).join("\n")}\n`);
