/** Work that comes again and again: never twice at once, and stopped without cutting it off. */
import type { Log, Ms } from "./ports.ts";

export interface Running {
  /** Starts nothing new and waits for what is being done. */
  stop(): Promise<void>;
}

export interface Rhythm {
  /** For the log. */
  readonly name: string;
  readonly everyMs: number;
  readonly clock: () => Ms;
  readonly log: Log;
}

/** Runs `work` at once and then `everyMs` after it ended; a failure is logged and costs this time only. */
export function runEvery(
  work: (now: Ms, stopping: AbortSignal) => Promise<unknown>,
  { name, everyMs, clock, log }: Rhythm,
): Running {
  const stopping = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const once = async (): Promise<void> => {
    try {
      await work(clock(), stopping.signal);
    } catch (err) {
      log.warn({ err, work: name }, "work failed, it is tried again");
    }
    if (stopping.signal.aborted) return;
    timer = setTimeout(() => {
      running = once();
    }, everyMs);
    // A program with nothing else to do may end.
    timer.unref();
  };
  let running = once();
  return {
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
