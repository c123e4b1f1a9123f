/** In front of Bolt: an event is acknowledged once its turn is kept, not before, and running ones are counted. */
import type { App, Receiver, ReceiverEvent } from "@slack/bolt";

/** Under this name a listener finds its event's acknowledgement in Bolt's context. */
export const ACKNOWLEDGE = "tutorAcknowledge";

export interface Door {
  readonly receiver: Receiver;
  health(): "up" | "connecting" | "down";
  /** Takes nothing more and waits for what is being answered; the connection stays until `close`. */
  drain(): Promise<void>;
  close(): Promise<void>;
  /** Where HTTP is listened for; undefined where nothing comes that way. */
  port(): number | undefined;
}

/** Wraps what Bolt does with an event, so that it can be counted and acknowledged late. */
export function createGate() {
  const running = new Set<Promise<unknown>>();
  let closed = false;
  return {
    closed: () => closed,
    async drain(): Promise<void> {
      closed = true;
      while (running.size) await Promise.allSettled([...running]);
    },
    guard: (app: App) => ({
      async processEvent(event: ReceiverEvent): Promise<void> {
        // Slack brings it again, to another replica or to the next process.
        if (closed) return;
        const work = take(app, event);
        running.add(work);
        await work.finally(() => running.delete(work));
      },
    }),
  };
}

async function take(app: App, event: ReceiverEvent): Promise<void> {
  if (event.body.type !== "event_callback") return app.processEvent(event);
  let acknowledged: Promise<void> | undefined;
  const acknowledge = () => {
    acknowledged ??= Promise.resolve(event.ack());
    return acknowledged;
  };
  // Bolt acknowledges events before anybody could have kept them.
  const customProperties = { ...event.customProperties, [ACKNOWLEDGE]: acknowledge };
  await app.processEvent({ ...event, ack: async () => undefined, customProperties });
  // What nobody listens to is acknowledged too.
  await acknowledge();
}
