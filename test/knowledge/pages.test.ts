/** The whole set of pages: each valid, linked, sourced, and able to answer for itself. */
import { describe, expect, test } from "vitest";
import { LINTS } from "../../scripts/knowledge/lints.ts";
import { readSet } from "../../scripts/knowledge/set.ts";
import { answer } from "../../src/answering/answer.ts";
import { compare } from "../../src/answering/compare.ts";
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
