/** The metrics as Prometheus reads them. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { COUNTERS, TIMERS } from "../core/metrics.ts";
import type { Metrics } from "../core/ports.ts";

/** Up to what a platform waits for: three seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3];

/** What is read off at the moment somebody asks: 1 or 0, or a number. */
export const GAUGES = {
  tutor_ready: "1 while /ready says yes",
  tutor_platform_up: "1 while the connection to a platform stands",
  tutor_pages: "Pages in the library",
} as const;

export interface Gauges {
  ready(): Promise<boolean>;
  platforms(): readonly { readonly platform: string; readonly up: boolean }[];
  pages(): number;
}

export interface Registered extends Metrics {
  /** Lets what is running be looked at. */
  watch(gauges: Gauges): void;
  /** In Prometheus' text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

export function createMetrics(): Registered {
  const registry = new Registry();
  // Node's own: memory, event loop, garbage collection.
  collectDefaultMetrics({ register: registry });
  const register = registry;
  const counters = mapped(
    COUNTERS,
    (name, { help, labels }) => new Counter({ name, help, labelNames: labels, registers: [register] }),
  );
  const timers = mapped(
    TIMERS,
    (name, { help, labels }) =>
      new Histogram({ name, help, labelNames: labels, buckets: BUCKETS, registers: [register] }),
  );
  return {
    count: (name, labels, by = 1) => counters[name].inc(labels, by),
    time: (name, labels, seconds) => timers[name].observe(labels, seconds),
    watch({ ready, platforms, pages }) {
      gauge("tutor_ready", [], async (each) => each.set(Number(await ready())));
      gauge("tutor_platform_up", ["platform"], async (each) => {
        for (const { platform, up } of platforms()) each.set({ platform }, Number(up));
      });
      gauge("tutor_pages", [], async (each) => each.set(pages()));
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };

  function gauge(name: keyof typeof GAUGES, labels: string[], read: (gauge: Gauge) => Promise<void>): void {
    const made: Gauge = new Gauge({
      name,
      help: GAUGES[name],
      labelNames: labels,
      registers: [registry],
      collect: () => read(made),
    });
  }
}

interface Named {
  readonly help: string;
  readonly labels: readonly string[];
}

function mapped<L extends Readonly<Record<string, Named>>, T>(
  list: L,
  make: (name: string, metric: Named) => T,
): Record<keyof L, T> {
  return Object.fromEntries(Object.entries(list).map(([name, each]) => [name, make(name, each)])) as Record<keyof L, T>;
}
