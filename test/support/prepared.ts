/** Before all tests: the index over the built-in pages is made once and left in a folder, as an operator's start leaves it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLibrary } from "../../src/library/open.ts";

const quiet = { info() {}, warn() {}, error() {} };

/** Vitest calls this before the test files, and the function it returns after them; workers inherit the environment. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "tutor-index-"));
  openLibrary({ builtin: join(import.meta.dirname, "../../knowledge"), own: [], cacheDir: folder }, quiet);
  process.env.PREPARED_INDEX = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
