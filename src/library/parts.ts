/** What pages of several kinds have in common: sections of a body, quiz questions, empty fields. */
import type { z } from "zod";
import type { Page, Section } from "./page.ts";
import type { conceptSchema } from "./schema.ts";
import { makeSection, sectionIds, split } from "./sections.ts";

export function bodySections(path: string, body: string, asks: readonly string[] = []): Section[] {
  const id = sectionIds(path);
  return split(body)
    .filter((raw) => raw.heading === "" || raw.body.some((row) => row.trim()))
    .map((raw) =>
      makeSection(
        id(raw.heading),
        path,
        raw.heading,
        raw.body.join("\n"),
        raw.heading ? "body" : "lead",
        raw.heading ? raw.asks : [...asks, ...raw.asks],
      ),
    );
}

export const blank = {
  requires: [],
  related: [],
  aspects: {},
  tips: [],
  quiz: [],
  match: [],
  flags: [],
  own: false,
} as const;

export const withChecked = (checked: Page["checked"]) => (checked ? { checked } : {});

export const quiz = (questions: z.output<typeof conceptSchema>["quiz"]): Page["quiz"] =>
  questions.map(({ question, read, options }) => ({
    question,
    ...(read ? { read } : {}),
    options: options.map(({ text, right, belief, why }) => ({ text, right, why, ...(belief ? { belief } : {}) })),
  }));
