/** The way of SQLite's log to the disk, outside the event loop; commits that come meanwhile share the next one. */
import { close, fdatasync, openSync } from "node:fs";
import { promisify } from "node:util";
import { explained } from "./file.ts";

export interface Disk {
  /** Resolves once everything committed before this call is on the disk. */
  landed(): Promise<void>;
  close(): Promise<void>;
}

/** Waits for the disk; given by tests that decide when it is done. */
export type Sync = (log: number) => Promise<void>;

/**
 * What SQLite does after a commit with `synchronous = full`, a sync of its log, done in Node's threads. SQLite locks its
 * file and never its log, so a second descriptor of the log takes no lock away. `file` is open: its log is there to stay.
 */
export function openDisk(file: string, sync: Sync = promisify(fdatasync)): Disk {
  const log = openSync(`${file}-wal`, "r+");
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function begin(): Promise<void> {
    const run = sync(log)
      .catch(() => {
        throw explained({ errcode: 10 }, file, "dependency");
      })
      .finally(() => {
        running = undefined;
      });
    running = run;
    return run;
  }

  return {
    landed() {
      if (!running) return begin();
      // The one that runs may have begun before this commit.
      next ??= running
        .catch(() => undefined)
        .then(() => {
          next = undefined;
          return begin();
        });
      return next;
    },
    async close() {
      await Promise.allSettled([running, next]);
      await promisify(close)(log);
    },
  };
}

/** Nothing outlives the process, so nothing is waited for. */
export const noDisk: Disk = { landed: async () => {}, close: async () => {} };
