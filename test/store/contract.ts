/** What every store must do, whichever database it stands on. */
import { describe } from "vitest";
import type { Store } from "../../src/core/store.ts";
import { conversationContract } from "./contract/conversations.ts";
import { feedbackContract } from "./contract/feedback.ts";
import { inboxContract } from "./contract/inbox.ts";
import { installationContract } from "./contract/installations.ts";
import { learnerContract } from "./contract/learners.ts";
import { limiterContract } from "./contract/limiter.ts";
import { privacyContract } from "./contract/privacy.ts";
import { reminderContract } from "./contract/reminders.ts";
import { settingsContract } from "./contract/settings.ts";
import { tipContract } from "./contract/tips.ts";

export interface Opened {
  readonly store: Store;
  /** The same database as another replica sees it; on SQLite the same store. */
  readonly replica: Store;
  /** Every text column there is. */
  columns(): Promise<readonly { readonly table: string; readonly column: string }[]>;
  /** Runs one statement past the store. */
  query(sql: string): Promise<readonly Record<string, unknown>[]>;
}

/** `open` gives an empty database for each test. */
export function storeContract(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    inboxContract(open);
    conversationContract(open);
    tipContract(open);
    learnerContract(open);
    reminderContract(open);
    feedbackContract(open);
    settingsContract(open);
    privacyContract(open);
    limiterContract(open);
    installationContract(open);
  });
}
