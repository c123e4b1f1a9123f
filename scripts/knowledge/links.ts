/** Links between pages and to drawings: the file, and the heading where one is named. */
import { fault } from "../../src/library/matter.ts";
import { slug } from "../../src/library/sections.ts";
import { proseOf } from "./manuscript.ts";
import type { Lint } from "./set.ts";

const LINK = /\]\(([^)\s]+)\)/g;

export const deadLinks: Lint = {
  name: "dead-link",
  level: "fatal",
  find: ({ manuscripts, diagrams }) => {
    const headings = new Map(
      manuscripts.map(({ path, parts }) => [path, new Set(parts.map(({ heading }) => slug(heading)))]),
    );
    return manuscripts.flatMap((text) =>
      proseOf(text).flatMap(({ line, text: prose }) =>
        [...prose.replace(/`[^`]*`/g, "").matchAll(LINK)].flatMap(([, target = ""]) => {
          if (/^[a-z]+:/i.test(target)) return [];
          const [file = "", anchor] = target.split("#");
          const path = file ? resolve(text.path, file) : text.path;
          const drawing = /^diagrams\/(.+)\.(?:svg|png)$/.exec(path)?.[1];
          if (drawing ? !diagrams.has(drawing) : !headings.has(path))
            return [fault(text.path, line, `the link to ${target} leads nowhere.`, "Correct the path.")];
          return anchor && !headings.get(path)?.has(anchor)
            ? [fault(text.path, line, `${path} has no heading "${anchor}".`, "Correct what stands after the #.")]
            : [];
        }),
      ),
    );
  },
};

/** A link's target as a path inside the knowledge folder. */
function resolve(from: string, target: string): string {
  const parts = from.split("/").slice(0, -1);
  for (const part of target.split("/"))
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  return parts.join("/");
}
