/** Which sections a community does not want to see: marked wrong, on pages that have not changed since. */
import { type Hidden, NOTHING_HIDDEN } from "../answering/choose.ts";
import type { FeedbackStore } from "../core/feedback.ts";
import type { Community, Ms } from "../core/ports.ts";
import { pageVersion } from "../library/fingerprint.ts";
import type { Library } from "../library/library.ts";
import type { Page } from "../library/page.ts";

/** Other replicas hear of a mark after this long. */
const FRESH_MS = 30_000;
const MOST = 1000;

export interface HiddenSections {
  /** Never rejects: while the database is away, what was known last holds. */
  of(community: Community): Promise<Hidden>;
  /** A mark was made: look again. */
  changed(community: Community): void;
}

/** The page that a section's id, or a comparison's path, belongs to. */
export const pageOf = (id: string, library: Library): Page | undefined => library.section(id)?.page ?? library.page(id);

export function createHidden({
  feedback,
  library,
  clock,
}: {
  feedback: FeedbackStore;
  library: () => Library;
  clock: () => Ms;
}): HiddenSections {
  const known = new Map<string, { readonly at: Ms; readonly version: string; readonly hidden: Hidden }>();
  const keyOf = ({ platform, community }: Community) => JSON.stringify([platform, community]);
  return {
    async of(community) {
      const key = keyOf(community);
      const last = known.get(key);
      const shelf = library();
      if (last && clock() - last.at < FRESH_MS && last.version === shelf.version) return last.hidden;
      try {
        const rows = await feedback.wrong(community);
        const still = rows.filter(({ section, pageVersion: version }) => {
          const page = pageOf(section, shelf);
          return page && pageVersion(page) === version;
        });
        const hidden = still.length ? new Set(still.map(({ section }) => section)) : NOTHING_HIDDEN;
        if (known.size >= MOST) known.clear();
        known.set(key, { at: clock(), version: shelf.version, hidden });
        return hidden;
      } catch {
        return last?.hidden ?? NOTHING_HIDDEN;
      }
    },
    changed: (community) => void known.delete(keyOf(community)),
  };
}
