/** What contributors work with: skeletons, the report on pairs, the preview. */
import { describe, expect, test } from "vitest";
import { LINTS } from "../../scripts/knowledge/lints.ts";
import { countPairs, pairsReport, popularPairs } from "../../scripts/knowledge/pairs.ts";
import { preview } from "../../scripts/knowledge/preview.ts";
import { readSet } from "../../scripts/knowledge/set.ts";
import { KINDS, skeleton, TODO } from "../../scripts/knowledge/skeleton.ts";
import { comparable, compare } from "../../src/answering/compare.ts";
import { knowledge } from "../support/folder.ts";
import { library } from "../support/tutor.ts";

describe("a new page", () => {
  const id = { concept: "box", comparison: "box--crate", command: "docker-box", error: "box-full" } as const;

  test.each(KINDS)("of the kind %s is valid, and the check lists each hint", (kind) => {
    const { path, text } = skeleton(id[kind], kind, "storage");
    const set = readSet(knowledge({ [path]: text }), "2026-11-24");
    expect(set.faults.map(({ sentence }) => sentence)).toEqual([]);
    expect(set.pages).toHaveLength(1);
    const open = LINTS.find(({ name }) => name === "unfinished")?.find(set) ?? [];
    expect(open).toHaveLength(text.split(TODO).length - 1);
    const rows = text.split("\n");
    for (const { message } of open) expect(rows[Number(message.split(":")[1]) - 1]).toContain(TODO);
  });

  test("needs a proper id", () => {
    expect(() => skeleton("Box", "concept", "storage")).toThrow('"Box" is no id.');
    expect(() => skeleton("../box", "concept", "storage")).toThrow("is no id");
    expect(() => skeleton("box", "comparison", "storage")).toThrow("does not name two pages");
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
