/** Notes a question that had no answer: its concepts and the words that no page knows, never the text, never who asked. */
import type { FeedbackStore } from "../core/feedback.ts";
import type { Ms } from "../core/ports.ts";
import type { Turn } from "../core/turn.ts";
import { personOf } from "./moderator.ts";

/** Most words of one question that are noted, and what such a word looks like: no number, no address, no secret. */
const MOST = 5;
const WORD = /^[a-z][a-z-]{1,23}$/;

/** A store that is away costs the note, never the answer. */
export async function noteGap(
  concepts: readonly string[],
  unknown: readonly string[],
  { feedback, clock }: { readonly feedback: FeedbackStore; readonly clock: () => Ms },
  turn: Turn,
): Promise<void> {
  const said = unknown.flatMap((words) => words.toLowerCase().split(/\s+/));
  const words = [...new Set(said)].filter((word) => WORD.test(word)).slice(0, MOST);
  if (!concepts.length && !words.length) return;
  await feedback.gap(personOf(turn), concepts, words, clock()).catch(() => {});
}
