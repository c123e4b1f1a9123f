/** The ordered list of capabilities: the first to hear a turn answers it. */
import type { Capability } from "../core/capability.ts";
import type { LearnerStore } from "../core/learners.ts";
import type { ConversationStore, Ms } from "../core/ports.ts";
import type { TipStore } from "../core/tips.ts";
import type { Library } from "../library/library.ts";
import { ask } from "./ask.ts";
import { compare } from "./compare.ts";
import { help } from "./help.ts";
import { home } from "./home.ts";
import { learn } from "./learn.ts";
import { lesson } from "./lesson.ts";
import { practice } from "./practice.ts";
import { progress } from "./progress.ts";
import { quiz } from "./quiz.ts";
import { read } from "./read.ts";

export interface Deps {
  readonly library: () => Library;
  readonly conversations: ConversationStore;
  readonly learners: LearnerStore;
  readonly tips: TipStore;
  /** UTC epoch milliseconds. */
  readonly clock: () => Ms;
}

export function capabilities(deps: Deps): Capability[] {
  const list: Capability[] = [
    help({ others: () => list }),
    quiz(deps),
    practice(deps),
    lesson(deps),
    learn(deps),
    progress(deps),
    home({ ...deps, others: () => list }),
    compare(deps),
    read(deps),
    ask(deps),
  ];
  return list;
}
