/** The whole set of pages: each valid, linked, sourced, and able to answer for itself. */
import { describe, expect, test } from "vitest";
import { LINTS } from "../../scripts/knowledge/lints.ts";
import { countPairs, pairsReport, popularPairs } from "../../scripts/knowledge/pairs.ts";
import { preview } from "../../scripts/knowledge/preview.ts";
import { readSet } from "../../scripts/knowledge/set.ts";
import { answer } from "../../src/answering/answer.ts";
import { comparable, compare } from "../../src/answering/compare.ts";
import { plainText } from "../../src/core/reply.ts";
import { COMMON_ASPECTS } from "../../src/library/schema.ts";
import { KNOWLEDGE, library } from "../support/tutor.ts";

const { pages, concepts } = library();
const ofKind = (kind: string) => pages.filter((page) => page.kind === kind);

describe("knowledge", () => {
  test("nothing is left to mend", () => {
    const set = readSet(KNOWLEDGE, "2026-11-24");
    const fatal = LINTS.filter(({ level }) => level === "fatal").flatMap(({ find }) => find(set));
    expect(fatal.map(({ sentence }) => sentence)).toEqual([]);
  });

  test("there are the pages that were promised", () => {
    expect(ofKind("concept").length).toBeGreaterThanOrEqual(60);
    expect(ofKind("comparison").length).toBeGreaterThanOrEqual(16);
    const pair = (a: string, b: string) => library().comparison(a, b)?.page.path;
    for (const [a, b] of [
      ["vm", "container"],
      ["image", "container"],
      ["docker", "podman"],
      ["docker", "kubernetes"],
      ["monolith", "microservice"],
      ["cmd", "entrypoint"],
      ["COPY", "ADD"],
      ["volume", "bind-mount"],
    ] as const)
      expect(pair(a, b), `${a}/${b}`).toBeDefined();
  });

  test.each(ofKind("concept").map((page) => [page.title, page] as const))(
    "%s answers what it is",
    async (title, page) => {
      const reply = await answer(`what is ${title}?`, library());
      expect(reply.about.outcome, plainText(reply.blocks)).toBe("answered");
      expect(reply.about.concepts).toContain(page.id);
      expect(reply.blocks.some((block) => block.kind === "sources")).toBe(true);
    },
  );

  test("any two concepts of the built-in pages can be compared, within the length", () => {
    const ids = ofKind("concept").map((page) => page.id);
    for (let i = 0; i < ids.length; i += 7) {
      for (let j = i + 1; j < ids.length; j += 11) {
        const [a = "", b = ""] = [ids[i], ids[j]];
        const reply = compare(a, b, library());
        expect(reply, `${a}/${b}`).toBeDefined();
        expect(plainText(reply?.blocks ?? []).length, `${a}/${b}`).toBeLessThanOrEqual(1300);
      }
    }
  });

  test("every authored comparison fits and names both", () => {
    for (const page of ofKind("comparison")) {
      const [a, b] = page.comparison?.concepts ?? ["", ""];
      const text = plainText(compare(a, b, library())?.blocks ?? []);
      expect(text.replace(/[`*]/g, "").replace(/\s+/g, " ").length, page.path).toBeLessThanOrEqual(1200);
      expect(text).toContain(concepts.title(a));
    }
  });

  test("every concept fills the common aspects and has questions with one right option", () => {
    for (const page of ofKind("concept")) {
      for (const name of COMMON_ASPECTS) expect(page.aspects[name], `${page.path} ${name}`).toBeTruthy();
      expect(page.quiz.length, page.path).toBeGreaterThanOrEqual(2);
    }
  });

  test("no page names how or where it was made", () => {
    for (const page of pages)
      expect(JSON.stringify(page), page.path).not.toMatch(/curriculum\.md|held-out|eval set|\/work\//);
  });
});

describe("pairs", () => {
  test("every pair is counted once, and counted as what compare makes of it", () => {
    const { ids, pairs, authored, aspects, none } = countPairs(library(), ["concept"]);
    expect(pairs).toBe((ids * (ids - 1)) / 2);
    expect(authored + aspects + none.length).toBe(pairs);
    for (const [a, b] of [
      ["volume", "bind-mount"],
      ["volume", "saga-outbox"],
      ["volume", "no-such-page"],
      ["volume", "exit-code-137"],
      ["volume", "volume"],
    ] as const)
      expect(Boolean(comparable(a, b, library())), `${a}/${b}`).toBe(a !== b && Boolean(compare(a, b, library())));
    expect(comparable("volume", "bind-mount", library())).toBe("authored");
    expect(comparable("volume", "saga-outbox", library())).toBe("aspects");
  });

  test("every popular pair can be compared", () => {
    expect(popularPairs(library()).length).toBeGreaterThan(500);
    expect(pairsReport(library()).filter((line) => line.startsWith("cannot be compared"))).toEqual([]);
  });
});

describe("a preview", () => {
  const page = (path: string) => {
    const found = library().page(path);
    if (!found) throw new Error(path);
    return preview(found, library(), false);
  };

  test("shows each answer on each platform, with its length", () => {
    const text = page("concepts/storage/volume.md");
    expect(text.match(/^--- What survives: \d+ visible characters ---$/gm)).toHaveLength(3);
    expect(text).toMatch(/===== Slack[\s\S]*\[bullet list\]\n {2}• `docker volume rm NAME`/);
    expect(text).toMatch(/===== Discord[\s\S]*\[text\]\n {2}- `docker volume rm NAME`/);
    expect(text.match(/^--- tip 1: /gm)).toHaveLength(3);
    expect(text).toMatch(/\[image\] /);
    expect(text).toMatch(/\[gallery\] /);
  });

  test("of a comparison is the comparison", () => {
    expect(page("comparisons/volume--bind-mount.md")).toMatch(/\[table\][\s\S]*\[actions\] \(Volume\) \(Bind mount\)/);
  });
});
