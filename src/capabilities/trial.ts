/** The "try it" step of a lesson: what to type, what to see, how to clean up. */
import type { Block, ListItem } from "../core/reply.ts";
import type { Sandbox } from "../learning/sandbox.ts";

export function trialBlocks({ trials, cleanUp }: Sandbox): Block[] {
  const code = (lines: readonly string[]): Block => ({
    kind: "code",
    language: "console",
    text: lines.map((line) => `$ ${line}`).join("\n"),
  });
  const items = trials.flatMap(({ command, output, expect }, at): ListItem[] =>
    output ? [] : [{ depth: 0, line: [`Command ${at + 1} `, { kind: "code", text: headOf(command) }, `: ${expect}.`] }],
  );
  const shown = trials.filter(({ output }) => output);
  return [
    {
      kind: "text",
      line: [
        { kind: "strong", text: "Try it." },
        " Safe to run where Docker runs: official images only, and every name starts with ",
        { kind: "code", text: "try-" },
        ".",
      ],
    },
    code(trials.map(({ command }) => command)),
    { kind: "text", line: [{ kind: "strong", text: "What you should see" }] },
    ...(items.length ? [{ kind: "list" as const, ordered: false, items }] : []),
    ...shown.flatMap(({ command, output }): Block[] => [
      { kind: "text", line: [{ kind: "code", text: headOf(command) }, " prints something like:"] },
      { kind: "code", language: "text", text: output },
    ]),
    ...(cleanUp.length
      ? [{ kind: "text" as const, line: [{ kind: "strong" as const, text: "Clean up" }] }, code(cleanUp)]
      : [{ kind: "text" as const, line: ["Nothing to clean up: these commands leave no container behind."] }]),
  ];
}

/** `docker run`, `docker image inspect`: enough to tell which line is meant. */
const headOf = (command: string): string => {
  const words = command.split(" ");
  return words.slice(0, ["image", "network", "volume", "system", "buildx"].includes(words[1] ?? "") ? 3 : 2).join(" ");
};
