/** Generated replies through a platform's checks: `[n] [seed]`; says how many were refused and how to see it again. */
import { checkBodies, type Faults } from "../../test/support/bodies.ts";
import { record } from "./evidence.ts";

export function bodies(topic: "slack" | "discord", faultsOf: Faults, args: readonly string[]): void {
  const count = Number(args[0] ?? 100_000);
  const seed = Number(args[1] ?? Date.now() % 1_000_000);
  process.stdout.write(`seed ${seed}\n`);
  const began = performance.now();
  const { messages, refused } = checkBodies(faultsOf, seed, count);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  const all = [...refused.values()].reduce((sum, each) => sum + each, 0);
  const lines = [
    "| replies | messages | refused | seconds |",
    "|---|---|---|---|",
    `| ${count} | ${messages} | ${all} | ${seconds} |`,
    ...(all ? ["", ...[...refused].map(([fault, times]) => `- ${times}x ${fault}`)] : []),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  record(topic, "Generated replies", `npm run ${topic}:bodies -- ${count} ${seed}`, seed, lines);
  process.exitCode = all ? 1 : 0;
}
