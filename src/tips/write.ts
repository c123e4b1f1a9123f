/** Which tip a channel hears next, and how it reads. */
import type { SettingsStore } from "../core/ports.ts";
import { preferencesOf } from "../core/preferences.ts";
import type { Delivery, Subscription, TipStore } from "../core/tips.ts";
import type { Place } from "../core/turn.ts";
import type { Library } from "../library/library.ts";
import { deckOf, nextTip, type Taste, type Tip, tipsFor } from "./deck.ts";
import type { Written } from "./deliver.ts";
import { type QuizCall, showTip } from "./show.ts";

export interface WriteParts {
  readonly tips: Pick<TipStore, "used">;
  readonly settings: SettingsStore;
  readonly library: () => Library;
  readonly quiz: QuizCall;
}

/** What was asked for with the tips stands over the channel's settings. */
export async function tasteOf(
  place: Place,
  asked: Pick<Subscription, "areas" | "level"> | undefined,
  settings: SettingsStore,
): Promise<Taste> {
  const preferred = await preferencesOf(settings, place);
  return {
    areas: asked?.areas.length ? asked.areas : preferred.areas,
    level: asked?.level ?? preferred.level,
  };
}

/** Writes a delivery's tip: the one an earlier attempt chose, else the next of the channel's deck. */
export function tipWriter({ tips, settings, library, quiz }: WriteParts) {
  return async (delivery: Delivery): Promise<Written | undefined> => {
    const { place } = delivery.subscription;
    const shelf = library();
    const deck = deckOf(shelf.pages);
    const written = (tip: Tip, newRound: boolean): Written => ({
      id: tip.id,
      reply: showTip(tip, shelf, quiz),
      newRound,
    });
    const chosen = deck.find(({ id }) => id === delivery.tip);
    if (chosen) return written(chosen, false);
    const taste = await tasteOf(place, delivery.subscription, settings);
    const next = nextTip(tipsFor(deck, taste), new Set(await tips.used(place)));
    return next && written(next.tip, next.newRound);
  };
}
