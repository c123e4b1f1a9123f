/** Posting unasked: a tip, a reminder, an answer after a restart. */
import type { Reply } from "./reply.ts";
import type { Place } from "./turn.ts";

/**
 * What became of a post. `unsure`: it was sent and no reply came, so it may or may not be there;
 * `later`: refused for now, nothing was posted; `gone`: the place will not come back.
 */
export type Delivered =
  | { readonly kind: "sent" | "unsure" }
  | { readonly kind: "later"; readonly afterMs: number }
  | { readonly kind: "gone"; readonly reason: string };

export interface Posting {
  /**
   * An earlier attempt, perhaps of another process, may have posted this key. The adapter checks first (a nonce, the
   * history) and answers "sent" where it stands; where nothing can be checked it posts nothing and answers "unsure".
   */
  readonly again: boolean;
  /** Seen by this person alone; a platform that cannot do that sends a direct message. */
  readonly only?: string;
}

/** The same `key` never posts twice, or the answer is "unsure". */
export type Post = (place: Place, reply: Reply, key: string, how?: Posting) => Promise<Delivered>;
