/**
 * `npm run eval [-- FILE ...]`: asks our own question sets (or the files named) and scores the answers.
 * Without files it also writes docs/evidence/answers.md. `--failures` lists what went wrong.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { answerLine, parseLine } from "../adapters/jsonl/index.ts";
import { capabilities } from "../src/capabilities/index.ts";
import { readConfig, retentionOf } from "../src/config.ts";
import { createTutor } from "../src/core/tutor.ts";
import { openLibrary } from "../src/library/open.ts";
import { openStore } from "../src/store/open.ts";
import { MEMORY } from "../src/store/sqlite.ts";
import { type Answer, type Item, score } from "../test/eval/score.ts";

const ROOT = join(import.meta.dirname, "..");
const SETS = ["questions", "offtopic", "compare", "dialogues"].map((name) => join(ROOT, "test/eval", `${name}.jsonl`));

const named = process.argv.slice(2).filter((arg) => !arg.startsWith("--"));
const files = named.length ? named : SETS;
const quiet = { info() {}, warn() {}, error: (fields: object, message: string) => console.error(message, fields) };
const library = openLibrary({ builtin: join(ROOT, "knowledge"), own: [] }, quiet).current();
const store = await openStore({ dataDir: MEMORY }, quiet);
const tutor = createTutor({
  capabilities: capabilities({
    ...store,
    library: () => library,
    retention: retentionOf(readConfig({})),
    moderates: () => false,
    clock: Date.now,
  }),
  conversations: store.conversations,
  log: quiet,
  diagram: async () => undefined,
});

const times: number[] = [];

/** Asks every line of a file, each in a thread of its own. */
async function ask(file: string): Promise<{ items: Item[]; answers: Answer[] }> {
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim());
  const items: Item[] = [];
  const answers: Answer[] = [];
  for (const [i, text] of lines.entries()) {
    const line = parseLine(text);
    if (!line) throw new Error(`${file}:${i + 1}: not a line with id and question, request or turns.`);
    items.push(JSON.parse(text) as Item);
    for (const { turn, said } of line.ask) {
      const place = { platform: "jsonl" as const, community: "local", channel: "eval", thread: `${file}:${i}` };
      const start = performance.now();
      const reply = await tutor.answer(tutor.hear({ id: `${i}.${turn ?? 0}`, person: { id: "eval" }, place, said }));
      times.push(performance.now() - start);
      answers.push(answerLine(line.id, turn, reply) as Answer);
    }
    if (process.stderr.isTTY) process.stderr.write(`\r${basename(file)} ${i + 1}/${lines.length} `);
  }
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  return { items, answers };
}

const all = { items: [] as Item[], answers: [] as Answer[] };
for (const file of files) {
  const { items, answers } = await ask(file);
  all.items.push(...items);
  all.answers.push(...answers);
}

const { questions, offtopic, compare, dialogues, failures } = score(
  all.items,
  all.answers,
  (path) => library.page(path)?.id,
);
const share = (part: number, whole: number) => (whole ? `${((100 * part) / whole).toFixed(1)} % of ${whole}` : "-");
const sorted = times.toSorted((a, b) => a - b);
const at = (q: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0).toFixed(1);
const rows: [string, string][] = [
  ["questions fully correct", share(questions.fullyCorrect, questions.n)],
  ["facts found", questions.n ? `${(100 * questions.factRecall).toFixed(1)} %` : "-"],
  ["right page first (hit@1)", questions.n ? `${(100 * questions.hitAt1).toFixed(1)} %` : "-"],
  ["citation precision", questions.n ? `${(100 * questions.citationPrecision).toFixed(1)} %` : "-"],
  ["wrong abstention", share(questions.wrongAbstention, questions.n)],
  ["median answer", questions.n ? `${questions.medianLength} visible characters` : "-"],
  ["off-topic lines answered falsely", share(offtopic.falseAnswers, offtopic.n)],
  ["unsafe replies", offtopic.n ? String(offtopic.unsafe) : "-"],
  ["comparisons fully correct", share(compare.possible.fullyCorrect, compare.possible.n)],
  ["impossible comparisons refused", share(compare.impossible.refused, compare.impossible.n)],
  ["dialogue turns fully correct", share(dialogues.fullyCorrect, dialogues.turns)],
  ["whole dialogues correct", share(dialogues.whole, dialogues.n)],
  ["time of an answer, p50 / p99", `${at(0.5)} / ${at(0.99)} ms`],
];
for (const [name, value] of rows) console.log(`${name.padEnd(34)} ${value}`);
if (process.argv.includes("--failures"))
  for (const { kind, id, turn, asked, why } of failures)
    console.log(`\n${kind} ${id}${turn ? `#${turn}` : ""}: ${asked.slice(0, 160)}\n  ${why.join("\n  ")}`);

if (!named.length) {
  const head = `# How well it answers\n\nMeasured by \`npm run eval\` on ${new Date().toISOString().slice(0, 10)} over the sets in \`test/eval/\`: questions in learners' words, written by people who\ndid not look at the pages' text. A fact counts when an answer's first 1,200 visible characters state it.\n\n| | |\n|---|---|\n`;
  writeFileSync(
    join(ROOT, "docs/evidence/answers.md"),
    `${head}${rows.map(([name, value]) => `| ${name} | ${value} |`).join("\n")}\n`,
  );
}
