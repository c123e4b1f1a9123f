/** One tip now: on a topic, or the next that this channel has not had. */
import type { Command } from "../core/capability.ts";
import { quote, TutorError } from "../core/errors.ts";
import type { SettingsStore } from "../core/ports.ts";
import type { Reply } from "../core/reply.ts";
import type { TipStore } from "../core/tips.ts";
import { type Call, callFits, type Turn } from "../core/turn.ts";
import type { Library } from "../library/library.ts";
import type { Page } from "../library/page.ts";
import { key } from "../library/words.ts";
import { deckOf, nextTip, tipsFor } from "../tips/deck.ts";
import { quizCall, showTip } from "../tips/show.ts";
import { tasteOf } from "../tips/write.ts";
import { areasOf } from "./topics.ts";

interface TipParts {
  readonly tips: TipStore;
  readonly settings: SettingsStore;
  readonly library: () => Library;
  /** Every command there is: a button comes only for one that exists. */
  readonly commands: () => readonly Command[];
}

/** Words -> which pages they are about: an area's, or those of that name. */
export function pagesAbout(words: string, library: Library): ((page: Page) => boolean) | undefined {
  const said = key(words);
  if (!said) return undefined;
  const area = areasOf(library).find((each) => key(each) === said);
  if (area) return (page) => page.area === area;
  // A concept and an instruction may share a name, such as volume and VOLUME: both are meant.
  const named = (page: Page) => [page.title, page.id, ...page.aliases].some((name) => key(name) === said);
  const concept = library.concepts.exact(words);
  const known = concept !== undefined || library.pages.some(named);
  return known ? (page) => page.id === concept || named(page) : undefined;
}

/** Shown at once, and noted so that the daily tips do not repeat it. */
export async function tipNow(
  { tips, settings, library, commands }: TipParts,
  topic: string | undefined,
  turn: Turn,
): Promise<Reply> {
  const shelf = library();
  const about = topic ? pagesAbout(topic, shelf) : undefined;
  const deck = deckOf(shelf.pages);
  const pool =
    topic && about
      ? deck.filter(({ page }) => about(page))
      : tipsFor(
          deck,
          await tasteOf(turn.place, await tips.subscription(turn.place).catch(() => undefined), settings).catch(() => ({
            areas: [],
            level: undefined,
          })),
        );
  if ((topic && !about) || !pool.length) {
    throw new TutorError("learner", `I have no tip about "${quote(topic ?? "that")}".`, {
      hint: `Topics are ${areasOf(shelf).join(", ")}; a concept's name works too.`,
    });
  }
  // A store that is away costs the memory of what was shown, never the tip.
  const used = new Set(await tips.used(turn.place).catch(() => []));
  const next = nextTip(pool, used);
  if (!next) throw new TutorError("learner", "I have no tips.", { hint: "The pages that I read have none." });
  await tips.use(turn.place, next.tip.id).catch(() => {});
  const reply = showTip(next.tip, shelf, quizCall(commands));
  const another: Call = { command: "tip", args: topic ? { topic } : {} };
  const blocks = reply.blocks.map((block) =>
    block.kind === "buttons" && callFits(another)
      ? { ...block, buttons: [...block.buttons, { label: "Another tip", call: another }] }
      : block,
  );
  return { ...reply, blocks };
}
