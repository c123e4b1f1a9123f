/** A skeleton is a page that passes the schema, and the check names what it leaves open. */
import { describe, expect, test } from "vitest";
import { LINTS } from "../../scripts/knowledge/lints.ts";
import { readSet } from "../../scripts/knowledge/set.ts";
import { KINDS, skeleton, TODO } from "../../scripts/knowledge/skeleton.ts";
import { knowledge } from "../support/folder.ts";

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
