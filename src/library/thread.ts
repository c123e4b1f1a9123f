/** Reads and indexes knowledge in a worker thread, so that answers go on meanwhile. */
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { type Fault, TutorError } from "../core/errors.ts";
import type { Counts, Engines } from "./build.ts";
import type { Name } from "./concepts.ts";
import type { Prepared } from "./library.ts";
import type { Folders, Known, Listing, Progress, Shelf } from "./load.ts";
import type { Page } from "./page.ts";

/** Pages in one message: taking them in costs a few milliseconds. */
export const BATCH = 100;

export interface Task {
  readonly folders: Folders;
  /** The files as they were when `version` was taken. */
  readonly listing: Listing;
  readonly version: string;
  readonly cacheDir: string | undefined;
}

export type Message =
  | { readonly kind: "progress"; readonly read: number; readonly of: number }
  /** A page, or the stamp of one that was sent. */
  | { readonly kind: "pages"; readonly pages: readonly (Page | string)[] }
  | {
      readonly kind: "done";
      readonly rest: Omit<Shelf, "pages">;
      readonly counts: Counts;
      readonly names: readonly Name[];
      readonly engines: Engines;
    }
  | { readonly kind: "fault"; readonly fault: Fault; readonly message: string; readonly hint: string | undefined };

/** Beside this file, whether it is TypeScript or what was built from it. */
const WORKER = new URL(import.meta.url.replace(/thread(\.[jt]s)$/, "worker$1"));

/** The shelf and its index; a fault of a file rejects as it would on this side. Pages in `known` are not read again. */
export async function readInThread(
  task: Task,
  known: Known,
  progress?: Progress,
): Promise<{ shelf: Shelf; prepared: Prepared }> {
  const worker = new Worker(WORKER, { workerData: task });
  // Waiting for pages keeps no process alive.
  worker.unref();
  const result = receive(worker, known, progress);
  result.catch(() => {}); // the sender below may be ahead of who awaits it
  const entries = [...known];
  for (let at = 0; at < entries.length; at += BATCH) {
    worker.postMessage(entries.slice(at, at + BATCH));
    await setImmediate(); // answers come between
  }
  worker.postMessage("begin");
  return result;
}

function receive(worker: Worker, known: Known, progress: Progress | undefined) {
  return new Promise<{ shelf: Shelf; prepared: Prepared }>((resolve, reject) => {
    const pages: Page[] = [];
    worker.on("message", (message: Message) => {
      switch (message.kind) {
        case "progress":
          return progress?.(message.read, message.of);
        case "pages":
          for (const each of message.pages) {
            const page = typeof each === "string" ? known.get(each) : each;
            if (page) pages.push(page);
          }
          return;
        case "done": {
          const { rest, counts, names, engines } = message;
          return resolve({ shelf: { ...rest, pages }, prepared: { counts, names, engines: () => engines } });
        }
        case "fault":
          return reject(
            new TutorError(message.fault, message.message, message.hint === undefined ? {} : { hint: message.hint }),
          );
        default:
          return message satisfies never;
      }
    });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`the reading thread ended with ${code}`)));
  });
}
