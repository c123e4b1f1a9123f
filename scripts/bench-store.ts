/**
 * `npm run bench:store`: what a start costs with the store and without; a million subscriptions of which ten thousand
 * are due, claimed, chosen and settled on both databases; how long batches take, and how long the event loop was held.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import type { Subscription } from "../src/core/tips.ts";
import { type Db, tuples } from "../src/store/db.ts";
import { storeOver } from "../src/store/open.ts";
import { openPostgres } from "../src/store/postgres.ts";
import { openSqlite } from "../src/store/sqlite.ts";
import { startPostgres } from "../test/support/postgres.ts";

const ALL = Number(process.argv[2] ?? 1_000_000);
const DUE = Math.min(10_000, ALL);
const NOW = Date.UTC(2026, 10, 24, 9, 0);
const DAY = 86_400_000;
const LEASE = 60_000;
const STARTS = 11;
const ZONES = ["Europe/London", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe"];
const log = { info: () => {}, warn: console.error, error: console.error };

/** As a tips room would: the local date, and the same time tomorrow. */
function occurrence({ zone }: Subscription, dueAt: number) {
  const local = Temporal.Instant.fromEpochMilliseconds(dueAt).toZonedDateTimeISO(zone);
  return { date: local.toPlainDate().toString(), nextAt: local.add({ days: 1 }).epochMilliseconds };
}

async function fill(db: Db): Promise<void> {
  const batch = 1000;
  for (let n = 0; n < ALL; n += batch)
    await db.run(
      `insert into subscription (platform, community, channel, minute, zone, weekdays, areas, level, set_by, next_at)
       values ${tuples(batch, "('slack', ?, ?, 540, ?, 31, '[]', null, 'U0', ?)")}`,
      Array.from({ length: batch }, (_, i) => n + i).flatMap((i) => [
        `T${i % 10_000}`,
        `C${i}`,
        ZONES[i % 4] ?? "UTC",
        // Every hundredth is due: spread over all of the index and the table.
        i % (ALL / DUE) === 0 ? NOW - (i % 60_000) : NOW + 60_000 + (i % DAY),
      ]),
    );
}

/** The longest that the event loop was held between two of its turns, and how often over 50 ms. */
function watchLoop() {
  let last = performance.now();
  let longest = 0;
  let over = 0;
  let on = true;
  const turn = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    if (now - last > 50) over += 1;
    last = now;
    if (on) setImmediate(turn);
  };
  setImmediate(turn);
  return () => {
    on = false;
    return { longest: longest.toFixed(1), over50: over };
  };
}

const spread = (times: readonly number[]) => {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1);
  return {
    n: sorted.length,
    p50: at(0.5),
    p99: at(0.99),
    max: at(1),
    sum: sorted.reduce((a, b) => a + b, 0).toFixed(0),
  };
};

async function measure(db: Db, size: () => Promise<number>): Promise<void> {
  const store = await storeOver(db, {}, log);
  let from = performance.now();
  await fill(db);
  console.log(db.kind, "filled in ms", (performance.now() - from).toFixed(0), "MB", ((await size()) / 1e6).toFixed(0));
  const claims: number[] = [];
  // Of this thread alone: on a busy machine the clock also counts the others.
  const cpu: number[] = [];
  const settles: number[] = [];
  let claimed = 0;
  const loop = watchLoop();
  for (;;) {
    from = performance.now();
    const before = process.threadCpuUsage();
    const batch = await store.tips.claim(NOW, LEASE, 500, occurrence);
    claims.push(performance.now() - from);
    const { user, system } = process.threadCpuUsage(before);
    cpu.push((user + system) / 1000);
    if (!batch.length) break;
    claimed += batch.length;
    for (const delivery of batch) {
      from = performance.now();
      await store.tips.choose(delivery, "tip-1");
      await store.tips.settle(delivery, { kind: "sent" }, NOW);
      settles.push(performance.now() - from);
    }
  }
  const idle: number[] = [];
  for (let n = 0; n < 200; n += 1) {
    from = performance.now();
    await store.tips.claim(NOW, LEASE, 500, occurrence);
    idle.push(performance.now() - from);
  }
  console.log(db.kind, "claimed", claimed, "loop ms", loop());
  console.log(db.kind, "claim batch ms", spread(claims));
  console.log(db.kind, "claim batch ms of CPU", spread(cpu));
  console.log(db.kind, "choose + settle ms", spread(settles));
  console.log(db.kind, "idle claim ms", spread(idle));
  const sweeping = watchLoop();
  from = performance.now();
  const swept = await store.privacy.sweep(NOW + 500 * DAY, { conversations: 0, keys: 0, quiz: 0, audit: 400 * DAY });
  console.log(db.kind, "swept", swept, "in ms", (performance.now() - from).toFixed(0), "loop ms", sweeping());
  const forgetting = watchLoop();
  from = performance.now();
  await store.privacy.forget({ platform: "slack", community: "T7", person: "U0" }, NOW);
  console.log(db.kind, "forget in ms", (performance.now() - from).toFixed(0), "loop ms", forgetting());
  await store.close();
}

/** Wall time of a start, median of several that take turns; the library comes from its cache in both. */
function startUp(dir: string): void {
  const program = join(import.meta.dirname, "bench/start.ts");
  const start = (...rest: readonly string[]) => {
    const from = performance.now();
    execFileSync(process.execPath, [program, join(dir, "cache"), ...rest]);
    return performance.now() - from;
  };
  const data = join(dir, "start");
  start(data);
  const times = Array.from({ length: STARTS }, () => ({ without: start(), with: start(data) }));
  const middle = (list: readonly number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
  const [without, withStore] = [middle(times.map((each) => each.without)), middle(times.map((each) => each.with))];
  console.log(
    `start-up ms with the store ${withStore.toFixed(0)}, without ${without.toFixed(0)}, ratio ${(withStore / without).toFixed(2)}`,
  );
}

console.log(new Date().toISOString(), process.version, cpus()[0]?.model, "cores", cpus().length, "subscriptions", ALL);
const dir = mkdtempSync(join(tmpdir(), "tutor-bench-"));
try {
  startUp(dir);
  const file = join(dir, "tutor.db");
  await measure(openSqlite(file, log), async () => statSync(file).size);
  const from = performance.now();
  const again = openSqlite(file, log);
  console.log("sqlite opened again with quick_check in ms", (performance.now() - from).toFixed(0));
  await again.close();
  const server = await startPostgres();
  try {
    const db = openPostgres(server.url, log);
    await measure(db, async () => Number((await server.query("select pg_database_size('tutor') as n"))[0]?.n));
  } finally {
    await server.stop();
  }
} finally {
  rmSync(dir, { recursive: true, force: true });
}
