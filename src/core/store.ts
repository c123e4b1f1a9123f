import type { FeedbackStore } from "./feedback.ts";
import type { InstallationStore } from "./installations.ts";
import type { LearnerStore } from "./learners.ts";
import type { ConversationStore, Inbox, Limiter, PrivacyStore, SettingsStore } from "./ports.ts";
import type { TipStore } from "./tips.ts";

/** All stores over one database. */
export interface Store {
  readonly kind: "sqlite" | "postgres";
  readonly inbox: Inbox;
  readonly conversations: ConversationStore;
  readonly tips: TipStore;
  readonly learners: LearnerStore;
  readonly feedback: FeedbackStore;
  readonly settings: SettingsStore;
  readonly privacy: PrivacyStore;
  readonly limiter: Limiter;
  readonly installations: InstallationStore;
  /** What ids are hashed with in the log: the same for all processes of an installation. */
  readonly logSalt: string;
  /** Can it be written to right now? */
  healthy(): Promise<boolean>;
  close(): Promise<void>;
}
