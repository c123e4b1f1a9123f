/** An operator's own documents: which page comes first, and what of their front matter and links is understood. */
import { describe, expect, test } from "vitest";
import { answer } from "../../src/answering/answer.ts";
import { understand } from "../../src/answering/question.ts";
import { addressOf, target, withAddresses } from "../../src/library/links.ts";
import { openLibrary } from "../../src/library/open.ts";
import { readDocument } from "../../src/library/read.ts";
import { type Files, folder } from "../support/folder.ts";
import { KNOWLEDGE, keptLog } from "../support/tutor.ts";

const open = (files: Files, more: object = {}) => openLibrary({ own: [folder(files)], ...more }, keptLog()).current();

async function pages(text: string, files: Files): Promise<string[]> {
  const library = open(files);
  const hits = await library.index.search(understand(text, library).query);
  return [...new Set(hits.map((hit) => hit.page))];
}

const TREE: Files = {
  "storage/_index.md": "---\ntitle: Storage\n---\nPick one of the pages below.",
  "storage/volumes.md": "---\ntitle: Volumes\nkeywords: [persist, data]\n---\nA volume keeps data of a container.",
  "storage/bind-mounts.md": "---\ntitle: Bind mounts\n---\nA bind mount shows a folder of the host. A volume does not.",
  "storage/faq.md": "---\ntitle: FAQ\n---\n## FAQ entry\nA volume can be shared by two containers at once.",
  "release-notes.md": "---\ntitle: Release notes\n---\nVolumes can be pruned. Bind mounts are faster. Storage is new.",
  "network.md": "---\ntitle: Networks\n---\nContainers talk by name. See [keeping data](storage/volumes.md).",
};

describe("the first page", () => {
  test.each([
    ["volumes", "storage/volumes.md"],
    ["bind mounts on the host", "storage/bind-mounts.md"],
    ["can a volume be shared by two containers?", "storage/faq.md"],
    ["persist data", "storage/volumes.md"],
    ["storage", "storage/_index.md"],
    ["keeping data", "storage/volumes.md"],
  ])("for %j is %s", async (text, page) => {
    expect((await pages(text, TREE))[0]).toBe(page);
  });

  test("is never the release notes, where another page explains the thing", async () => {
    for (const text of ["volumes", "bind mounts", "storage"])
      expect((await pages(text, TREE)).indexOf("release-notes.md")).not.toBe(0);
  });

  test("shows at most three sections of one page", async () => {
    const long = Array.from({ length: 20 }, (_, i) => `## Part ${i}\nvolume number ${i}`).join("\n");
    const library = open({ "a.md": `# A\n${long}`, "b.md": "# B\nvolume" });
    const hits = await library.index.search(understand("volume", library).query);
    expect(hits.filter((hit) => hit.page === "a.md")).toHaveLength(3);
  });

  test("of an answer stands first in the list of pages", async () => {
    const reply = await answer("how do I persist data in volumes?", open(TREE));
    expect(reply.about.pages[0]).toBe("storage/volumes.md");
  });
});

test("our registry is the operator's, a registry is everybody's", async () => {
  const files = {
    "registry.md": "# Our registry\n\n## Where it is\nThe registry of our team is registry.example.org.",
    "deploy.md": "# How we deploy\nWe deploy with Compose every Friday.",
  };
  const library = open(files, { builtin: KNOWLEDGE });
  expect((await answer("where is our registry?", library)).about.pages[0]).toBe("registry.md");
  expect((await answer("what is a registry?", library)).about.pages[0]).toBe("concepts/images/registry.md");
  expect((await answer("where do we eat tonight?", library)).about.outcome).toBe("abstained");
});

describe("front matter", () => {
  test.each([
    ["a folded title", "---\ntitle: >-\n  One\n  line\n---\ntext", { title: "One line" }],
    [
      "Docusaurus",
      "---\nid: x\nsidebar_label: Start\ntags:\n  - one\n  - two\n---\ntext",
      { title: "Start", match: ["one", "two"] },
    ],
    ["Hugo in TOML", '+++\ntitle = "Start"\nkeywords = ["a", "b"]\n+++\ntext', { title: "Start", match: ["a", "b"] }],
    ["Jekyll", "---\nlayout: post\ntitle: 'It''s'\nexcerpt: Short\n---\ntext", { title: "It's", match: ["Short"] }],
    ["a list that is none", "---\ntitle: {a: 1}\nkeywords: {b: 2}\n---\ntext", { title: "page", match: [] }],
    [
      "an alias bomb",
      `---\na: &a [1,1]\nb: &b [*a,*a]\ntitle: Fine\nc: [${"*b,".repeat(60)}*b]\n---\nx`,
      { title: "Fine" },
    ],
    ["prototype keys", "---\n__proto__: {title: Bad}\nconstructor: x\n---\ntext", { title: "page" }],
  ])("of %s is understood, or does no harm", (_, text, expected) => {
    expect(readDocument("page.md", text)).toMatchObject(expected);
  });

  test("in MDX stands beside code that is not shown", () => {
    const page = readDocument(
      "a.mdx",
      "---\ntitle: A\n---\nimport Tabs from '@theme/Tabs';\nexport const x = 1;\n\nText {/* note */} here.\n\n```js\nimport fs from 'fs';\n```\n",
    );
    expect(page.sections[0]?.markdown).toBe("Text  here.\n\n```js\nimport fs from 'fs';\n```");
  });
});

describe("links between documents", () => {
  test.each([
    ["a/b.md", "c.md", "a/c"],
    ["a/b.md", "../c.md#part", "c"],
    ["a/b.md", "/d/_index.md", "d"],
    ["a/b.md", "./c/", "a/c"],
    ["a/b.md", "../../../etc/passwd", "etc/passwd"],
    ["a/b.md", "https://example.org/x.md", undefined],
    ["a/b.md", "//example.org/x.md", undefined],
    ["a/b.md", "mailto:a@example.org", undefined],
    ["a/b.md", "#here", undefined],
  ])("from %s to %s lead to %s", (from, href, expected) => {
    expect(target(from, href)).toBe(expected);
  });

  test("lead to the published copy, without extension", async () => {
    const page = readDocument("guide/a.md", "See [b](b.md#part), [x](https://example.org) and ![i](i.png).");
    expect(withAddresses(page, page.sections[0]?.markdown ?? "", "https://docs.example.org/")).toBe(
      "See [b](https://docs.example.org/guide/b#part), [x](https://example.org) and ![i](i.png).",
    );
    expect(addressOf("guide/_index.md", "https://docs.example.org/v1/")).toBe("https://docs.example.org/v1/guide/");
    expect(addressOf("index.md", "https://docs.example.org/")).toBe("https://docs.example.org/");
    const library = open(
      { "a.md": "# Volumes\nVolumes keep data; see [backups](ops/backup.md)." },
      { baseUrl: "https://docs.example.org/" },
    );
    expect(library.pages.map((page) => library.href(page))).toEqual(["https://docs.example.org/a"]);
    const { blocks } = await answer("how do volumes keep data in backups?", library);
    expect(JSON.stringify(blocks)).toContain("https://docs.example.org/ops/backup");
  });
});
