/** What was measured goes into docs/evidence/, dated: one file a topic, one section a script. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";

const FOLDER = join(import.meta.dirname, "../../docs/evidence");

/** Replaces the section `title` of docs/evidence/`topic`.md, or adds it. */
export function record(
  topic: string,
  title: string,
  command: string,
  seed: number | undefined,
  lines: readonly string[],
): void {
  const file = join(FOLDER, `${topic}.md`);
  const machine = `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? "unknown"})`;
  const section = [
    `## ${title}`,
    "",
    `\`${command}\`, ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${machine}${seed === undefined ? "" : `, seed ${seed}`}.`,
    "",
    ...lines,
  ].join("\n");
  const others = sectionsOf(file).filter((each) => !each.startsWith(`## ${title}\n`));
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(file, `${[`# ${HEADS[topic] ?? topic}`, ...others, section].join("\n\n").trimEnd()}\n`);
}

const HEADS: Readonly<Record<string, string>> = {
  adapters: "How fast the adapters answer",
  slack: "Slack, as measured",
  discord: "Discord, as measured",
  fuzz: "Whatever is said",
};

function sectionsOf(file: string): string[] {
  try {
    return readFileSync(file, "utf8")
      .split(/^(?=## )/m)
      .slice(1)
      .map((section) => section.trimEnd());
  } catch {
    return [];
  }
}
