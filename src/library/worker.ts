/**
 * The other side of thread.ts: reads and indexes in a thread of its own, and hands the result over in small parts, so that
 * taking it in never holds up an answer for long.
 */
import { parentPort, workerData } from "node:worker_threads";
import { TutorError } from "../core/errors.ts";
import { writeCache } from "./cache.ts";
import { prepare } from "./library.ts";
import { type Known, readShelf } from "./load.ts";
import type { Page } from "./page.ts";
import { BATCH, type Message, type Task } from "./thread.ts";

function work({ folders, listing, version, cacheDir }: Task, known: Known): void {
  const send = (message: Message, moved: readonly ArrayBuffer[] = []) => parentPort?.postMessage(message, [...moved]);
  try {
    const shelf = readShelf(folders, listing, known, (read, of) => {
      if (read % BATCH === 0 || read === of) send({ kind: "progress", read, of });
    });
    const prepared = prepare(shelf.pages);
    if (cacheDir) writeCache(cacheDir, version, { shelf, prepared });
    const { pages, ...rest } = shelf;
    for (let at = 0; at < pages.length; at += BATCH)
      send({ kind: "pages", pages: pages.slice(at, at + BATCH).map((page) => takenOver.get(page) ?? page) });
    const engines = prepared.engines();
    const { sections, pages: whole } = engines;
    const moved = [sections.starts, sections.units, sections.weights, whole.starts, whole.units, whole.weights];
    send(
      { kind: "done", rest, counts: prepared.counts, names: prepared.names, engines },
      moved.map((array) => array.buffer as ArrayBuffer),
    );
  } catch (error) {
    if (!(error instanceof TutorError)) throw error;
    const { fault, message, hint } = error;
    send({ kind: "fault", fault, message, hint });
  }
}

/** Pages that the other side has already: their stamps are handed back in their place. */
const takenOver = new Map<Page, string>();
const known = new Map<string, Page>();

parentPort?.on("message", (message: readonly (readonly [stamp: string, page: Page])[] | "begin") => {
  if (message === "begin") {
    work(workerData as Task, known);
    parentPort?.close();
    return;
  }
  for (const [stamp, page] of message) {
    known.set(stamp, page);
    takenOver.set(page, stamp);
  }
});
