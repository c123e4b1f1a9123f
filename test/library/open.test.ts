/** The library follows its files: whole, or not at all. */
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { understand } from "../../src/answering/question.ts";
import { TutorError } from "../../src/core/errors.ts";
import type { Library } from "../../src/library/library.ts";
import { openLibrary, prepareIndex } from "../../src/library/open.ts";
import { concept, folder, knowledge, write } from "../support/folder.ts";
import { keptLog } from "../support/tutor.ts";

const A = { "concepts/a.md": concept({ id: "volume", title: "Volume" }) };
const B = { "concepts/b.md": concept({ id: "image", title: "Image" }) };
const titles = (library: { pages: readonly { title: string }[] }) => library.pages.map((page) => page.title);

afterEach(() => {
  vi.useRealTimers();
});

describe("an index that was made with the program", () => {
  test("is used for exactly its pages, whatever their file times, and never written to", async () => {
    const builtin = knowledge(A);
    const preparedDir = folder();
    prepareIndex(builtin, preparedDir);
    const made = readdirSync(preparedDir).sort();
    expect(made).toHaveLength(2);
    // What only the stored index could know.
    const stored = join(preparedDir, made.find((name) => name.startsWith("library-")) ?? "");
    writeFileSync(stored, readFileSync(stored, "utf8").replaceAll('"Volume"', '"Stored"'));
    utimesSync(join(builtin, "concepts/a.md"), 1000, 1000);
    expect(titles(openLibrary({ builtin, own: [], preparedDir }, keptLog()).current())).toEqual(["Stored"]);
    // Pages of one's own beside them, or one letter more, and it is another library.
    const own = folder({ "x.md": "# Mine" });
    expect(titles(openLibrary({ builtin, own: [own], preparedDir }, keptLog()).current())).toEqual(["Volume", "Mine"]);
    write(builtin, { "concepts/a.md": concept({ id: "volume", title: "Volumf" }) });
    const open = openLibrary({ builtin, own: [], preparedDir, cacheDir: folder() }, keptLog());
    expect(titles(open.current())).toEqual(["Volumf"]);
    expect(readdirSync(preparedDir).sort()).toEqual(made);
  });
});

describe("a changed page", () => {
  test("swaps the whole library at once, and the old one goes on for whoever holds it", async () => {
    const builtin = knowledge(A);
    const log = keptLog();
    const open = openLibrary({ builtin, own: [] }, log);
    const before = open.current();
    write(builtin, B);
    expect(open.current()).toBe(before);
    expect(await open.refresh()).toBe(true);
    expect(titles(open.current())).toEqual(["Volume", "Image"]);
    expect(open.current().concepts.exact("image")).toBe("image");
    expect(open.current().version).not.toBe(before.version);
    expect(titles(before)).toEqual(["Volume"]);
    expect(log.lines).toMatchObject([{ level: "info", message: "knowledge reloaded", fields: { pages: 2 } }]);
  });

  test("that is none changes nothing", async () => {
    const open = openLibrary({ builtin: knowledge(A), own: [] }, keptLog());
    const before = open.current();
    expect(await open.refresh()).toBe(false);
    expect(open.current()).toBe(before);
  });

  test("is seen also where its length is the same", async () => {
    const own = folder({ "a.md": "# One" });
    const open = openLibrary({ own: [own] }, keptLog());
    write(own, { "a.md": "# Two" });
    utimesSync(join(own, "a.md"), 1000, 1000);
    expect(await open.refresh()).toBe(true);
    expect(titles(open.current())).toEqual(["Two"]);
  });

  test("may be one of the lists beside the pages", async () => {
    const builtin = knowledge(A);
    const open = openLibrary({ builtin, own: [] }, keptLog());
    const path = join(builtin, "cli.yaml");
    writeFileSync(path, readFileSync(path, "utf8").replace(/^docker: *\[/m, "docker: [teleport, "));
    expect(await open.refresh()).toBe(true);
    expect(open.current().cli?.docker).toContain("teleport");
  });

  test("is found by the watch, until it is told to stop", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const own = folder({ "a.md": "# One" });
    const open = openLibrary({ own: [own] }, keptLog());
    const stop = open.watch(1000);
    write(own, { "b.md": "# Two" });
    await vi.advanceTimersByTimeAsync(1000);
    expect(titles(open.current())).toEqual(["One", "Two"]);
    stop();
    write(own, { "c.md": "# Three" });
    await vi.advanceTimersByTimeAsync(5000);
    expect(titles(open.current())).toEqual(["One", "Two"]);
  });
});

describe("a malformed page", () => {
  test("keeps the old library, and why is said once with file and line", async () => {
    const builtin = knowledge(A);
    const log = keptLog();
    const open = openLibrary({ builtin, own: [] }, log);
    const before = open.current();
    write(builtin, { "concepts/b.md": "---\nid: [\n---\n" });
    for (let look = 0; look < 3; look++) expect(await open.refresh()).toBe(false);
    expect(open.current()).toBe(before);
    expect(log.lines).toHaveLength(1);
    expect(log.lines[0]).toMatchObject({ level: "error", fields: { fault: "knowledge" } });
    expect(JSON.stringify(log.lines[0])).toMatch(/concepts\/b\.md:[23]: /);
  });

  test("that is malformed in another way is said again, and put right it is read", async () => {
    const builtin = knowledge(A);
    const log = keptLog();
    const open = openLibrary({ builtin, own: [] }, log);
    write(builtin, { "concepts/b.md": "---\nid: [\n---\n" });
    await open.refresh();
    write(builtin, { "concepts/b.md": "no front matter" });
    await open.refresh();
    expect(log.lines.map((line) => line.level)).toEqual(["error", "error"]);
    write(builtin, B);
    expect(await open.refresh()).toBe(true);
    expect(titles(open.current())).toEqual(["Volume", "Image"]);
  });

  test("is a reason not to start", () => {
    const builtin = knowledge({ ...A, "concepts/b.md": "no front matter" });
    expect(() => openLibrary({ builtin, own: [] }, keptLog())).toThrow(/concepts\/b\.md:1: no front matter/);
  });
});

test("a folder that goes away keeps the old library, and why is said once", async () => {
  const own = folder({ "a/a.md": "# One" });
  const log = keptLog();
  const open = openLibrary({ own: [join(own, "a")] }, log);
  renameSync(join(own, "a"), join(own, "b"));
  for (let look = 0; look < 3; look++) expect(await open.refresh()).toBe(false);
  expect(titles(open.current())).toEqual(["One"]);
  expect(log.lines).toHaveLength(1);
  expect(JSON.stringify(log.lines)).toMatch(/ENOENT/);
});

describe("the stored index", () => {
  const stored = (cacheDir: string) => readdirSync(cacheDir).sort();
  const found = async (library: Library) =>
    (await library.index.search(understand("how does a volume work", library).query)).map((hit) => hit.section);

  test("is used again: what it says is believed", async () => {
    const [builtin, cacheDir] = [knowledge(A), folder()];
    const options = { builtin, own: [], cacheDir };
    const { version } = openLibrary(options, keptLog()).current();
    expect(stored(cacheDir).every((name) => name.includes(version))).toBe(true);
    const file = join(cacheDir, `library-${version}.json`);
    const text = readFileSync(file, "utf8");
    expect(text).toContain('"title":"Volume"');
    writeFileSync(file, text.replace('"title":"Volume"', '"title":"From the cache"'));
    expect(titles(openLibrary(options, keptLog()).current())).toEqual(["From the cache"]);
  });

  test("finds the same as one just built", async () => {
    const [builtin, cacheDir] = [knowledge({ ...A, ...B }), folder()];
    const built = openLibrary({ builtin, own: [], cacheDir }, keptLog()).current();
    const read = openLibrary({ builtin, own: [], cacheDir }, keptLog()).current();
    expect(read.pages).toEqual(built.pages);
    expect([...read.index.frequency].sort()).toEqual([...built.index.frequency].sort());
    expect(await found(read)).toEqual(await found(built));
    expect(await found(read)).not.toEqual([]);
    for (const name of ["Volume", "images", "voluem"])
      expect(read.concepts.find(read.concepts.units(name))).toEqual(built.concepts.find(built.concepts.units(name)));
  });

  test.each(["library", "engines"].flatMap((part) => [0, 1, 100, 1000].map((bytes) => [part, bytes] as const)))(
    "whose %s file was cut off after %i bytes is ignored and stored anew",
    async (part, bytes) => {
      const [builtin, cacheDir] = [knowledge(A), folder()];
      const options = { builtin, own: [], cacheDir };
      const whole = openLibrary(options, keptLog()).current();
      const file = join(cacheDir, stored(cacheDir).find((name) => name.startsWith(part)) ?? "");
      const before = readFileSync(file);
      truncateSync(file, Math.min(bytes, before.length - 1));
      const again = openLibrary(options, keptLog()).current();
      expect(titles(again)).toEqual(["Volume"]);
      expect(await found(again)).toEqual(await found(whole));
      openLibrary(options, keptLog());
      expect(readFileSync(file).equals(before)).toBe(true);
    },
  );

  test("that goes away while it is in use is not missed", async () => {
    const [builtin, cacheDir] = [knowledge(A), folder()];
    openLibrary({ builtin, own: [], cacheDir }, keptLog());
    const running = openLibrary({ builtin, own: [], cacheDir }, keptLog()).current();
    for (const name of stored(cacheDir)) rmSync(join(cacheDir, name));
    expect(await found(running)).not.toEqual([]);
  });

  test("of other pages is not used, and goes away with the next one", async () => {
    const [builtin, cacheDir] = [knowledge(A), folder({ "notes.txt": "somebody's" })];
    const open = openLibrary({ builtin, own: [], cacheDir }, keptLog());
    const before = stored(cacheDir).length;
    write(builtin, B);
    await open.refresh();
    const after = stored(cacheDir);
    expect(after).toHaveLength(before);
    expect(after).toContain("notes.txt");
    for (const name of after) if (name !== "notes.txt") expect(name).toContain(open.current().version);
  });

  test("is missed where it cannot be written, and nothing else is", () => {
    const builtin = knowledge(A);
    const cacheDir = join(folder({ file: "not a folder" }), "file", "cache");
    expect(titles(openLibrary({ builtin, own: [], cacheDir }, keptLog()).current())).toEqual(["Volume"]);
  });
});

describe("an operator's own folders", () => {
  test("are read beside the built-in pages, each under its own path", () => {
    const own = [folder({ "a.md": "# Ours" }), folder({ "a.md": "# Theirs" })];
    const library = openLibrary({ builtin: knowledge(A), own }, keptLog()).current();
    expect(library.pages.map((page) => [page.path, page.title])).toEqual([
      ["concepts/a.md", "Volume"],
      ["1/a.md", "Ours"],
      ["2/a.md", "Theirs"],
    ]);
  });

  test("are all there is where the built-in pages are off", async () => {
    const library = openLibrary({ own: [folder({ "a.md": "# Ours\nOur registry is at home." })] }, keptLog()).current();
    expect(titles(library)).toEqual(["Ours"]);
    expect(library.cli).toBeUndefined();
    expect(await library.index.suggest("ou")).toEqual(["Ours"]);
  });

  test("are needed where the built-in pages are off: the fault names both variables", () => {
    const open = () => openLibrary({ own: [] }, keptLog());
    expect(open).toThrow(TutorError);
    expect(open).toThrow(/KNOWLEDGE_BUILTIN is "off" and KNOWLEDGE_DIR is empty/);
  });

  test("are cited under the address where they are published", () => {
    const own = folder({ "guide/a.md": "# Ours" });
    mkdirSync(join(own, "empty"));
    const library = openLibrary({ own: [own], baseUrl: "https://docs.example.org/" }, keptLog()).current();
    expect(library.pages.map((page) => library.href(page))).toEqual(["https://docs.example.org/guide/a"]);
  });
});
