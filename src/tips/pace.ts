/**
 * Many channels in one zone want their tip at the same minute, and a platform takes so many posts a second. What does not
 * fit into the minute begins before it: at most ten minutes, and never on the day before.
 */
import type { Ms } from "../core/ports.ts";
import type { Crowd } from "../core/tips.ts";
import type { Platform } from "../core/turn.ts";
import { startOfDate } from "./occurrence.ts";

/** How fast all processes together may post on a platform, and which part of that is this process'. */
export interface Pace {
  readonly perSecond: number;
  /** 1 where there is one process. */
  readonly share: number;
}

export type Paces = Partial<Readonly<Record<Platform, Pace>>>;

/** Nobody gets a tip earlier than this. */
export const EARLIEST_MS = 10 * 60_000;
const MINUTE_S = 60;
/** A few tips are spread as well, and not over the whole minute. */
const WIDEST_MS = 1000;

/** A crowd that begins now although its time is still to come, and how many of it this process may post until then. */
export interface Early {
  readonly crowd: Crowd;
  readonly most: number;
}

/** Everything of a crowd that its minute does not hold begins as much earlier as it takes. */
export function beginning(crowds: readonly Crowd[], paces: Paces, now: Ms): readonly Early[] {
  return crowds.flatMap((crowd): Early[] => {
    const { platform, zone, dueAt, count } = crowd;
    const pace = paces[platform];
    if (!pace || dueAt <= now || now < startOfDate({ zone }, dueAt)) return [];
    const together = crowds.filter((each) => each.platform === platform && each.dueAt === dueAt);
    const total = together.reduce((sum, each) => sum + each.count, 0);
    const beyond = total - pace.perSecond * MINUTE_S;
    const lead = Math.min(EARLIEST_MS, (beyond / pace.perSecond) * 1000);
    if (beyond <= 0 || now < dueAt - lead) return [];
    return [{ crowd, most: Math.ceil((beyond * pace.share * count) / total) }];
  });
}

/** Milliseconds between two posts of this process: over the minute where they fit, else as fast as is allowed. */
export function spacing(waiting: number, { perSecond, share }: Pace): Ms {
  const fastest = 1000 / perSecond;
  const even = (MINUTE_S * 1000) / Math.max(1, waiting);
  return Math.max(fastest, Math.min(WIDEST_MS, even)) / share;
}

/** Lets one through every so often; the first one at once. */
export function turnstile(everyMs: Ms, clock: () => Ms, pause: (ms: Ms) => Promise<unknown>): () => Promise<void> {
  let next = clock();
  return async () => {
    const at = Math.max(next, clock());
    next = at + everyMs;
    const wait = at - clock();
    if (wait > 0) await pause(wait);
  };
}
