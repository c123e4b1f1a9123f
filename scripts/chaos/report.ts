/** What an experiment came to, and how it is told. */

export interface Outcome {
  /** Lines of Markdown. */
  readonly lines: readonly string[];
  /** Each a sentence; empty when every promise was kept. */
  readonly faults: readonly string[];
}

/** A small table of names and figures. */
export const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): readonly string[] => [
  `| ${head.join(" | ")} |`,
  `|${"---|".repeat(head.length)}`,
  ...rows.map((row) => `| ${row.join(" | ")} |`),
];

/** A sentence where a figure is not what was promised. */
export const promise = (what: string, found: number, wanted: number): readonly string[] =>
  found === wanted ? [] : [`${what}: ${found} instead of ${wanted}`];
