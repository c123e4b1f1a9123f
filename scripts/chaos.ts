/** The full figures behind the samples of `npm test`: `npm run chaos -- zones [seed]`. Dated into docs/evidence/. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chance, compare, type Reason, tellingMinute, zones } from "../test/support/zones.ts";

interface Result {
  readonly lines: readonly string[];
  readonly failed: boolean;
}

const EXPERIMENTS: Readonly<Record<string, (seed: number) => Result>> = { zones: everyZone };
const [FROM, TO] = [2020, 2030];

/** Every zone of this Node, ten years of days, at the times of day that its clock changes make interesting. */
function everyZone(seed: number): Result {
  const random = chance(seed);
  const faults: string[] = [];
  const explained = new Map<Reason, number>();
  let occurrences = 0;
  const all = zones();
  for (const zone of all) {
    const minute = tellingMinute(zone, FROM, TO, random);
    const result = compare({ zone, minute, weekdays: random() < 0.5 ? 127 : 1 + Math.floor(random() * 127) }, FROM, TO);
    occurrences += result.occurrences;
    faults.push(...result.faults);
    for (const [reason, count] of result.explained) explained.set(reason, (explained.get(reason) ?? 0) + count);
  }
  return {
    failed: faults.length > 0,
    lines: [
      `${all.length} zones, ${FROM} to ${TO - 1}: ${occurrences} occurrences, compared with luxon day by day.`,
      "",
      "| Difference | Times |",
      "|---|---|",
      ...[...explained].map(([reason, count]) => `| explained: ${reason} | ${count} |`),
      `| unexplained | ${faults.length} |`,
      "",
      ...faults.slice(0, 50).map((fault) => `- ${fault}`),
    ],
  };
}

const [name = "", given] = process.argv.slice(2);
const experiment = EXPERIMENTS[name];
if (!experiment) {
  process.stderr.write(`"${name}" is no experiment. There are: ${Object.keys(EXPERIMENTS).join(", ")}.\n`);
  process.exit(78);
}
const seed = Number(given ?? Date.now() % 1_000_000);
process.stdout.write(`seed ${seed}\n`);
const began = performance.now();
const { lines, failed } = experiment(seed);
const day = new Date().toISOString().slice(0, 10);
const head = [
  `# ${name}, ${day}`,
  "",
  `Seed ${seed}, Node ${process.versions.node}, ${Math.round((performance.now() - began) / 1000)} s.`,
  "",
];
const text = `${[...head, ...lines].join("\n").trimEnd()}\n`;
const folder = join(import.meta.dirname, "../docs/evidence");
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, `${name}-${day}.md`), text);
process.stdout.write(text);
process.exitCode = failed ? 1 : 0;
