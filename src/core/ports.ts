/** What the pure middle needs from the outside world; each port is implemented once by a folder with I/O. */
import type { About } from "./reply.ts";
import type { Place } from "./turn.ts";

/** What a thread has been about: concept ids, section ids that were shown, newest first. No message text. */
export interface Thread {
  readonly concepts: readonly string[];
  readonly sections: readonly string[];
}

export interface ConversationStore {
  recall(place: Place): Promise<Thread | undefined>;
  remember(place: Place, about: About): Promise<void>;
}

/** A weighted bag of index terms, as the answering room makes it from a question. */
export interface Query {
  /** Stemmed terms that were said, with their weight (1 = full). */
  readonly terms: ReadonlyMap<string, number>;
  /** For a term, others that learners use in its place. */
  readonly alike: ReadonlyMap<string, readonly string[]>;
  /** Terms that were not said but belong to what was named: they add to a hit, and their absence costs nothing. */
  readonly extra: ReadonlyMap<string, number>;
  /** Terms in the order they were said, for neighbouring pairs. */
  readonly order: readonly string[];
  /** Concept ids named in the question: their pages are preferred. */
  readonly concepts: readonly string[];
}

export interface Hit {
  readonly section: string;
  readonly page: string;
  /** Rank value over the IDF mass of the question: it does not grow with the question's length. */
  readonly score: number;
  /** IDF share of the question that the section (with its page's title) has, 0 to 1. */
  readonly coverage: number;
}

export interface SearchIndex {
  readonly version: string;
  search(query: Query): Promise<readonly Hit[]>;
  suggest(prefix: string): Promise<readonly string[]>;
}

export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
