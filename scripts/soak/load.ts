/** Questions at a fixed rate, whether or not the ones before are answered: each is kept on disk, searched, posted, settled. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { quantile, writeEvidence } from "./evidence.ts";
import { countingLog, startTutor, turnOf } from "./tutor.ts";

const WARM = 200;

export async function load(seconds: number, rate: number): Promise<boolean> {
  const dataDir = mkdtempSync(join(tmpdir(), "tutor-soak-"));
  const log = countingLog();
  const { desk, store } = await startTutor({ dataDir }, log, async () => ({ kind: "sent" }));
  const times: number[] = [];
  const acknowledged: number[] = [];
  let wrong = 0;

  /** Timed from when it was to be sent: a generator that comes late must not hide a tutor that does. */
  async function ask(n: number, intended: number, kept: boolean): Promise<void> {
    const outcome = await desk.receive(turnOf(n), {
      async acknowledge() {
        if (kept) acknowledged.push(performance.now() - intended);
        return "answer";
      },
      async post() {
        if (kept) times.push(performance.now() - intended);
        return { kind: "sent" };
      },
    });
    if (outcome !== "answered") wrong += 1;
  }

  for (let n = 0; n < WARM; n += 1) await ask(-1 - n, performance.now(), false);
  const running = new Set<Promise<void>>();
  const before = process.cpuUsage();
  const from = performance.now();
  const all = seconds * rate;
  let most = 0;
  for (let n = 0; n < all; n += 1) {
    const intended = from + (n * 1000) / rate;
    const early = intended - performance.now();
    if (early > 0) await pause(early);
    const work = ask(n, intended, true).finally(() => running.delete(work));
    running.add(work);
    most = Math.max(most, running.size);
  }
  await Promise.all(running);
  const { user, system } = process.cpuUsage(before);
  await desk.stop();
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });

  const sorted = times.toSorted((a, b) => a - b);
  const acks = acknowledged.toSorted((a, b) => a - b);
  const p99 = quantile(sorted, 0.99);
  const errors = wrong + log.faults() + (all - times.length);
  writeEvidence(
    "load",
    "Under load",
    `${rate} questions a second for ${seconds} seconds, open loop, generator and tutor in one process; SQLite on disk with synchronous = full; times from the intended moment of sending to the answer being handed over.`,
    [
      ["questions", String(all), ""],
      ["answered, p50", `${quantile(sorted, 0.5).toFixed(1)} ms`, ""],
      ["answered, p99", `${p99.toFixed(1)} ms`, "<= 50 ms"],
      ["answered, p99.9", `${quantile(sorted, 0.999).toFixed(1)} ms`, "<= 150 ms"],
      ["answered, longest", `${(sorted.at(-1) ?? 0).toFixed(1)} ms`, ""],
      ["kept and acknowledged, p99", `${quantile(acks, 0.99).toFixed(1)} ms`, ""],
      ["processor time a question", `${((user + system) / 1000 / all).toFixed(1)} ms`, ""],
      ["most at once", String(most), ""],
      ["errors", String(errors), "0"],
    ],
  );
  return errors === 0 && p99 <= 50;
}
