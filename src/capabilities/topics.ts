/** The topics that people can choose: the areas of the pages. */
import type { Library } from "../library/library.ts";
import type { Page } from "../library/page.ts";

const known = new WeakMap<readonly Page[], readonly string[]>();

export function areasOf({ pages }: Library): readonly string[] {
  const before = known.get(pages);
  if (before) return before;
  const areas = [...new Set(pages.filter((page) => page.tips.length > 0 && page.area).map((page) => page.area))].sort();
  known.set(pages, areas);
  return areas;
}
