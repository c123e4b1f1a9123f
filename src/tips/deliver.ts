/**
 * Posts what is due: claimed with a lease, chosen, posted, settled. At most one delivery record per channel and local
 * date. After a crash in mid-post we check before sending again; if we cannot check, we skip and count it.
 */

import type { Log, Ms } from "../core/ports.ts";
import type { Post } from "../core/post.ts";
import type { Reply } from "../core/reply.ts";
import type { Delivery, Occurrence, Subscription, TipStore } from "../core/tips.ts";
import type { Place, Platform } from "../core/turn.ts";
import { localDate, nextOccurrence } from "./occurrence.ts";
import { beginning, EARLIEST_MS, type Paces, spacing, turnstile } from "./pace.ts";

/** Later than this a daily tip is no longer the day's tip. */
export const LATEST_MS = 2 * 60 * 60_000;
/** A week, and the hour by which a clock change may make it longer. */
const FURTHEST_MS = 8 * 24 * 60 * 60_000;
/** Longer than a batch of posts takes at the platforms' own time limits. */
const LEASE_MS = 3 * 60_000;
/** Small batches: SQLite holds the event loop while it claims. */
const BATCH = 24;
const AT_ONCE = 8;
/** How long a plan of who begins when is good. */
const PLAN_MS = 30_000;

/** What a delivery posts: chosen, and written out. */
export interface Written {
  /** What is remembered as posted: a tip's id. */
  readonly id: string;
  readonly reply: Reply;
  /** The pool was used up and begins again. */
  readonly newRound: boolean;
}

export interface DeliverParts {
  readonly tips: TipStore;
  readonly post: Post;
  /** Undefined where there is nothing to post this time. */
  readonly write: (delivery: Delivery) => Promise<Written | undefined>;
  /** Where it is posted, if not in the subscription's own channel. */
  readonly target?: (place: Place) => Place;
  /** Told once, when a channel is gone and its tips are paused. */
  readonly tellGone: (subscription: Subscription, reason: string) => Promise<void>;
  /** How fast which platform takes posts; without one they go as fast as they can, and none early. */
  readonly paces?: Paces;
  readonly clock: () => Ms;
  readonly log: Log;
  /** Ends early once the signal says that the tutor stops. */
  readonly pause?: (ms: Ms, stopping: AbortSignal | undefined) => Promise<unknown>;
}

/** What a tick came to, by outcome; `lost` went to another worker. */
export type Tally = Record<"sent" | "skipped" | "unsure" | "gone" | "later" | "lost" | "failed", number>;

/** The delivery date of a moment that is due, and the first one after both it and now. */
export const occurrenceAt =
  (now: Ms) =>
  (subscription: Subscription, dueAt: Ms): Occurrence => ({
    date: localDate(subscription, dueAt),
    nextAt: nextOccurrence(subscription, Math.max(dueAt, now)),
  });

export function createDeliveries(parts: DeliverParts) {
  const { tips, post, write, target, tellGone, paces = {}, clock, log } = parts;
  const pause = parts.pause ?? sleep;
  return {
    /** Delivers everything due at `now`; stops between batches once `stopping` says so. */
    async tick(now: Ms, stopping?: AbortSignal): Promise<Tally> {
      const tally: Tally = { sent: 0, skipped: 0, unsure: 0, gone: 0, later: 0, lost: 0, failed: 0 };
      // A clock that ran ahead and was set back would keep its channels waiting until then.
      const brought = await tips.bringForward(now + FURTHEST_MS, (subscription) => nextOccurrence(subscription, now));
      if (brought) log.warn({ brought }, "the clock was set back, tips come when they are due now");
      let plan = await paced(now, stopping);
      let plannedAt = clock();
      while (!stopping?.aborted) {
        // A crowd takes minutes; others become due meanwhile.
        if (clock() - plannedAt >= PLAN_MS) {
          plannedAt = clock();
          plan = await paced(plannedAt, stopping);
        }
        const { early, turn } = plan;
        const at = Math.max(now, clock());
        const begun = early.filter(({ most }) => most > 0);
        const room = Math.min(BATCH, ...begun.map(({ most }) => most));
        const crowds = begun.map(({ crowd }) => crowd);
        const batch = await tips.claim(at, LEASE_MS, room, occurrenceAt(at), crowds);
        if (!batch.length) break;
        for (const { dueAt, subscription } of batch) {
          const { zone, place } = subscription;
          const from = early.find(
            ({ crowd }) => crowd.dueAt === dueAt && crowd.zone === zone && crowd.platform === place.platform,
          );
          if (from) from.most -= 1;
        }
        const until = clock() + LEASE_MS;
        const queue = [...batch];
        const work = async () => {
          for (let next = queue.shift(); next; next = queue.shift()) {
            await turn(next.subscription.place.platform);
            tally[await safely(next, until)] += 1;
          }
        };
        await Promise.all(Array.from({ length: AT_ONCE }, work));
        // Lets everybody else have a turn between two batches.
        await new Promise((done) => setTimeout(done, 0));
      }
      return tally;
    },
  };

  /** Who begins before their time, and how posts are kept apart: once a tick, from how many wait. */
  async function paced(now: Ms, stopping: AbortSignal | undefined) {
    const platforms = Object.keys(paces) as Platform[];
    const crowds = platforms.length ? await tips.crowds(now + EARLIEST_MS) : [];
    const early = beginning(crowds, paces, now).map((each) => ({ ...each }));
    const turns = new Map<Platform, () => Promise<void>>();
    for (const platform of platforms) {
      const pace = paces[platform];
      const waiting = crowds
        .filter(
          (each) => each.platform === platform && (each.dueAt <= now || early.some(({ crowd }) => crowd === each)),
        )
        .reduce((sum, { count }) => sum + count, 0);
      if (pace)
        turns.set(
          platform,
          turnstile(spacing(waiting, pace), clock, (ms) => pause(ms, stopping)),
        );
    }
    return { early, turn: async (platform: Platform) => turns.get(platform)?.() };
  }

  /** One delivery that fails costs the others nothing; its lease runs out, and then it is checked and tried again. */
  async function safely(delivery: Delivery, until: Ms): Promise<keyof Tally> {
    try {
      return await deliver(delivery, until);
    } catch (err) {
      log.warn({ err, key: delivery.key, attempts: delivery.attempts }, "delivery failed, it is checked later");
      return "failed";
    }
  }

  async function deliver(delivery: Delivery, until: Ms): Promise<keyof Tally> {
    const { key, dueAt, subscription } = delivery;
    const { place } = subscription;
    // A tip is chosen right before it is posted: if one is chosen already, an earlier attempt may have posted it.
    const again = delivery.tip !== undefined;
    const missed = again ? "unsure" : "skipped";
    if (clock() - dueAt > LATEST_MS) return settle(delivery, { kind: missed });
    const written = await write(delivery);
    if (!written) return settle(delivery, { kind: missed });
    if (written.newRound) await tips.forgetUsed(place);
    if (!(await tips.choose(delivery, written.id))) return "lost";
    // The process may have been asleep: what another worker may hold by now is not posted.
    if (clock() >= until) return "lost";
    const delivered = await post(target?.(place) ?? place, written.reply, key, { again });
    switch (delivered.kind) {
      case "sent":
      case "unsure":
        return settle(delivery, { kind: delivered.kind });
      case "later": {
        const at = clock() + Math.max(1000, delivered.afterMs);
        return at - dueAt > LATEST_MS
          ? settle(delivery, { kind: missed })
          : settle(delivery, { kind: "later", at, again });
      }
      case "gone": {
        const outcome = await settle(delivery, { kind: "gone", reason: delivered.reason });
        if (outcome === "gone") await tellGone(subscription, delivered.reason);
        return outcome;
      }
      default:
        return delivered satisfies never;
    }
  }

  async function settle(delivery: Delivery, outcome: Parameters<TipStore["settle"]>[1]): Promise<keyof Tally> {
    const held = await tips.settle(delivery, outcome, clock());
    if (outcome.kind !== "sent" && held)
      log.info({ key: delivery.key, outcome: outcome.kind, dueAt: delivery.dueAt }, "tip not posted");
    return held ? outcome.kind : "lost";
  }
}

/** A wait that a stop cuts short. */
const sleep = (ms: Ms, stopping: AbortSignal | undefined): Promise<void> =>
  new Promise((done) => {
    if (stopping?.aborted) return done();
    const over = () => {
      clearTimeout(timer);
      stopping?.removeEventListener("abort", over);
      done();
    };
    const timer = setTimeout(over, ms);
    stopping?.addEventListener("abort", over, { once: true });
  });
