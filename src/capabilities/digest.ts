/** The weekly digest of gaps: switched on in the channel that is to have it. */
import { quote, TutorError } from "../core/errors.ts";
import type { Ms, SettingsStore } from "../core/ports.ts";
import { type Reply, remark } from "../core/reply.ts";
import type { TipStore } from "../core/tips.ts";
import type { Turn } from "../core/turn.ts";
import { digestPlace, digestSubscription } from "../tips/digest.ts";
import { firstMoment } from "../tips/plan.ts";
import { sayMoment } from "../tips/say.ts";
import { personOf } from "./moderator.ts";

interface DigestParts {
  readonly settings: SettingsStore;
  readonly tips: TipStore;
  readonly clock: () => Ms;
}

/** The digest is a weekly delivery of its own; one channel of a community gets it. */
export async function setDigest({ settings, tips, clock }: DigestParts, said: string, turn: Turn): Promise<Reply> {
  const word = said.toLowerCase().trim();
  const off = /^(?:off|no|none|never|stop|false|disabled?)$/.test(word);
  if (!off && !/^(?:here|on|yes|true|this channel|enabled?)$/.test(word))
    throw new TutorError("learner", `The digest comes to the channel where you ask for it, not to "${quote(said)}".`, {
      hint: "Say `settings digest here` there, or `settings digest off`.",
    });
  const before = await settings.get(turn.place, "digest");
  if (before !== undefined && (off || before !== turn.place.channel))
    await tips.unsubscribe(digestPlace(turn.place, before));
  if (off) {
    await settings.set(turn.place, "community", "digest", undefined, personOf(turn), clock());
    return remark(["The weekly digest is off."]);
  }
  const zone = turn.person.zone ?? (await tips.subscription(turn.place))?.zone ?? "UTC";
  const subscription = digestSubscription(turn.place, turn.place.channel, zone, turn.person.id);
  const next = await firstMoment(subscription, tips, clock());
  await tips.subscribe(subscription, next);
  await settings.set(turn.place, "community", "digest", turn.place.channel, personOf(turn), clock());
  return remark([`The weekly digest of gaps comes here on Mondays. The next one: ${sayMoment(next, zone)}.`]);
}
