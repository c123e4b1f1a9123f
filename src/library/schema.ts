/** Front matter of every kind of page, as contributors write it. The page format is knowledge/README.md. */
import { z } from "zod";

const text = z.string().trim().min(1);
const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "an id is lower case letters, digits and hyphens");
const source = z.strictObject({ title: text, href: z.url({ protocol: /^https?$/ }) });
const sources = z.array(source).min(1);
const date = z
  .union([z.string(), z.date()])
  .transform((value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value));
const checked = z.strictObject({ date: date.pipe(z.iso.date()), by: text }).optional();
const level = z.enum(["beginner", "intermediate", "advanced"]);

export const AREAS = [
  "containers",
  "images",
  "building",
  "running",
  "storage",
  "networking",
  "compose",
  "engine",
  "security",
  "orchestration",
  "microservices",
] as const;
const area = z.enum(AREAS);

/** Aspects that every concept page fills, so that any two concepts share at least these. */
export const COMMON_ASPECTS = ["purpose", "scope", "use", "best-for", "limits"] as const;
const aspects = z.record(z.string(), text.max(110));
const commonAspects = aspects.refine((value) => COMMON_ASPECTS.every((name) => name in value), {
  message: `the aspects ${COMMON_ASPECTS.join(", ")} are on every page`,
});

const option = z
  .strictObject({ text, right: z.boolean().default(false), belief: text.optional(), why: text })
  .refine((value) => value.right || value.belief, { message: "a wrong option names the belief behind it" });
const question = z.strictObject({
  question: text,
  read: text.optional(),
  options: z
    .array(option)
    .min(3)
    .max(4)
    .refine((options) => options.filter((o) => o.right).length === 1, { message: "exactly one option is right" }),
});

const teaching = { tips: z.array(text.max(300)).max(3).default([]), quiz: z.array(question).default([]) };
const common = { area, level, sources, checked, asks: z.array(text).default([]), related: z.array(id).default([]) };

/** Commands to try in a lesson, in their order; how to clean up follows from what they make. */
const trial = z.strictObject({ command: text, expect: text.max(160), output: z.string().trim().optional() });

export const conceptSchema = z.strictObject({
  id,
  title: text,
  aliases: z.array(text).default([]),
  requires: z.array(id).default([]),
  aspects: commonAspects,
  try: z.array(trial).min(1).max(5).optional(),
  ...common,
  ...teaching,
});

const flag = z.strictObject({
  name: text,
  short: text.optional(),
  value: text.optional(),
  values: z.array(z.string()).optional(),
  does: text,
  danger: text.optional(),
});

export const commandSchema = z
  .strictObject({
    name: text,
    concept: id.optional(),
    aliases: z.array(text).default([]),
    synopsis: text,
    since: text.optional(),
    flags: z.array(flag).default([]),
    examples: z.array(z.strictObject({ does: text, command: text, output: z.string().optional() })).default([]),
    mistakes: z.array(text).default([]),
    aspects: aspects.optional(),
    ...common,
    ...teaching,
  })
  .refine(
    (value) => value.concept || (value.aspects && COMMON_ASPECTS.every((name) => name in (value.aspects ?? {}))),
    {
      message: `a command names its concept, or fills the aspects ${COMMON_ASPECTS.join(", ")}`,
      path: ["aspects"],
    },
  );

export const errorSchema = z.strictObject({
  id,
  title: text,
  match: z.array(text).default([]),
  exit: z.union([z.number().int(), z.array(z.number().int())]).optional(),
  means: text,
  confirm: z.array(text).min(1),
  fix: z.array(text).min(1),
  also: z.array(text).default([]),
  aliases: z.array(text).default([]),
  ...common,
});

export const comparisonSchema = z.strictObject({
  concepts: z.tuple([text, text]),
  verdict: text.max(320),
  use: z.array(text.max(160)).length(2),
  rows: z
    .array(
      z.strictObject({
        aspect: text,
        cells: z.tuple([text.max(90), text.max(90)]),
        sources: z.array(z.number().int().positive()).min(1),
      }),
    )
    .min(4)
    .max(8),
  often: z.strictObject({ said: text, correct: text }).optional(),
  sources,
  checked,
});

export const aspectsSchema = z.record(z.string(), z.strictObject({ label: text, question: text, words: text }));

/** knowledge/cli.yaml: what exists, so that what does not can be said. */
export const cliSchema = z.strictObject({
  docker: z.array(text),
  groups: z.record(z.string(), z.array(text)),
  instructions: z.array(text),
});

/** knowledge/synonyms.yaml: groups of everyday words. */
export const synonymsSchema = z.array(z.array(text).min(2));
