/** Each lint finds what it is for, with file, line and cure, and lets through what is right. */
import { describe, expect, test } from "vitest";
import { LINTS } from "../../scripts/knowledge/lints.ts";
import { readSet } from "../../scripts/knowledge/set.ts";
import { lix } from "../../scripts/knowledge/wording.ts";
import { concept, type Files, knowledge } from "../support/folder.ts";

const TODAY = "2026-11-24";
const PATH = "concepts/containers/box.md";

/** What one lint says about these pages. */
function said(lint: string, pages: Files, today = TODAY): string[] {
  const found = LINTS.find(({ name }) => name === lint);
  if (!found) throw new Error(`no lint ${lint}`);
  return found.find(readSet(knowledge(pages), today)).map(({ sentence }) => sentence);
}

/** A page whose body is this text; its first line is 19, and `more` starts on 17. */
const body = (text: string) => ({ [PATH]: concept({ id: "box", body: text }) });
const more = (lines: string) => ({ [PATH]: concept({ id: "box", more: lines }) });

const question = (right: string, ...wrong: readonly string[]) => `  - question: What is it?
    options:
      - { text: "${right}", right: true, why: so }
${wrong.map((text) => `      - { text: "${text}", belief: wrong, why: no }`).join("\n")}`;
const quiz = (...questions: readonly string[]) => more(`quiz:\n${questions.join("\n")}`);

describe("freshness", () => {
  test("a page that nobody checked", () => {
    expect(said("unchecked", body("A box."))).toEqual([
      `${PATH}:2: nobody has compared the page with its sources. Let somebody who did not write it add \`checked: { date, by }\`.`,
    ]);
  });
  test.each([
    ["2025-11-24", 0],
    ["2025-11-23", 1],
    ["2026-11-25", 1],
  ])("a check of %s, seen a year after 2025-11-24", (date, count) => {
    const found = said("stale", more(`checked: { date: ${date}, by: somebody }`));
    expect(found).toHaveLength(count);
    for (const sentence of found) expect(sentence).toMatch(new RegExp(`^${PATH}:17: .*${date}`));
  });
  test.each([
    ["Boxes are currently square.", 1],
    ["Boxes are currently square (as of 2026).", 0],
    ["Since Engine 29 boxes are nowadays round.", 0],
    ["It runs on the currently selected builder.", 0],
    ["Without a login 100 pulls per 6 hours are free.", 1],
    ["In 2026 a login gets 200 pulls per 6 hours.", 0],
    ["A plan is $5 a month.", 1],
    ["The first argument is `$1`.", 0],
  ])("ageing: %s", (text, count) => expect(said("ageing", body(text))).toHaveLength(count));
});

describe("sources", () => {
  test("hearsay needs a link beside it", () => {
    expect(said("hearsay", body("A lead.\n\nStudies show that boxes are good."))[0]).toContain(
      `${PATH}:21: "Studies show"`,
    );
    expect(said("hearsay", body("[Studies show](https://example.org/s) that boxes are good."))).toEqual([]);
  });
  test("another product's figure needs a source about that product", () => {
    expect(said("unsourced", body("Podman 5.0 has boxes."))[0]).toMatch(/:19: "5\.0" is said of Podman/);
    expect(said("unsourced", body("Podman has boxes."))).toEqual([]);
  });
});

describe("links", () => {
  test("a page, a heading or a drawing that is not there", () => {
    const found = said(
      "dead-link",
      body(
        "[a](gone.md) [b](box.md#gone) ![c](../../diagrams/gone.svg) [d](box.md#inside) [e](https://example.org)\n\n## Inside\n[x]\n\n```text\n[f](gone.md)\n```",
      ),
    );
    expect(found.map((each) => each.replace(`${PATH}:19: `, ""))).toEqual([
      "the link to gone.md leads nowhere. Correct the path.",
      `${PATH} has no heading "gone". Correct what stands after the #.`,
      "the link to ../../diagrams/gone.svg leads nowhere. Correct the path.",
    ]);
  });
});

describe("wording", () => {
  test("a section, a tip and a cell are shown alone", () => {
    const found = said("pointing", {
      [PATH]: concept({ id: "box", more: 'tips: ["**It** holds things."]', body: "A box.\n\n## Inside\nIt is empty." }),
    });
    expect(found.map((each) => each.split(" and ")[0])).toEqual([
      `${PATH}:17: starts with "It"`,
      `${PATH}:22: starts with "It"`,
    ]);
  });
  test.each([
    ["We organize boxes.", "organize"],
    ["The color of boxes.", "color"],
    ["Its behavior is canceled.", "behavior"],
    ["The container was labeled.", "labeled"],
    ["Analyzers analyze.", "analyze"],
    ["We organise coloured boxes of any size, resized and prized; a labelled one is licensed.", undefined],
    ["`color` and the Center for Internet Security", undefined],
  ])("spelling: %s", (text, word) => {
    const found = said("spelling", body(text));
    expect(found).toHaveLength(word ? 1 : 0);
    if (word) expect(found[0]).toContain(`"${word}"`);
  });
  test("LIX is words a sentence plus the percentage of long words", () => {
    expect(lix("The cat sat. The dog ran away quickly.")).toEqual({ score: 8 / 2 + 100 / 8, words: 8 });
    const hard = "Infrastructural considerations necessitate comprehensive organisational documentation ".repeat(9);
    expect(said("readability", body(`${hard}.`))[0]).toMatch(/"lead" reads hard \(LIX \d+, at most 60\)/);
    expect(said("readability", body("A box holds things. ".repeat(20)))).toEqual([]);
  });
});

describe("quizzes", () => {
  const fair = question("four", "seven", "six");
  test("a right option that is far longer", () => {
    expect(said("quiz-giveaway", quiz(question("a right option that says far more", "one", "two"), fair))).toEqual([
      `${PATH}:18: the right option is far longer than the others. Shorten it, or say more in a wrong one.`,
    ]);
  });
  test("a right option that is the longest on the whole page", () => {
    const longest = question("sixteen", "seven", "six");
    expect(said("quiz-giveaway", quiz(longest, longest.replace("What", "Which")))[0]).toMatch(
      /longest in each of the 2/,
    );
    expect(said("quiz-giveaway", quiz(longest, fair))).toEqual([]);
  });
  test.each(["All of the above", "None of these", "Both A and B", "A and C"])("%s", (text) => {
    expect(said("quiz-giveaway", quiz(question("a right option", "another option", text)))[0]).toContain(
      "are shuffled",
    );
  });
  test("a habit over many pages", () => {
    const pages = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [
        `concepts/containers/box${i}.md`,
        concept({ id: `box${i}`, more: `quiz:\n${question(i < 7 ? "sixteen" : "seven", "seven", "six")}` }),
      ]),
    );
    expect(said("quiz-giveaway", pages)).toEqual([expect.stringMatching(/longest in 7 of 20 questions/)]);
  });
});

test("the instruction VOLUME and the volume are two names; two pages with one name are not", () => {
  const command = (name: string) => `---
name: ${name}
concept: box
area: building
level: beginner
synopsis: ${name}
sources: [{ title: S, href: "https://example.org" }]
---
${name} is an instruction.
`;
  const pages = (name: string) => ({
    [PATH]: concept({ id: "box" }),
    "concepts/containers/other.md": concept({ id: "other", aliases: ["volume", "crate"] }),
    "commands/x.md": command(name),
  });
  const shared = (name: string) => said("whole", pages(name)).filter((each) => each.includes("also belongs"));
  expect(shared("VOLUME")).toEqual([]);
  expect(shared("crate")).toHaveLength(1);
});
