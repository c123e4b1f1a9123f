/** Who may set things here: the platform's own moderators, and those whom the operator names. */
import { TutorError } from "../core/errors.ts";
import type { PersonKey } from "../core/ports.ts";
import type { Turn } from "../core/turn.ts";

export type Moderates = (turn: Turn) => boolean;

/** `ids` are people's ids, alone or with their platform: `U123`, `slack:U123`. */
export const moderatorsFrom =
  (ids: readonly string[]): Moderates =>
  ({ person, place }) =>
    person.moderator === true || ids.includes(person.id) || ids.includes(`${place.platform}:${person.id}`);

/** Refuses politely; only the asker sees it, since these commands answer the asker alone. */
export function requireModerator(moderates: Moderates, turn: Turn, what: string): void {
  if (moderates(turn)) return;
  throw new TutorError("learner", `Only moderators of this place can ${what}.`, {
    hint: "Please ask one of them; everything else is open to you: `help`.",
  });
}

export const personOf = ({ person, place }: Turn): PersonKey => ({
  platform: place.platform,
  community: place.community,
  person: person.id,
});
