/** A dated table in docs/evidence, and on the screen. */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";

/** What was measured, the figure, and what it was to be; an aim that is a word is no aim. */
export type Row = readonly [what: string, measured: string, aim: string];

export function writeEvidence(name: string, title: string, how: string, rows: readonly Row[]): void {
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? "unknown"}), Node ${process.versions.node}`;
  const table = rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
  const text = `# ${title}

Measured by \`npm run soak -- ${name}\` on ${new Date().toISOString().slice(0, 10)}, ${machine}. ${how}

| | measured | aim |
|---|---|---|
${table}
`;
  writeFileSync(join(import.meta.dirname, `../../docs/evidence/${name}.md`), text);
  console.log(text);
}

export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
