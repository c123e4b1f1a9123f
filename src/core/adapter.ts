/** The port that every platform implements: four methods, no base class. */
import type { Desk } from "./desk.ts";
import type { Post } from "./post.ts";
import type { Platform } from "./turn.ts";
import type { Tutor } from "./tutor.ts";

export interface Adapter {
  readonly platform: Platform;
  /** Every turn goes through `desk`; `tutor` names the commands and the drawings. */
  start(tutor: Tutor, desk: Desk): Promise<void>;
  /** `directPlace` names a person's direct messages. `key` has at most 25 characters. */
  readonly deliver: Post;
  health(): "up" | "connecting" | "down";
  /** Lets running answers finish, then closes. */
  stop(): Promise<void>;
}

/** A platform whose adapter is not up may be in a minute. */
const AWAY_MS = 60_000;

/** One door to all platforms that are there. */
export const postThrough =
  (adapters: () => readonly Adapter[]): Post =>
  async (place, reply, key, how) => {
    const adapter = adapters().find(({ platform }) => platform === place.platform);
    return adapter?.health() === "up" ? adapter.deliver(place, reply, key, how) : { kind: "later", afterMs: AWAY_MS };
  };
