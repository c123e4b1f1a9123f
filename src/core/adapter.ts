/** The port that every platform implements: four methods, no base class. */
import type { Reply } from "./reply.ts";
import type { Place, Platform } from "./turn.ts";
import type { Tutor } from "./tutor.ts";

/**
 * What became of a post. `unsure`: it was sent and no reply came, so it may or may not be there;
 * `later`: refused for now, nothing was posted; `gone`: the place will not come back.
 */
export type Delivered =
  | { readonly kind: "sent" | "unsure" }
  | { readonly kind: "later"; readonly afterMs: number }
  | { readonly kind: "gone"; readonly reason: string };

export interface Adapter {
  readonly platform: Platform;
  start(tutor: Tutor): Promise<void>;
  /** Posts unasked (a tip, a reminder). The same `key` never posts twice, or the answer is "unsure". */
  deliver(place: Place, reply: Reply, key: string): Promise<Delivered>;
  health(): "up" | "connecting" | "down";
  /** Lets running answers finish, then closes. */
  stop(): Promise<void>;
}
