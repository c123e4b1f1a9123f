/** The ordered list of capabilities: the first to hear a turn answers it. */
import type { Capability } from "../core/capability.ts";
import type { FeedbackStore } from "../core/feedback.ts";
import type { LearnerStore } from "../core/learners.ts";
import type { ConversationStore, Ms, PrivacyStore, Retention, SettingsStore } from "../core/ports.ts";
import type { TipStore } from "../core/tips.ts";
import type { Library } from "../library/library.ts";
import { ask } from "./ask.ts";
import { compare } from "./compare.ts";
import { feedback } from "./feedback.ts";
import { gaps } from "./gaps.ts";
import { help } from "./help.ts";
import { createHidden } from "./hidden.ts";
import { home } from "./home.ts";
import { learn } from "./learn.ts";
import { lesson } from "./lesson.ts";
import type { Moderates } from "./moderator.ts";
import { practice } from "./practice.ts";
import { privacy } from "./privacy.ts";
import { progress } from "./progress.ts";
import { quiz } from "./quiz.ts";
import { read } from "./read.ts";
import { settings } from "./settings.ts";
import { tips } from "./tips.ts";

export interface Deps {
  readonly library: () => Library;
  readonly conversations: ConversationStore;
  readonly learners: LearnerStore;
  readonly tips: TipStore;
  readonly feedback: FeedbackStore;
  readonly settings: SettingsStore;
  readonly privacy: PrivacyStore;
  readonly retention: Retention;
  readonly moderates: Moderates;
  /** UTC epoch milliseconds. */
  readonly clock: () => Ms;
}

export function capabilities(deps: Deps): Capability[] {
  const parts = { ...deps, hidden: createHidden(deps), commands: () => list.flatMap(({ commands }) => commands) };
  const list: Capability[] = [
    help({ others: () => list }),
    feedback(parts),
    privacy(parts),
    settings(parts),
    gaps(parts),
    tips(parts),
    quiz(deps),
    practice(deps),
    lesson(deps),
    learn(deps),
    progress(deps),
    home({ ...deps, others: () => list }),
    compare(parts),
    read(parts),
    ask(parts),
  ];
  return list;
}
