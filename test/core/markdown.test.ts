/** Written Markdown becomes blocks, and nothing else gets through. */
import { describe, expect, test } from "vitest";
import { toBlocks, toLine } from "../../src/core/markdown.ts";
import { type Block, plainText } from "../../src/core/reply.ts";

const only = (markdown: string): Block | undefined => {
  const blocks = toBlocks(markdown);
  expect(blocks).toHaveLength(1);
  return blocks[0];
};
const links = (blocks: readonly Block[]) =>
  JSON.stringify(blocks)
    .match(/"href":"[^"]*"/g)
    ?.map((each) => each.slice(8, -1)) ?? [];

describe("each kind of block", () => {
  test("a heading of any level is its text", () => {
    expect(only("# One `docker run`")).toEqual({ kind: "heading", text: "One docker run" });
    expect(only("### Three")).toEqual({ kind: "heading", text: "Three" });
  });

  test("a paragraph keeps strong, code and links; line breaks become spaces", () => {
    expect(only("Use **only** `--rm` or\nread [the docs](https://docs.docker.com/).")).toEqual({
      kind: "text",
      line: [
        "Use ",
        { kind: "strong", text: "only" },
        " ",
        { kind: "code", text: "--rm" },
        " or read ",
        { kind: "link", text: "the docs", href: "https://docs.docker.com/" },
        ".",
      ],
    });
  });

  test("emphasis and struck text are plain words", () => {
    expect(plainText(toBlocks("an *image* is ~~not~~ a container"))).toBe("an image is not a container");
  });

  test("a fence keeps its language and every line", () => {
    expect(only("```Dockerfile title=x\nFROM alpine\n\n  RUN true\n```")).toEqual({
      kind: "code",
      language: "dockerfile",
      text: "FROM alpine\n\n  RUN true",
    });
  });

  test("indented code and a fence that is never closed are code too", () => {
    expect(only("    docker ps")).toEqual({ kind: "code", language: "", text: "docker ps" });
    expect(only("```sh\ndocker ps\n")).toEqual({ kind: "code", language: "sh", text: "docker ps" });
  });

  test("a table has a head and rows of spans", () => {
    expect(only("| | VM | Container |\n|--|--|--|\n| Kernel | its **own** | `shared` |")).toEqual({
      kind: "table",
      head: ["", "VM", "Container"],
      rows: [[["Kernel"], ["its ", { kind: "strong", text: "own" }], [{ kind: "code", text: "shared" }]]],
    });
  });

  test("a quotation is its text", () => {
    expect(only("> said by somebody")).toEqual({ kind: "text", line: ["said by somebody"] });
  });

  test("one of our diagrams is a figure, with the words around it left as text", () => {
    expect(toBlocks("See ![client and daemon](../../diagrams/docker-architecture.svg) here.")).toEqual([
      { kind: "figure", diagram: "docker-architecture", alt: "client and daemon" },
      { kind: "text", line: ["See  here."] },
    ]);
  });

  test("any other picture is its description", () => {
    expect(only("![a whale](https://example.org/whale.png)")).toEqual({ kind: "text", line: ["a whale"] });
  });

  test("a rule and an empty text say nothing", () => {
    expect(toBlocks("---")).toEqual([]);
    expect(toBlocks("  \n\n")).toEqual([]);
  });
});

describe("lists", () => {
  test("a nested list has two levels, whatever was written", () => {
    expect(only("- a\n  - b\n    - c\n- d")).toEqual({
      kind: "list",
      ordered: false,
      items: [
        { depth: 0, line: ["a"] },
        { depth: 1, line: ["b"] },
        { depth: 1, line: ["c"] },
        { depth: 0, line: ["d"] },
      ],
    });
  });

  test("an ordered list starts where it says", () => {
    expect(plainText(toBlocks("3. three\n4. four"))).toBe("3. three\n4. four");
  });

  test("a list broken by code keeps its numbers", () => {
    const blocks = toBlocks("1. pull\n\n   ```sh\n   docker pull alpine\n   ```\n2. run\n3. stop");
    expect(blocks.map((block) => block.kind)).toEqual(["list", "code", "list"]);
    expect(plainText(blocks)).toBe("1. pull\n\n```sh\ndocker pull alpine\n```\n\n2. run\n3. stop");
  });

  test("code inside a nested item does not disturb the numbers of the outer list", () => {
    const blocks = toBlocks("1. one\n   - below\n\n     ```\n     code\n     ```\n   - still below\n2. two");
    expect(plainText(blocks)).toBe("1. one\n  - below\n\n```\ncode\n```\n\n  - still below\n2. two");
  });

  test("a second paragraph of an item stays below it", () => {
    expect(plainText(toBlocks("1. one\n\n   more\n2. two"))).toBe("1. one\n  - more\n2. two");
  });
});

describe("what is written in HTML", () => {
  test("is dropped, its words inside a line stay", () => {
    expect(plainText(toBlocks('a <b>bold</b> <span onclick="x()">word</span>'))).toBe("a bold word");
    expect(toBlocks("<div>\nhidden\n</div>")).toEqual([]);
    expect(toBlocks("<script>\nalert(1)\n</script>")).toEqual([]);
    expect(toBlocks("<!-- asks: what | why -->")).toEqual([]);
  });

  test("a br is a space and a kbd its key", () => {
    expect(plainText(toBlocks("one<br>two<br/>three, <kbd>Ctrl</kbd>+<kbd>C</kbd>"))).toBe("one two three, Ctrl+C");
  });

  test("details keep their text, without scripts", () => {
    expect(plainText(toBlocks("<details><summary>More</summary>inside<script>alert(1)</script></details>"))).toBe(
      "More inside",
    );
    expect(plainText(toBlocks("<details><summary>More</summary>\n\n**inside**\n\n</details>"))).toBe("More\n\ninside");
  });
});

describe("links", () => {
  test("keep web and mail addresses only", () => {
    const kept = toBlocks("[a](https://a.org) [b](http://b.org) [c](mailto:c@d.org)");
    expect(links(kept)).toEqual(["https://a.org", "http://b.org", "mailto:c@d.org"]);
  });

  test.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "&#106;avascript:alert(1)",
    "java&#10;script:alert(1)",
    "vbscript:x",
    "data:text/html,hi",
    "file:///etc/passwd",
    "../volume.md",
    "#here",
    "//evil.org",
  ])("to %s become their words", (target) => {
    const blocks = toBlocks(`before [the words](${target}) after`);
    expect(links(blocks)).toEqual([]);
    expect(plainText(blocks)).toBe("before the words after");
  });

  test("are kept in one line of text as well", () => {
    expect(toLine("see [a](https://a.org)")).toEqual(["see ", { kind: "link", text: "a", href: "https://a.org" }]);
    expect(toLine("see [a](javascript:1)")).toEqual(["see a"]);
    expect(toLine("")).toEqual([]);
  });
});

describe("hostile text", () => {
  const nested = Array.from({ length: 2000 }, (_, i) => `${"  ".repeat(i)}- x`).join("\n");
  test.each([
    ["2,000 nested lists", nested],
    ["10,000 quotation marks", `${">".repeat(10_000)} x`],
    ["10,000 opening brackets", "[".repeat(10_000)],
    ["10,000 stars", `${"*".repeat(10_000)}x`],
    ["10,000 backticks", "`".repeat(10_001)],
    ["5,000 unclosed links", "[a](".repeat(5000)],
    ["a table of 10,000 pipes", `${"|".repeat(10_000)}\n${"|-".repeat(5000)}|`],
    ["an unclosed comment", `<!--${"-".repeat(10_000)}`],
    ["10,000 opening angles", "<a ".repeat(10_000)],
    ["NUL and controls", "a\u0000b\u0007c\u001b[31m"],
  ])("of %s returns", (_, text) => {
    expect(Array.isArray(toBlocks(text))).toBe(true);
  });
});
