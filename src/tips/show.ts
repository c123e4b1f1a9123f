/** A tip as a reply: the tip itself, where it is written, and two ways on. */
import type { Command } from "../core/capability.ts";
import { toLine } from "../core/markdown.ts";
import { about, type Button, type Reply } from "../core/reply.ts";
import { type Call, callFits } from "../core/turn.ts";
import type { Library } from "../library/library.ts";
import type { Page } from "../library/page.ts";
import type { Tip } from "./deck.ts";

/** How to quiz about a page; undefined where there is no quiz. */
export type QuizCall = (page: Page) => Call | undefined;

export function showTip({ page, markdown }: Tip, library: Library, quiz: QuizCall): Reply {
  const more: Button = { label: "Tell me more", call: { command: "read", args: { page: page.path } } };
  const call = quiz(page);
  const buttons = [more, ...(call ? [{ label: "Quiz me on it", call }] : [])].filter((each) => callFits(each.call));
  const href = library.href(page);
  return {
    blocks: [
      { kind: "note", tone: "tip", line: toLine(markdown) },
      { kind: "sources", sources: [{ title: page.title, page: page.path, ...(href ? { href } : {}) }] },
      ...(buttons.length ? [{ kind: "buttons" as const, buttons }] : []),
    ],
    about: about("answered", { concepts: page.kind === "document" ? [] : [page.id], pages: [page.path] }),
  };
}

/** Asks the quiz command itself, where there is one, how a page is named to it. */
export const quizCall =
  (commands: () => readonly Command[]): QuizCall =>
  (page) => {
    const quiz = commands().find(({ name }) => name === "quiz");
    return page.quiz.length && quiz ? { command: "quiz", args: quiz.parse(page.title) } : undefined;
  };
