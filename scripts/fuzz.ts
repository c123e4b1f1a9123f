/**
 * `npm run fuzz -- [n] [--seed s]`: generated and mutated messages through the real tutor and all renderers: nothing is thrown,
 * no body is over a limit, nobody is pinged. Into docs/evidence/fuzz.md; the same seed says the same again.
 */
import { parseArgs } from "node:util";
import fc from "fast-check";
import { type Fuzzed, fuzzed } from "../test/support/fuzz.ts";
import { messages } from "../test/support/messages.ts";
import { record } from "./reach/evidence.ts";
import { milliseconds, quantile } from "./reach/quantile.ts";

/** Messages generated at once, and a tutor with an empty store for as many: memory stays flat, and each round stands alone. */
const ROUND = 10_000;
/** Every so often the schemas are asked as well. */
const WHOLE = 100;
const SHOWN = 20;

const { values, positionals } = parseArgs({ options: { seed: { type: "string" } }, allowPositionals: true });
const count = Number(positionals[0] ?? 1_000_000);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
process.stdout.write(`seed ${seed}\n`);

const took = new Float64Array(count);
const faults = new Map<string, { times: number; example: string }>();
let slowest = "";
let longest = 0;
/** Milliseconds of CPU of this thread: what a core does, whoever else is on the machine. */
let busy = 0;

async function round(subject: Fuzzed, from: number): Promise<void> {
  const batch = fc.sample(messages, { seed: seed + from, numRuns: Math.min(ROUND, count - from) });
  for (const [i, message] of batch.entries()) {
    const before = process.threadCpuUsage();
    const start = performance.now();
    const found = await subject.send(message, (from + i) % WHOLE === 0);
    const elapsed = performance.now() - start;
    const used = process.threadCpuUsage(before);
    busy += (used.user + used.system) / 1000;
    took[from + i] = elapsed;
    if (elapsed > longest) [longest, slowest] = [elapsed, JSON.stringify(message).slice(0, 120)];
    for (const fault of found) {
      const known = faults.get(fault) ?? { times: 0, example: JSON.stringify(message).slice(0, 300) };
      faults.set(fault, { ...known, times: known.times + 1 });
    }
  }
}

const warm = await fuzzed();
for (const message of fc.sample(messages, { seed, numRuns: 200 })) await warm.send(message, true);
await warm.close();
const began = performance.now();
for (let from = 0; from < count; from += ROUND) {
  const subject = await fuzzed();
  await round(subject, from);
  await subject.close();
  process.stderr.write(`\r${Math.min(count, from + ROUND)} `);
}
const seconds = (performance.now() - began) / 1000;
const all = [...took];
const total = [...faults.values()].reduce((sum, { times }) => sum + times, 0);
const lines = [
  "| messages | faults | a second and core | p50 | p99 | max | seconds |",
  "|---|---|---|---|---|---|---|",
  `| ${count} | ${total} | ${Math.round((count / busy) * 1000)} | ${milliseconds(quantile(all, 0.5))} | ${milliseconds(quantile(all, 0.99))} | ${milliseconds(longest)} | ${seconds.toFixed(0)} |`,
  "",
  "A fault is anything thrown or logged as one, a body over a limit of Slack or Discord, anything that pings, turns text around",
  `or controls a terminal. Every ${WHOLE}th answer also went through the schemas. Times include hearing, answering and all four renderers.`,
  ...(faults.size ? ["", ...[...faults].slice(0, SHOWN).map(([fault, { times }]) => `- ${times}x ${fault}`)] : []),
];
process.stdout.write(`\n${lines.join("\n")}\nslowest: ${slowest}\n`);
for (const [fault, { times, example }] of [...faults].slice(0, SHOWN))
  process.stdout.write(`${times}x ${fault}\n  ${example}\n`);
record("fuzz", "Generated and mutated messages", `npm run fuzz -- ${count} --seed ${seed}`, seed, lines);
process.exitCode = total ? 1 : 0;
