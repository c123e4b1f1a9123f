/** Every lint there is, the fatal ones first. */
import { checkPages } from "../../src/library/check.ts";
import { ageing, stale, unchecked } from "./freshness.ts";
import { deadLinks } from "./links.ts";
import { giveaways } from "./quiz.ts";
import type { Lint } from "./set.ts";
import { hearsay, unsourced, unusedSource } from "./sourcing.ts";
import { unsafe } from "./trials.ts";
import { unfinished } from "./unfinished.ts";
import { pointing, readability, spelling } from "./wording.ts";

/** Ids, aliases, prerequisites, aspects and sizes: what the tutor itself looks at when it starts. */
const whole: Lint = {
  name: "whole",
  level: "fatal",
  find: ({ pages, faults, aspects }) => [...faults, ...Object.values(checkPages(pages, aspects)).flat()],
};

export const LINTS: readonly Lint[] = [
  whole,
  unfinished,
  unchecked,
  deadLinks,
  hearsay,
  pointing,
  spelling,
  giveaways,
  unsafe,
  stale,
  ageing,
  unsourced,
  unusedSource,
  readability,
];
