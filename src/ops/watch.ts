/** Watches the event loop and the memory, so that no new work comes before either is in trouble. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { getHeapStatistics } from "node:v8";

/** One look, over the time since the last one. */
export interface Sample {
  /** The longest that the loop came late, in milliseconds. */
  readonly lagMs: number;
  /** Shares of what there is, 0 to 1. */
  readonly heap: number;
  readonly memory: number;
}

export type Strain = "event loop" | "memory";

/** Half of the three seconds that a platform waits. */
const MOST_LAG_MS = 1500;
const MOST_HEAP = 0.9;
const MOST_MEMORY = 0.95;
/** One collection or one large page is no trouble; two looks in a row are. */
const IN_A_ROW = 2;

/** Says which strain has lasted; called with each sample in turn. */
export function createStrain(): (sample: Sample) => Strain | undefined {
  const row = { "event loop": 0, memory: 0 };
  return ({ lagMs, heap, memory }) => {
    row["event loop"] = lagMs > MOST_LAG_MS ? row["event loop"] + 1 : 0;
    row.memory = heap > MOST_HEAP || memory > MOST_MEMORY ? row.memory + 1 : 0;
    if (row["event loop"] >= IN_A_ROW) return "event loop";
    return row.memory >= IN_A_ROW ? "memory" : undefined;
  };
}

export interface Watch {
  strain(): Strain | undefined;
  stop(): void;
}

/** Looks every `everyMs`. */
export function watchProcess(everyMs: number): Watch {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const judge = createStrain();
  let strain: Strain | undefined;
  const limit = process.constrainedMemory();
  const look = () => {
    const heap = getHeapStatistics();
    strain = judge({
      lagMs: delay.max / 1e6,
      heap: heap.used_heap_size / heap.heap_size_limit,
      // Without a limit the operating system's own is a number past any machine's memory, or 0.
      memory: limit > 0 ? process.memoryUsage.rss() / limit : 0,
    });
    delay.reset();
  };
  const timer = setInterval(look, everyMs);
  timer.unref();
  return {
    strain: () => strain,
    stop() {
      clearInterval(timer);
      delay.disable();
    },
  };
}
