/** How much one person, one channel and one community may ask: one short notice, then silence until the window ends. */
import type { Limiter } from "./ports.ts";
import { about, type Reply } from "./reply.ts";
import type { Turn } from "./turn.ts";

/** So many turns in so many seconds. */
export interface Limit {
  readonly points: number;
  readonly seconds: number;
}

export interface Limits {
  readonly person: readonly Limit[];
  readonly channel: readonly Limit[];
  readonly community: readonly Limit[];
}

export type Verdict =
  | { readonly kind: "ok" }
  | { readonly kind: "notice"; readonly retryMs: number }
  | { readonly kind: "silent" };

/** One notice a minute; the odd second keeps it apart from every limit that counts turns. */
const NOTICE: Limit = { points: 1, seconds: 61 };

/** Counts a turn against all limits; the first that is used up decides. */
export async function admit(limiter: Limiter, limits: Limits, turn: Turn): Promise<Verdict> {
  const { platform, community, channel } = turn.place;
  const person = { platform, community, person: turn.person.id };
  const counted = [
    ...limits.person.map((limit) => ({ limit, who: person })),
    ...limits.channel.map((limit) => ({ limit, who: { platform, community, channel } })),
    ...limits.community.map((limit) => ({ limit, who: { platform, community } })),
  ];
  for (const { who, limit } of counted) {
    const taken = await limiter.take(who, 1, limit);
    if (taken.ok) continue;
    // Told to each person once, whoever used the limit up.
    const told = await limiter.take(person, 1, NOTICE);
    return told.ok ? { kind: "notice", retryMs: taken.retryMs } : { kind: "silent" };
  }
  return { kind: "ok" };
}

/** The one notice, as a reply. */
export const notice = (retryMs: number): Reply => ({
  blocks: [{ kind: "text", line: [sayLimit(retryMs)] }],
  about: about("chat"),
});

/** The one notice, in a person's units. */
function sayLimit(retryMs: number): string {
  const seconds = Math.max(1, Math.ceil(retryMs / 1000));
  const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return `That was a lot at once. I answer again in ${seconds === 1 ? "a second" : wait}; until then I stay quiet.`;
}
