/** Looks whether a message of ours stands there: the one place that reads a channel, and only after a lost answer. */
import type { webApi } from "@slack/bolt";
import type { Place } from "../../src/core/index.ts";

/** What a message says about itself, seen by apps only. */
export const EVENT_TYPE = "tutor_reply";

/** As many as Slack gives the apps it limits most. */
const LOOKED_AT = 15;

/** Pages of a reply that stand there; undefined where we may not look or do not know the channel. */
export async function standing(
  client: webApi.WebClient,
  { channel, thread }: Place,
  key: string,
): Promise<ReadonlySet<number> | undefined> {
  // A person's id opens a conversation for posting, not for reading.
  if (/^[UW]/.test(channel)) return undefined;
  try {
    const { messages = [] } = thread
      ? await client.conversations.replies({
          channel,
          ts: thread,
          include_all_metadata: true,
          limit: 1000,
        })
      : await client.conversations.history({ channel, include_all_metadata: true, limit: LOOKED_AT });
    return new Set(
      messages.flatMap(({ metadata }) => {
        const { event_type, event_payload } = (metadata ?? {}) as {
          event_type?: string;
          event_payload?: { key?: string; page?: number };
        };
        return event_type === EVENT_TYPE && event_payload?.key === key ? [Number(event_payload.page)] : [];
      }),
    );
  } catch {
    return undefined;
  }
}
