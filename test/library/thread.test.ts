/** Much documentation is read beside the answers; what did not change is not read again. */
import { readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { answer } from "../../src/answering/answer.ts";
import { plainText } from "../../src/core/reply.ts";
import { type OpenLibrary, openLibrary } from "../../src/library/open.ts";
import { type Files, folder, write } from "../support/folder.ts";
import { keptLog } from "../support/tutor.ts";

const FILES = 60;
/** Over half a megabyte in all: enough for a thread of its own. */
const text = (i: number) =>
  `# Page ${i}\n\n${`Volumes of kind${i} keep the data of service${i} safe. `.repeat(200)}\n\n## Backup\nCopy it.`;
const files = (): Files =>
  Object.fromEntries(Array.from({ length: FILES }, (_, i) => [`p${String(i).padStart(2, "0")}.md`, text(i)]));

const ready = (open: OpenLibrary) =>
  vi.waitFor(() => expect(open.current().reading).toBe(false), { timeout: 30_000, interval: 20 });

test("answers go on while documents are read; then a change reads the changed file only", async () => {
  const own = folder(files());
  const hidden = join(own, "p01.md");
  utimesSync(hidden, 1000, 1000);
  const log = keptLog();
  const seen: [number, number][] = [];
  const cacheDir = folder();
  const options = {
    own: [own],
    cacheDir,
    background: true,
    progress: (read: number, of: number) => seen.push([read, of]),
  };
  const open = openLibrary(options, log);
  expect(open.current().reading).toBe(true);
  expect(plainText((await answer("how do volumes keep data safe?", open.current())).blocks)).toMatch(/still reading/);
  await ready(open);
  expect(seen.at(-1)).toEqual([FILES, FILES]);
  expect(open.current().pages.map((page) => page.path)).toEqual(Object.keys(files()));
  const first = open.current();

  // Changed without a trace in size or time: read again it would show.
  writeFileSync(hidden, readFileSync(hidden, "utf8").replace("# Page 1", "# Xage 1"));
  utimesSync(hidden, 1000, 1000);
  write(own, { "p02.md": "# Changed\nNow about networks." });
  expect(await open.refresh()).toBe(true);
  expect(open.current().pages[1]).toBe(first.pages[1]);
  expect(open.current().page("p02.md")?.title).toBe("Changed");
  expect((await answer("what is said about networks?", open.current())).about.pages[0]).toBe("p02.md");

  // The finished index is stored: another start reads it and no page.
  const again = openLibrary({ own: [own], cacheDir, background: true }, keptLog());
  expect(again.current().reading).toBe(false);
  expect(again.current().version).toBe(open.current().version);
}, 60_000);

test("a file that is no text keeps the old pages, named with file and line", async () => {
  const own = folder(files());
  const log = keptLog();
  const open = openLibrary({ own: [own] }, log);
  const before = open.current();
  write(own, { "bad.md": "# Bad\n\n\0" });
  expect(await open.refresh()).toBe(false);
  expect(open.current()).toBe(before);
  expect(JSON.stringify(log.lines)).toMatch(/bad\.md:3: a NUL character/);
}, 60_000);
