/** The pages' tips in the order in which they are best read: what is needed first comes first, and topics alternate. */
import type { Level } from "../core/tips.ts";
import { fingerprint } from "../library/fingerprint.ts";
import type { Page } from "../library/page.ts";

export interface Tip {
  /** Stays the same while its words do, wherever it stands on its page. */
  readonly id: string;
  readonly page: Page;
  readonly markdown: string;
}

/** What a channel wants to hear about; an empty list of areas is all of them. */
export interface Taste {
  readonly areas: readonly string[];
  readonly level: Level | undefined;
}

const RANK: Readonly<Record<Level, number>> = { beginner: 0, intermediate: 1, advanced: 2 };

const decks = new WeakMap<readonly Page[], readonly Tip[]>();

/** Every tip: all tips of a page come after all tips of the pages that it requires. */
export function deckOf(pages: readonly Page[]): readonly Tip[] {
  const known = decks.get(pages);
  if (known) return known;
  const deck = arrange(pages);
  decks.set(pages, deck);
  return deck;
}

export const tipsFor = (deck: readonly Tip[], { areas, level }: Taste): readonly Tip[] =>
  deck.filter(
    ({ page }) => (!areas.length || areas.includes(page.area)) && (level === undefined || page.level === level),
  );

/** The first tip not used yet; where all are, the first again and a new round. Undefined where there are none. */
export function nextTip(
  deck: readonly Tip[],
  used: ReadonlySet<string>,
): { readonly tip: Tip; readonly newRound: boolean } | undefined {
  const fresh = deck.find(({ id }) => !used.has(id));
  if (fresh) return { tip: fresh, newRound: false };
  return deck[0] && { tip: deck[0], newRound: true };
}

interface Pile {
  readonly page: Page;
  readonly order: number;
  /** Tips still to come. */
  readonly left: string[];
  lastAt: number;
}

function arrange(pages: readonly Page[]): readonly Tip[] {
  const piles = pages
    .filter((page) => page.tips.length > 0)
    .map((page, order): Pile => ({ page, order, left: [...new Set(page.tips)], lastAt: -1 }));
  const open = new Map<string, number>();
  for (const { page } of piles) open.set(page.id, (open.get(page.id) ?? 0) + 1);
  const areas = new Map<string, number>();
  const deck: Tip[] = [];
  for (;;) {
    const waiting = piles.filter(({ left }) => left.length > 0);
    if (!waiting.length) return deck;
    const ready = waiting.filter(({ page }) => needs(page).every((id) => id === page.id || !open.get(id)));
    // A circle of prerequisites is refused where pages are checked; here it only must not hang.
    const pile = (ready.length ? ready : waiting).reduce((best, each) => (before(each, best, areas) < 0 ? each : best));
    const markdown = pile.left.shift();
    if (markdown === undefined) return deck;
    deck.push({ id: `${pile.page.id.slice(0, 40)}.${fingerprint(markdown)}`, page: pile.page, markdown });
    pile.lastAt = deck.length;
    areas.set(pile.page.area, deck.length);
    if (!pile.left.length) open.set(pile.page.id, (open.get(pile.page.id) ?? 1) - 1);
  }
}

/** A command names no prerequisites: it comes after the concept that it belongs to. */
const needs = (page: Page): readonly string[] => (page.kind === "command" ? page.related.slice(0, 1) : page.requires);

/** Simpler pages first; among equals the area, then the page, that was silent for longest. */
function before(a: Pile, b: Pile, areas: ReadonlyMap<string, number>): number {
  return (
    RANK[a.page.level] - RANK[b.page.level] ||
    (areas.get(a.page.area) ?? -1) - (areas.get(b.page.area) ?? -1) ||
    a.lastAt - b.lastAt ||
    a.order - b.order
  );
}
