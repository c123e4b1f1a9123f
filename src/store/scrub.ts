/** Making deleted bytes leave a SQLite file: secure_delete misses rows that were copied when a page was split. */
import { open, stat } from "node:fs/promises";
import { Worker } from "node:worker_threads";

const CHUNK = 1_048_576;
/** Up to here the new file is built in memory: a container's file system may be read-only elsewhere. */
const IN_MEMORY = 268_435_456;

/** Rewrites the whole file. In a thread, so that the event loop goes on; the caller lets nobody else in meanwhile. */
const REWRITE = `
const { workerData } = require("node:worker_threads");
const { DatabaseSync } = require("node:sqlite");
const handle = new DatabaseSync(workerData.file, { timeout: 5000 });
try {
  handle.exec("pragma temp_store = " + workerData.temporary);
  handle.exec("vacuum");
  handle.exec("pragma wal_checkpoint(truncate)");
} finally {
  handle.close();
}`;

/** True when a text stands anywhere in the file's bytes, in any case of its letters. */
export async function holds(file: string, text: string): Promise<boolean> {
  const needle = bytes(Buffer.from(text));
  const handle = await open(file, "r");
  try {
    const buffer = Buffer.alloc(CHUNK);
    // The end of the chunk before, so that a text across two chunks is found.
    let before = "";
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK);
      if (!bytesRead) return false;
      const chunk = before + bytes(buffer.subarray(0, bytesRead));
      if (chunk.includes(needle)) return true;
      before = chunk.slice(-needle.length);
    }
  } finally {
    await handle.close();
  }
}

const bytes = (buffer: Buffer): string => buffer.toString("latin1").toLowerCase();

/** Writes the file anew from its living rows alone. */
export async function rewrite(file: string): Promise<void> {
  const temporary = (await stat(file)).size < IN_MEMORY ? "memory" : "file";
  await new Promise<void>((resolve, reject) => {
    const worker = new Worker(REWRITE, { eval: true, workerData: { file, temporary } });
    worker.once("error", reject);
    worker.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`Rewriting ${file} ended with ${code}.`)),
    );
  });
}
