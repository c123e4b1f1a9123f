/**
 * What must hold when things go wrong, at full size: `npm run chaos -- tips 200 --seed 7`. Without a name all of them.
 * Each writes its figures into docs/evidence/; `npm test` runs samples of the same code.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { events } from "./chaos/events.ts";
import { faults } from "./chaos/faults.ts";
import { quizzes } from "./chaos/quizzes.ts";
import type { Outcome } from "./chaos/report.ts";
import { tips } from "./chaos/tips.ts";
import { zones } from "./chaos/zones.ts";

interface Experiment {
  readonly full: number;
  readonly of: string;
  readonly run: (count: number, seed: number) => Promise<Outcome>;
}

const EXPERIMENTS: Readonly<Record<string, Experiment>> = {
  events: { full: 1000, of: "events", run: events },
  faults: { full: 100, of: "damaged files, and 0.6 s of a frozen server each", run: faults },
  quizzes: { full: 200, of: "kills", run: quizzes },
  tips: { full: 200, of: "kills", run: tips },
  zones: { full: 10, of: "years", run: zones },
};

const { values, positionals } = parseArgs({ options: { seed: { type: "string" } }, allowPositionals: true });
const [name, given] = positionals;
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const chosen = name === undefined ? Object.keys(EXPERIMENTS) : [name];
for (const each of chosen) {
  const experiment = EXPERIMENTS[each];
  const count = Number(given ?? experiment?.full);
  if (!experiment || !Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) {
    process.stderr.write(
      `"${process.argv.slice(2).join(" ")}" is no experiment. Use ${Object.keys(EXPERIMENTS).join(", ")}, then a count and --seed with a number if you like.\n`,
    );
    process.exit(78);
  }
  process.stdout.write(`${each}: ${count} ${experiment.of}, seed ${seed}\n`);
  const from = performance.now();
  const { lines, faults } = await experiment.run(count, seed);
  const seconds = Math.round((performance.now() - from) / 1000);
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? "unknown"}), ${Math.round(totalmem() / 2 ** 30)} GB`;
  const text = `${[
    `# Chaos: ${each}`,
    "",
    `\`npm run chaos -- ${each} ${count} --seed ${seed}\` on ${new Date().toISOString().slice(0, 10)}: Node ${process.versions.node}, ${machine}, ${seconds} s.`,
    "",
    ...lines,
    "",
    ...(faults.length ? faults.map((fault) => `- NOT KEPT: ${fault}`) : ["Every promise was kept."]),
  ]
    .join("\n")
    .trimEnd()}\n`;
  const folder = join(import.meta.dirname, "../docs/evidence");
  mkdirSync(folder, { recursive: true });
  // A smaller trial shows its figures, and leaves the full ones alone.
  if (count >= experiment.full) writeFileSync(join(folder, `${each}.md`), text);
  process.stdout.write(text);
  if (faults.length) process.exitCode = 1;
}
