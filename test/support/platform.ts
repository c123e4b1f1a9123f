/** A chat platform that does what a test tells it: it can be asked what stands there, or not; replies get lost. */
import type { Delivered, Post } from "../../src/core/post.ts";
import { plainText, type Reply } from "../../src/core/reply.ts";
import { type Place, placeKey } from "../../src/core/turn.ts";

export interface Posted {
  readonly place: Place;
  readonly reply: Reply;
  readonly text: string;
  readonly key: string;
  readonly only: string | undefined;
}

/** What the next post meets. */
export type Fate =
  | "sent"
  /** The process dies before the platform hears of it, or right after. */
  | "dies before"
  | "dies after"
  /** The platform posts it and its reply gets lost. */
  | "reply lost"
  | { readonly later: number }
  | { readonly gone: string };

export interface TestPlatform {
  readonly post: Post;
  /** Everything that people see, in order. */
  readonly posted: readonly Posted[];
  /** Fates of the next posts, in their order. */
  fates(...fates: readonly Fate[]): void;
  in(place: Place): readonly Posted[];
}

export function testPlatform({ canBeAsked = true } = {}): TestPlatform {
  const posted: Posted[] = [];
  const coming: Fate[] = [];
  const meet = (put: () => void): Delivered | Promise<Delivered> => {
    const fate = coming.shift() ?? "sent";
    if (typeof fate === "object")
      return "later" in fate ? { kind: "later", afterMs: fate.later } : { kind: "gone", reason: fate.gone };
    if (fate !== "dies before") put();
    if (fate === "reply lost") return { kind: "unsure" };
    return fate === "sent" ? { kind: "sent" } : Promise.reject(new Error("the process died"));
  };
  return {
    posted,
    fates: (...fates) => void coming.push(...fates),
    in: (place) => posted.filter((each) => placeKey(each.place) === placeKey(place)),
    async post(place, reply, key, how) {
      if (how?.again) {
        if (!canBeAsked) return { kind: "unsure" };
        if (posted.some((each) => each.key === key)) return { kind: "sent" };
      }
      return meet(() => posted.push({ place, reply, text: plainText(reply.blocks), key, only: how?.only }));
    },
  };
}
