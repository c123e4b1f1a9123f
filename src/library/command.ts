/** A command's page: its lead with an example, its how-tos, and one section for each flag. */
import { checkYaml, type Matter } from "./matter.ts";
import type { Page, Section } from "./page.ts";
import { blank, bodySections, quiz, withChecked } from "./parts.ts";
import { commandSchema } from "./schema.ts";
import { makeSection, sectionIds } from "./sections.ts";

export function readCommand(path: string, matter: Matter): Page {
  const front = checkYaml(path, matter.yaml, commandSchema, 2);
  const [lead, ...body] = bodySections(path, matter.body, front.asks);
  const id = sectionIds(path);
  const first = front.examples[0];
  const fence = (example: typeof first) =>
    example
      ? `\`\`\`console\n$ ${example.command.trim().replace(/\n(?=.)/g, "\n$ ")}\n${example.output ? `${example.output.trimEnd()}\n` : ""}\`\`\``
      : "";
  const instruction = /^[A-Z]+$/.test(front.name);
  const shown = (example: NonNullable<typeof first>) =>
    instruction ? `\`\`\`dockerfile\n${example.command.trim()}\n\`\`\`` : fence(example);
  const examples = front.examples.map((example) => `${example.does}:\n\n${shown(example)}`);
  const sections: Section[] = [
    makeSection(
      id(""),
      path,
      "",
      `${lead?.markdown ?? ""}\n\n${examples[0] ?? `\`\`\`text\n${front.synopsis}\n\`\`\``}`,
      "lead",
      lead?.asks ?? [],
    ),
    ...body,
  ];
  if (examples.length > 1)
    sections.push(makeSection(id("Examples"), path, "Examples", examples.slice(1).join("\n\n"), "example"));
  if (front.mistakes.length)
    sections.push(
      makeSection(
        id("Common mistakes"),
        path,
        "Common mistakes",
        front.mistakes.map((m) => `- ${m}`).join("\n"),
        "mistakes",
      ),
    );
  for (const flag of front.flags) {
    const name = [flag.short, flag.name].filter(Boolean).join(", ");
    const usage = `\`${[flag.short, flag.name].filter(Boolean).join("`, `")}\`${flag.value ? ` (${flag.value})` : ""} of \`${front.name}\`: ${flag.does}`;
    const example = front.examples.find((e) =>
      e.command.split(/[\s=]+/).some((word) => word === flag.name || word === flag.short),
    );
    const values = flag.values?.length ? ` Values: ${flag.values.map((v) => `\`${v}\``).join(", ")}.` : "";
    sections.push(
      makeSection(
        id(name),
        path,
        name,
        `${usage}${values}${flag.danger ? ` **Careful:** ${flag.danger}` : ""}${example ? `\n\n${shown(example)}` : ""}`,
        "flag",
      ),
    );
  }
  return {
    ...blank,
    path,
    kind: "command",
    id: front.concept ?? front.name,
    title: front.name,
    aliases: [...front.aliases],
    area: front.area,
    level: front.level,
    related: front.related,
    aspects: front.aspects ?? {},
    tips: front.tips,
    quiz: quiz(front.quiz),
    sources: front.sources,
    ...withChecked(front.checked),
    flags: front.flags.map(({ name, short, value, values, does, danger }) => ({
      name,
      does,
      ...(short ? { short } : {}),
      ...(value ? { value } : {}),
      ...(values ? { values } : {}),
      ...(danger ? { danger } : {}),
    })),
    sections,
  };
}
