/** What is kept about answers: whether they helped, and what is missing. */
import type { Community, Ms, PersonKey } from "./ports.ts";
import type { About } from "./reply.ts";

export interface Feedback {
  /** `About.id` of the reply. */
  readonly answer: string;
  readonly person: PersonKey;
  readonly helpful: boolean;
  readonly sections: readonly string[];
  readonly concepts: readonly string[];
  readonly reason: string | undefined;
  readonly at: Ms;
}

/** A section that a moderator marked wrong, until its page's version changes. */
export interface WrongSection {
  readonly section: string;
  readonly pageVersion: string;
  readonly at: Ms;
}

/** What people asked or disliked, never who. `section` is set where a moderator marked one wrong. */
export interface Gap {
  readonly section: string | undefined;
  readonly concepts: readonly string[];
  /** Words that no page knows. */
  readonly words: readonly string[];
  readonly times: number;
  readonly unhelpful: number;
  /** A few of the reasons that people wrote, newest first, as plain words; whose they are is not told. */
  readonly reasons: readonly string[];
}

export interface FeedbackStore {
  /** The last word of a person about an answer counts. */
  rate(feedback: Feedback): Promise<void>;
  /** What an answer was about, kept for its buttons (24 h): no text. */
  keepAbout(community: Community, about: About, at: Ms): Promise<void>;
  about(community: Community, id: string): Promise<About | undefined>;
  /** A moderator marks a section wrong in the own community until its page's version changes. */
  markWrong(section: string, pageVersion: string, by: PersonKey, at: Ms): Promise<void>;
  wrong(community: Community): Promise<readonly WrongSection[]>;
  /** A question nobody could answer, as its concepts and unknown words only; who asked is kept as a salted hash. */
  gap(asker: PersonKey, concepts: readonly string[], words: readonly string[], at: Ms): Promise<void>;
  /**
   * Sections marked wrong head the list; then groups of at least two people or days, or with a reason that somebody wrote
   * to be read, most asked first.
   */
  gaps(community: Community, since: Ms, limit: number): Promise<readonly Gap[]>;
}
