/** A learner's memory of one question, scheduled by FSRS. Deterministic: the same answers at the same times give the same card. */
import { type CardInput, createEmptyCard, fsrs, Rating } from "ts-fsrs";
import type { Ms } from "../core/ports.ts";

/** What is kept of a card, and when the question is due again. */
export interface Graded {
  readonly state: string;
  readonly dueAt: Ms;
}

const scheduler = fsrs({ enable_fuzz: false });

/** The card after one more answer; `state` is undefined for a question that was never answered. */
export function grade(state: string | undefined, right: boolean, now: Ms): Graded {
  const before: CardInput = readState(state, now) ?? createEmptyCard(new Date(now));
  const { card } = scheduler.next(before, new Date(now), right ? Rating.Good : Rating.Again);
  return { state: JSON.stringify(card), dueAt: card.due.getTime() };
}

/** How likely the learner still knows it, 0 to 1; 0 for a card that cannot be read. */
export function strength(state: string, now: Ms): number {
  const card = readState(state, now);
  return card ? scheduler.get_retrievability(card, new Date(now), false) : 0;
}

const NUMBERS = [
  "stability",
  "difficulty",
  "elapsed_days",
  "scheduled_days",
  "learning_steps",
  "reps",
  "lapses",
  "state",
] as const;

/** A stored card; undefined for what an older or damaged database holds instead, which starts anew. */
function readState(state: string | undefined, now: Ms): CardInput | undefined {
  if (!state) return undefined;
  try {
    const card = JSON.parse(state) as CardInput & Record<string, unknown>;
    const sound = NUMBERS.every((name) => Number.isFinite(card[name])) && !Number.isNaN(Date.parse(String(card.due)));
    if (!sound) return undefined;
    // A clock that jumped back must not count time as negative.
    const last = card.last_review ? Math.min(Date.parse(String(card.last_review)), now) : Number.NaN;
    return { ...card, last_review: Number.isNaN(last) ? null : new Date(last) };
  } catch {
    return undefined;
  }
}
