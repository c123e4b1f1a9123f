/** Very many questions: does the heap grow with what went through? Each fifth of the run is looked at after a collection. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { retentionOf } from "../../src/config.ts";
import { type Row, writeEvidence } from "./evidence.ts";
import { CONFIG, countingLog, startTutor, turnOf } from "./tutor.ts";

const AT_ONCE = 8;
const LOOKS = 10;
const MB = 1e6;

export async function memory(questions: number): Promise<boolean> {
  if (!global.gc) throw new Error("Run it as `npm run soak`, which passes --expose-gc.");
  const collect = global.gc;
  const dataDir = mkdtempSync(join(tmpdir(), "tutor-soak-"));
  const log = countingLog();
  const { desk, store } = await startTutor({ dataDir }, log, async () => ({ kind: "sent" }));
  const caller = { acknowledge: async () => "answer" as const, post: async () => ({ kind: "sent" as const }) };
  const looks: { readonly n: number; readonly heap: number; readonly resident: number }[] = [];
  let resident = 0;
  const from = performance.now();
  const step = Math.ceil(questions / LOOKS);
  for (let n = 0; n < questions; n += AT_ONCE) {
    if (n % step < AT_ONCE) {
      collect();
      const { heapUsed, rss } = process.memoryUsage();
      looks.push({ n, heap: heapUsed / MB, resident: rss / MB });
      await store.privacy.sweep(Date.now(), retentionOf(CONFIG));
    }
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, questions - n) }, (_, i) => desk.receive(turnOf(n + i), caller)),
    );
    resident = Math.max(resident, process.memoryUsage.rss() / MB);
  }
  collect();
  looks.push({ n: questions, heap: process.memoryUsage().heapUsed / MB, resident: process.memoryUsage.rss() / MB });
  await desk.stop();
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });

  // The first looks are of caches that fill; the slope is that of the rest.
  const slope = slopeOf(looks.slice(Math.floor(LOOKS / 5))) * 100_000;
  const rows: Row[] = looks.map(({ n, heap, resident: at }) => [
    `after ${n}`,
    `heap ${heap.toFixed(1)} MB, resident ${at.toFixed(0)} MB`,
    "",
  ]);
  writeEvidence(
    "memory",
    "Memory over many questions",
    `${questions} questions of 5,000 people in 400 channels, ${AT_ONCE} at once, SQLite on disk, ${((performance.now() - from) / 1000).toFixed(0)} s, ${log.faults()} faults; heap after a forced collection.`,
    [
      ...rows,
      ["heap grows, in 100,000 questions", `${slope.toFixed(2)} MB`, "< 1 MB"],
      ["resident, at most", `${resident.toFixed(0)} MB`, "< 256 MB"],
    ],
  );
  return slope < 1 && resident < 256 && log.faults() === 0;
}

/** Least squares: megabytes a question. */
function slopeOf(looks: readonly { readonly n: number; readonly heap: number }[]): number {
  const mean = (of: (look: { n: number; heap: number }) => number) =>
    looks.reduce((sum, look) => sum + of(look), 0) / looks.length;
  const [n, heap] = [mean((look) => look.n), mean((look) => look.heap)];
  const above = looks.reduce((sum, look) => sum + (look.n - n) * (look.heap - heap), 0);
  return above / looks.reduce((sum, look) => sum + (look.n - n) ** 2, 0);
}
