/** Knowledge folders in every state: what is wrong is one sentence with file, line and cure. */
import { chmodSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { TutorError } from "../../src/core/errors.ts";
import { listMarkdown } from "../../src/library/files.ts";
import { type Folders, listPages, readShelf } from "../../src/library/load.ts";
import { openLibrary } from "../../src/library/open.ts";
import { concept, type Files, folder, knowledge } from "../support/folder.ts";
import { keptLog } from "../support/tutor.ts";

/** The one sentence in which a fault is said: a single line that ends with its cure. */
function sentenceOf(load: () => unknown): string {
  try {
    load();
  } catch (error) {
    if (!(error instanceof TutorError)) throw error;
    expect(error.fault).toBe("knowledge");
    expect(error.hint).toMatch(/^[A-Z`"].*\.$|knowledge\/README\.md/);
    expect(error.sentence).not.toMatch(/\n/);
    expect(error.sentence.length).toBeLessThan(400);
    return error.sentence;
  }
  throw new Error("nothing was wrong");
}
const builtin = (pages: Files) => sentenceOf(() => loadBuiltin(knowledge(pages)));
const shelf = (folders: Folders) => readShelf(folders, listPages(folders));
const loadBuiltin = (builtin: string) => shelf({ builtin, own: [] });
const loadDocuments = (own: string) => shelf({ own: [own] }).pages;
const opened = (pages: Files) => sentenceOf(() => openLibrary({ builtin: knowledge(pages), own: [] }, keptLog()));

describe("a folder", () => {
  test("that is missing is named with the cure", () => {
    const nowhere = join(folder(), "nowhere");
    expect(sentenceOf(() => loadDocuments(nowhere))).toBe(
      `KNOWLEDGE_DIR: "${nowhere}" cannot be read (ENOENT). Create the folder or correct the path.`,
    );
    expect(sentenceOf(() => loadBuiltin(nowhere))).toMatch(/built-in knowledge.*ENOENT/);
  });

  test("that is a file is named with the cure", () => {
    const root = folder({ "a.md": "# A" });
    expect(sentenceOf(() => loadDocuments(join(root, "a.md")))).toMatch(
      /a\.md" cannot be read \(ENOTDIR\)\. Name a folder/,
    );
  });

  test("without a Markdown file is named with the cure", () => {
    expect(sentenceOf(() => loadDocuments(folder()))).toMatch(
      /holds no Markdown file\. Put at least one \.md file there/,
    );
    expect(sentenceOf(() => loadDocuments(folder({ "notes.txt": "x", ".hidden.md": "x" })))).toMatch(
      /holds no Markdown/,
    );
    expect(builtin({})).toMatch(/holds no page/);
  });

  // Root reads everything: the test lays its rights down for a moment where the system can do that.
  const { geteuid, seteuid } = process;
  const asRoot = geteuid?.() === 0;
  const asAnother = <T>(act: () => T): T => {
    if (!asRoot) return act();
    seteuid?.(65_534);
    try {
      return act();
    } finally {
      seteuid?.(0);
    }
  };

  test.skipIf(!geteuid)("that its reader may not enter is named with the cure (skipped without Unix users)", () => {
    const root = folder({ "shut/a.md": "# A" });
    chmodSync(root, 0o755);
    chmodSync(join(root, "shut"), 0);
    try {
      for (const shut of [root, join(root, "shut")])
        expect(asAnother(() => sentenceOf(() => loadDocuments(shut)))).toMatch(
          /shut" cannot be read \(EACCES\)\. Let the tutor's user read it\./,
        );
    } finally {
      chmodSync(join(root, "shut"), 0o755);
    }
  });

  test.skipIf(!geteuid)("with a file that its reader may not read names the file (skipped without Unix users)", () => {
    const root = folder({ "a.md": "# A" });
    chmodSync(root, 0o755);
    chmodSync(join(root, "a.md"), 0);
    expect(asAnother(() => sentenceOf(() => loadDocuments(root)))).toMatch(/^a\.md:1: cannot be read \(EACCES\)\. Let/);
  });

  test("with a loop of links ends, and every page is read once", () => {
    const root = folder({ "a.md": "# A", "deep/b.md": "# B" });
    symlinkSync(root, join(root, "deep/again"));
    symlinkSync("self.md", join(root, "self.md"));
    symlinkSync(join(root, "deep"), join(root, "other"));
    expect(listMarkdown(root).map((file) => file.path)).toEqual(["a.md", "deep/b.md"]);
  });

  test("with nothing but a loop of links is an empty folder", () => {
    const root = folder();
    symlinkSync(root, join(root, "again"));
    expect(sentenceOf(() => loadDocuments(root))).toMatch(/holds no Markdown file/);
  });

  test("never gives away what lies outside of it", () => {
    const outside = folder({ "secret.md": "# Secret" });
    const root = folder({ "a.md": "# A" });
    symlinkSync(join(outside, "secret.md"), join(root, "secret.md"));
    symlinkSync(outside, join(root, "linked"));
    symlinkSync(join(root, "missing.md"), join(root, "dangling.md"));
    expect(listMarkdown(root).map((file) => file.path)).toEqual(["a.md"]);
  });

  test("may itself be a link, and links inside of it count", () => {
    const root = folder({ "real/a.md": "# A" });
    symlinkSync(join(root, "real"), join(root, "link"));
    symlinkSync("a.md", join(root, "real/b.md"));
    expect(listMarkdown(join(root, "link")).map((file) => file.path)).toEqual(["a.md", "b.md"]);
  });

  test("is listed in one order, without node_modules, hidden and other files", () => {
    const root = folder({ "b.md": "", "a.mdx": "", "C.MD": "", "node_modules/x.md": "", ".git/x.md": "", "d.txt": "" });
    expect(listMarkdown(root).map((file) => file.path)).toEqual(["C.MD", "a.mdx", "b.md"]);
  });
});

describe("a file", () => {
  test.each([
    ["2.0 MB", 2 * 1024 * 1024],
    ["100.0 MB", 100 * 1024 * 1024],
  ])("of %s is named, and not read", (said, bytes) => {
    const root = folder({ "big/page.md": "# Big" });
    truncateSync(join(root, "big/page.md"), bytes);
    expect(sentenceOf(() => loadDocuments(root))).toMatch(
      new RegExp(`^big/page\\.md:1: ${said.replace(".", "\\.")} in .*at most 1 MB.*Split the page`),
    );
  });

  test("with a NUL character is no text, and its line is named", () => {
    expect(sentenceOf(() => loadDocuments(folder({ "a.md": "# A\n\nbinary \0 here" })))).toMatch(
      /^a\.md:3: a NUL .* Save it/,
    );
    expect(builtin({ "concepts/a.md": `${concept({ id: "a" })}\0` })).toMatch(/^concepts\/a\.md:\d+: a NUL/);
  });
});

describe("a built-in page", () => {
  test("that is well is read, with its sections and what learners ask", () => {
    const body = "A thing is a thing.\n\n## How it works\n<!-- asks: how does it work | why -->\nInside.\n";
    const [page] = loadBuiltin(
      knowledge({ "concepts/x/thing.md": concept({ id: "thing", title: "Thing", body }) }),
    ).pages;
    expect(page).toMatchObject({ path: "concepts/x/thing.md", kind: "concept", id: "thing", title: "Thing" });
    expect(page?.sections).toMatchObject([
      { id: "concepts/x/thing.md#", role: "lead", heading: "", markdown: "A thing is a thing." },
      { id: "concepts/x/thing.md#how-it-works", role: "body", asks: ["how does it work", "why"], markdown: "Inside." },
    ]);
  });

  const page = concept({ id: "thing", more: "tips: [one]" });
  const lineOf = (part: string) => page.split("\n").findIndex((row) => row.startsWith(part)) + 1;

  test("without front matter is named", () => {
    expect(builtin({ "concepts/a.md": "# A" })).toMatch(/^concepts\/a\.md:1: no front matter\. Start the file/);
    expect(builtin({ "concepts/a.md": "---\nid: a\n" })).toMatch(/^concepts\/a\.md:1: no front matter/);
  });

  test("with broken YAML is named with the line", () => {
    const broken = page.replace("title: thing", "title: one: two");
    expect(builtin({ "concepts/a.md": broken })).toMatch(
      new RegExp(`^concepts/a\\.md:${lineOf("title")}: .*Quote the value, or check the indentation\\.`),
    );
  });

  test("with a value that starts with a star is named with the line", () => {
    const starred = page.replace("tips: [one]", "tips:\n  - *one is a tip");
    expect(builtin({ "concepts/a.md": starred })).toMatch(
      new RegExp(`^concepts/a\\.md:(${lineOf("tips")}|${lineOf("tips") + 1}): .*(Quote|quote)`),
    );
    const alias = page.replace("title: thing", "title: *one");
    expect(builtin({ "concepts/a.md": alias })).toMatch(
      new RegExp(`^concepts/a\\.md:${lineOf("title")}: .*alias.*Quote a value that starts with \\*`),
    );
  });

  test("with a key that nobody knows is named with the key and its line", () => {
    const unknown = page.replace("level:", "colour: red\nlevel:");
    expect(builtin({ "concepts/a.md": unknown })).toMatch(
      new RegExp(`^concepts/a\\.md:${lineOf("level")}: .*"colour".*knowledge/README\\.md`),
    );
  });

  test("with a wrong value is named with the key and its line", () => {
    const wrong = page.replace("level: beginner", "level: genius");
    expect(builtin({ "concepts/a.md": wrong })).toMatch(new RegExp(`^concepts/a\\.md:${lineOf("level")}: level: `));
    const href = page.replace("https://example.org/thing", "javascript:alert(1)");
    expect(builtin({ "concepts/a.md": href })).toMatch(
      new RegExp(`^concepts/a\\.md:${lineOf("    href")}: sources\\.0\\.href: `),
    );
  });

  test("without a key that it needs is named with the key", () => {
    expect(builtin({ "concepts/a.md": page.replace("title: thing\n", "") })).toMatch(/^concepts\/a\.md:2: title: /);
    expect(builtin({ "concepts/a.md": "---\njust words\n---\n" })).toMatch(/^concepts\/a\.md:2: front matter is not/);
  });

  test("with endless front matter is refused before it is read", () => {
    const endless = page.replace("tips: [one]", `tips: [${"x".repeat(40_000)}]`);
    expect(() => loadBuiltin(knowledge({ "concepts/a.md": endless }))).toThrow(
      /concepts\/a\.md:2: front matter of 40\d+/,
    );
  });

  test("with the id of another page is named with the other", () => {
    expect(opened({ "concepts/a.md": concept({ id: "thing" }), "concepts/b.md": concept({ id: "thing" }) })).toBe(
      'concepts/b.md:2: the id "thing" is already taken by concepts/a.md. Choose another id.',
    );
  });

  test("in a cycle of prerequisites is named with the whole cycle", () => {
    expect(
      opened({
        "concepts/a.md": concept({ id: "a", requires: ["b"] }),
        "concepts/b.md": concept({ id: "b", requires: ["c"] }),
        "concepts/c.md": concept({ id: "c", requires: ["a"] }),
      }),
    ).toBe("concepts/a.md:2: a prerequisite cycle: a -> b -> c -> a. Remove one of the requires.");
    expect(opened({ "concepts/a.md": concept({ id: "a", requires: ["a"] }) })).toMatch(/cycle: a -> a\./);
  });

  test("with an aspect that is not in the list is named with the list", () => {
    const aspect = concept({ id: "a" }).replace("aspects:", "aspects:\n  flavour: sweet");
    expect(opened({ "concepts/a.md": aspect })).toMatch(
      /^concepts\/a\.md:2: the aspect "flavour".*Use one of purpose,/,
    );
  });

  test("beside a broken list names the list and the line", () => {
    const root = knowledge({ "concepts/a.md": concept({ id: "a" }) });
    truncateSync(join(root, "aspects.yaml"), 0);
    expect(sentenceOf(() => loadBuiltin(root))).toMatch(/^aspects\.yaml:1: /);
  });
});

describe("anybody's plain Markdown", () => {
  const read = (path: string, text: string) => loadDocuments(folder({ [path]: text }))[0];

  test("needs no front matter: the first heading is the title, each heading a section", () => {
    const page = read(
      "guide/deploy.md",
      "# How we deploy\nWith [Compose](https://docs.docker.com/compose/).\n\n## Rolling back\nRun it again.\n\n### By hand\nSlowly.\n",
    );
    expect(page).toMatchObject({ path: "guide/deploy.md", kind: "document", title: "How we deploy", own: true });
    expect(page?.sections).toMatchObject([
      { role: "lead", heading: "", markdown: "With [Compose](https://docs.docker.com/compose/)." },
      { id: "guide/deploy.md#rolling-back", heading: "Rolling back", markdown: "Run it again." },
      { heading: "Rolling back > By hand", markdown: "Slowly." },
    ]);
  });

  test("without a heading has its file's name as title", () => {
    expect(read("our-runbook_v2.md", "Just text.")).toMatchObject({
      title: "our runbook v2",
      sections: [{ role: "lead", markdown: "Just text." }],
    });
    expect(read("networking/index.md", "Just text.")?.title).toBe("networking");
  });

  test("may have any front matter, even a broken one", () => {
    const page = read("a.md", '---\ntitle: "Our: title"\ndescription: What it says\nweight: [1\n---\n\n## One\ntext');
    expect(page).toMatchObject({ title: "Our: title", sections: [{ markdown: "What it says" }, { heading: "One" }] });
  });

  test("keeps headings inside of code as code", () => {
    const page = read("a.md", "# A\n\n```sh\n# not a heading\n```\n\n~~~\n## nor this\n~~~\n\n## B\nb");
    expect(page?.sections.map((section) => section.heading)).toEqual(["", "B"]);
  });

  test("may have one heading twice", () => {
    const ids = read("a.md", "# A\n## Notes\none\n## Notes\ntwo")?.sections.map((section) => section.id);
    expect(ids).toEqual(["a.md#notes", "a.md#notes-2"]);
  });

  test("may come from Windows, with a byte order mark", () => {
    expect(read("a.md", "\uFEFF---\r\ntitle: Hello\r\n---\r\n# Other\r\ntext\r\n")).toMatchObject({
      title: "Hello",
      sections: [{ heading: "Other", markdown: "text" }],
    });
  });

  test("may be empty", () => {
    expect(read("empty.md", "")).toMatchObject({ title: "empty", sections: [] });
  });
});
