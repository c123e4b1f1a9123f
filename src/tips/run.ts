/** The daily tips and weekly digests of all platforms, as long as the process lives. */
import type { Command } from "../core/capability.ts";
import { type Running, runEvery } from "../core/every.ts";
import type { FeedbackStore } from "../core/feedback.ts";
import type { Log, Metrics, Ms, SettingsStore } from "../core/ports.ts";
import type { Post } from "../core/post.ts";
import { remark } from "../core/reply.ts";
import type { Subscription, TipStore } from "../core/tips.ts";
import { directPlace } from "../core/turn.ts";
import type { Library } from "../library/library.ts";
import { createDeliveries } from "./deliver.ts";
import { digestWriter, isDigest, realPlace } from "./digest.ts";
import type { Paces } from "./pace.ts";
import { sayTimetable } from "./say.ts";
import { quizCall } from "./show.ts";
import { tipWriter } from "./write.ts";

export interface TipsParts {
  readonly tips: TipStore;
  readonly feedback: FeedbackStore;
  readonly settings: SettingsStore;
  readonly library: () => Library;
  readonly commands: () => readonly Command[];
  readonly post: Post;
  readonly metrics?: Metrics;
  readonly paces?: Paces;
  readonly clock: () => Ms;
  readonly log: Log;
}

/** Tips are due on the minute; half of one is late enough to be cheap. */
const EVERY_MS = 30_000;

/** Everything that is delivered by the clock. */
export function tipDeliveries(parts: TipsParts) {
  const { tips, post, paces, clock, log } = parts;
  const tip = tipWriter({ ...parts, quiz: quizCall(parts.commands) });
  const digest = digestWriter(parts);
  return createDeliveries({
    tips,
    post,
    write: (delivery) => (isDigest(delivery.subscription.place) ? digest(delivery) : tip(delivery)),
    target: realPlace,
    tellGone: (subscription, reason) => tellGone(subscription, reason, post, log),
    ...(paces ? { paces } : {}),
    clock,
    log,
  });
}

export function runTips(parts: TipsParts): Running {
  const deliveries = tipDeliveries(parts);
  const { metrics, clock, log } = parts;
  const tick = async (now: Ms, stopping: AbortSignal) => {
    const tally = await deliveries.tick(now, stopping);
    for (const [outcome, times] of Object.entries(tally))
      if (times) metrics?.count("tutor_deliveries_total", { outcome }, times);
  };
  return runEvery(tick, { name: "tips", everyMs: EVERY_MS, clock, log });
}

/** The channel cannot be told, so whoever set the tips is, once, in direct messages. */
async function tellGone(subscription: Subscription, reason: string, post: Post, log: Log): Promise<void> {
  const { place, setBy } = subscription;
  log.warn({ place, reason }, "channel gone, its tips are paused");
  if (!setBy) return;
  const what = isDigest(place) ? "the weekly digest" : `the daily tips (${sayTimetable(subscription)})`;
  const direct = directPlace({ platform: place.platform, community: place.community, person: setBy });
  const said = remark([`I can no longer post to a channel for which you set ${what}: ${reason} They are paused.`]);
  // Told once: what cannot be delivered now stays in the log, and `tips` in that channel says it too.
  await post(direct, said, crypto.randomUUID().slice(0, 22));
}
