/** One channel's posts one after the other, at the pace that Slack allows: a short burst, then one a second. */

export interface Pace {
  readonly clock: () => number;
  readonly pause: (ms: number) => Promise<void>;
}

const BURST = 5;
const EVERY_MS = 1000;
/** More than this is not kept in memory: the desk or the tips bring it again. */
const MOST_WAITING = 100;
const SEEN = 5000;

export interface Queue {
  /** Undefined: too many are waiting already. */
  run<T>(channel: string, work: (paced: () => Promise<void>) => Promise<T>): Promise<T> | undefined;
}

export function createQueue({ clock, pause }: Pace): Queue {
  const tails = new Map<string, { tail: Promise<unknown>; waiting: number }>();
  /** When a channel's burst is whole again, had it no more posts. */
  const full = new Map<string, number>();

  /** Waits until the channel may have one more post. */
  async function paced(channel: string): Promise<void> {
    const now = clock();
    const next = Math.max(now, full.get(channel) ?? now) + EVERY_MS;
    if (full.size > SEEN) for (const [each, at] of full) if (at <= now) full.delete(each);
    full.set(channel, next);
    const early = next - now - BURST * EVERY_MS;
    if (early > 0) await pause(early);
  }

  return {
    run(channel, work) {
      const queue = tails.get(channel) ?? { tail: Promise.resolve(), waiting: 0 };
      if (queue.waiting >= MOST_WAITING) return undefined;
      queue.waiting += 1;
      tails.set(channel, queue);
      const done = queue.tail.then(() => work(() => paced(channel)));
      queue.tail = done
        .catch(() => undefined)
        .then(() => {
          queue.waiting -= 1;
          if (queue.waiting === 0 && tails.get(channel) === queue) tails.delete(channel);
        });
      return done;
    },
  };
}
