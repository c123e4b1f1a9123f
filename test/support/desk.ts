/** A desk for tests of adapters: the real one, without limits and without waiting between tries. */
import { createDesk, type Desk } from "../../src/core/desk.ts";
import type { Log } from "../../src/core/ports.ts";
import type { Post } from "../../src/core/post.ts";
import type { Store } from "../../src/core/store.ts";
import type { Tutor } from "../../src/core/tutor.ts";

export function deskOver(
  { tutor, store, log }: { tutor: Tutor; store: Store; log: Log },
  post: Post,
  clock: () => number = Date.now,
): Desk {
  return createDesk({
    ...store,
    tutor,
    limits: { person: [], channel: [], community: [] },
    post,
    clock,
    log,
    pause: async () => undefined,
  });
}
