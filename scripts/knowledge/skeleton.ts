/** A new page with a hint wherever something is still to be written. It passes the schema, and the check lists each hint. */
import { TutorError } from "../../src/core/errors.ts";
import { type AREAS, COMMON_ASPECTS } from "../../src/library/schema.ts";

/** Stands before every hint; the check names the line and says the rest. */
export const TODO = "TODO";

export const KINDS = ["concept", "comparison", "command", "error"] as const;
export type Kind = (typeof KINDS)[number];
type Area = (typeof AREAS)[number];

export interface Skeleton {
  /** Inside the knowledge folder. */
  readonly path: string;
  readonly text: string;
}

const SOURCE = `sources:
  - title: "${TODO} Title of the page that the facts come from, and whose it is."
    href: https://docs.docker.com/`;

const aspects = `aspects:
${COMMON_ASPECTS.map((name) => `  ${name}: "${TODO} ${aspectHint(name)}"`).join("\n")}`;

function aspectHint(name: (typeof COMMON_ASPECTS)[number]): string {
  switch (name) {
    case "purpose":
      return "What it is for, at most 90 characters, no full stop.";
    case "scope":
      return "What it covers: a container, a host, a cluster.";
    case "use":
      return "The command or line by which it is used.";
    case "best-for":
      return "Where it is the right choice.";
    case "limits":
      return "What it cannot do, or what it costs.";
    default:
      return name satisfies never;
  }
}

const option = (right: boolean, n: number) =>
  right
    ? `      - text: "${TODO} ${n}. The right option, as long as the wrong ones."
        right: true
        why: "${TODO} Why that is so."`
    : `      - text: "${TODO} ${n}. A wrong option that a learner would believe."
        belief: "${TODO} The belief behind it."
        why: "${TODO} What refutes it."`;

const question = (n: number) => `  - question: "${TODO} Question ${n}: a situation, and what happens in it."
    options:
${[option(true, 1), option(false, 2), option(false, 3)].join("\n")}`;

const HEADINGS = ["Why it exists", "How it works", "How to use it", "How it differs", "What goes wrong"];

const section = (heading: string) => `## ${heading}
<!-- asks: ${TODO} Two to six questions in learners' words, a bar between them. -->
${TODO} Answer it in the first sentence, naming the subject; then why, then how. Rename the heading.
`;

const titled = (id: string) => id.replaceAll("-", " ").replace(/^./, (first) => first.toUpperCase());

const concept = (id: string, area: Area): Skeleton => ({
  path: `concepts/${area}/${id}.md`,
  text: `---
id: ${id}
title: ${titled(id)}
aliases: []
area: ${area}
level: beginner
requires: []
related: []
${SOURCE}
${aspects}
tips:
  - "${TODO} **A bold claim.** Then the lesson, under 300 characters."
quiz:
${question(1)}
${question(2)}
---
${TODO} Say what it is in under 60 words, naming it.

${HEADINGS.map(section).join("\n")}`,
});

function comparison(id: string): Skeleton {
  const concepts = id.split("--");
  if (concepts.length !== 2 || concepts.some((each) => !each))
    throw new TutorError("learner", `"${id}" does not name two pages.`, {
      hint: "Write both ids: volume--bind-mount.",
    });
  const row = (aspect: string) => `  - aspect: ${aspect}
    cells: ["${TODO} About the first.", "${TODO} About the second."]
    sources: [1]`;
  return {
    path: `comparisons/${id}.md`,
    text: `---
concepts: [${concepts.join(", ")}]
verdict: "${TODO} Which one, and why, in at most 280 characters; name both."
use:
  - "${TODO} When the first is right."
  - "${TODO} When the second is right."
rows:
${COMMON_ASPECTS.map(row).join("\n")}
${SOURCE}
---
`,
  };
}

const command = (id: string, area: Area): Skeleton => ({
  path: `commands/${id}.md`,
  text: `---
name: ${id.startsWith("docker-") ? id.replaceAll("-", " ") : id.toUpperCase()}
area: ${area}
level: beginner
aliases: []
asks: ["${TODO} How learners ask for it."]
synopsis: "${TODO} The command with its arguments, as its help prints it."
flags:
  - name: --todo
    does: "${TODO} A sentence for each flag that people meet."
examples:
  - does: "${TODO} What the example does"
    command: "${TODO} The command."
mistakes:
  - "${TODO} What people expect, and what happens."
${aspects}
${SOURCE}
---
${TODO} Say what it does in under 60 words, naming it.
`,
});

const error = (id: string, area: Area): Skeleton => ({
  path: `errors/${id}.md`,
  text: `---
id: ${id}
title: ${titled(id)}
match: ["${TODO} A literal part of the message; or write exit: 137."]
asks: ["${TODO} How learners describe it."]
means: "${TODO} What happened, in one or two sentences."
confirm: ["${TODO} A command that shows it."]
fix: ["${TODO} The likeliest cure first."]
also: []
related: []
area: ${area}
level: beginner
${SOURCE}
---
`,
});

/** The skeleton of a page; a fault where the id is none. */
export function skeleton(id: string, kind: Kind, area: Area): Skeleton {
  if (!/^[a-z0-9]+(?:-{1,2}[a-z0-9]+)*$/.test(id))
    throw new TutorError("learner", `"${id}" is no id.`, { hint: "Use lower case letters, digits and hyphens." });
  switch (kind) {
    case "concept":
      return concept(id, area);
    case "comparison":
      return comparison(id);
    case "command":
      return command(id, area);
    case "error":
      return error(id, area);
    default:
      return kind satisfies never;
  }
}
