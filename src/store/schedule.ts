/** Dated backups of the SQLite file while the tutor runs, of which the newest stay. */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Log, Ms } from "../core/ports.ts";
import { backupTo } from "./backup.ts";

/** A longer timer fires at once. */
const LONGEST_TIMER_MS = 2_147_483_647;
const NAME = /^tutor-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d)Z\.db$/;

/** One dated backup into `dir`; of all that are there the newest `keep` stay. */
export async function rotate(file: string, dir: string, keep: number, now: Ms): Promise<string> {
  const target = join(dir, `tutor-${new Date(now).toISOString().slice(0, 19).replaceAll(":", "-")}Z.db`);
  await backupTo(file, target);
  for (const name of dated(dir).slice(0, -Math.max(1, keep))) rmSync(join(dir, name), { force: true });
  return target;
}

/** Dated backups, oldest first. */
const dated = (dir: string): readonly string[] =>
  existsSync(dir)
    ? readdirSync(dir)
        .filter((name) => NAME.test(name))
        .sort()
    : [];

export interface Schedule {
  readonly file: string;
  readonly dir: string;
  readonly everyMs: Ms;
  readonly keep: number;
  readonly clock?: () => Ms;
}

/** Backs up whenever the newest one is older than `everyMs`, also across restarts; returns how to stop. */
export function scheduleBackups(
  { file, dir, everyMs, keep, clock = Date.now }: Schedule,
  log: Log,
): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  const wait = (ms: number) => {
    if (stopped) return;
    timer = setTimeout(
      () => {
        running = run();
      },
      Math.min(ms, LONGEST_TIMER_MS),
    );
    timer.unref();
  };
  const run = async () => {
    if (dueIn() > 0) return wait(dueIn());
    try {
      log.info({ file: await rotate(file, dir, keep, clock()) }, "backup made");
    } catch (error) {
      log.error({ err: error, dir }, "backup failed");
    }
    wait(everyMs);
  };
  const dueIn = (): number => {
    const newest = NAME.exec(dated(dir).at(-1) ?? "")?.[1];
    if (!newest) return 0;
    const at = Date.parse(`${newest.replace(/T(\d\d)-(\d\d)-(\d\d)$/, "T$1:$2:$3")}Z`);
    // A clock that was set back must not put backups off for longer than one period.
    return Math.min(everyMs, at + everyMs - clock());
  };
  wait(Math.max(0, dueIn()));
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
