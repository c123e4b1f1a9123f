/** One learner's answers: who answers, what is kept, and what they know so far. */
import type { Card, LearnerStore } from "../core/learners.ts";
import type { Ms, PersonKey } from "../core/ports.ts";
import type { Turn } from "../core/turn.ts";
import type { Library } from "../library/library.ts";
import type { Choice, Item } from "./bank.ts";
import { grade } from "./card.ts";
import { localDate } from "./days.ts";
import { PLACED, type Progress, progressOf, readPlaced } from "./progress.ts";

/** Who a turn's learner is: one record for each platform and community. */
export const personOf = (turn: Turn): PersonKey => ({
  platform: turn.place.platform,
  community: turn.place.community,
  person: turn.person.id,
});

/** Note under which a learner's own time zone is kept, where the platform tells none. */
export const ZONE = "zone";

export interface Answer {
  readonly turn: Turn;
  readonly item: Item;
  readonly choice: Choice;
  /** Names the one asking that is answered: its second click scores nothing. */
  readonly instance: string;
  readonly now: Ms;
}

/** Scores an answer; the first click on a question that was asked counts, whatever its buttons say after it. */
export async function answerQuestion(
  learners: LearnerStore,
  { turn, item, choice, instance, now }: Answer,
): Promise<"scored" | "repeated"> {
  const person = personOf(turn);
  const before = await learners.card(person, item.id);
  const zone = turn.person.zone ?? (await learners.notes(person))[ZONE];
  const { state, dueAt } = grade(before?.state, choice.right, now);
  const card: Card = {
    question: item.id,
    concept: item.page.id,
    area: item.page.area,
    state,
    dueAt,
    right: choice.right,
    answers: (before?.answers ?? 0) + 1,
  };
  return learners.score({
    key: `${person.person} ${instance} ${item.id}`,
    person,
    card,
    picked: choice.at,
    at: now,
    date: localDate(now, zone),
  });
}

export interface Standing {
  readonly cards: readonly Card[];
  readonly notes: Readonly<Record<string, string>>;
  readonly progress: Progress;
}

/** All that a learner's replies are made from. */
export async function standingOf(
  learners: LearnerStore,
  person: PersonKey,
  library: Library,
  now: Ms,
): Promise<Standing> {
  const [cards, notes] = await Promise.all([learners.cards(person), learners.notes(person)]);
  return { cards, notes, progress: progressOf(cards, readPlaced(notes[PLACED]), library, now) };
}
