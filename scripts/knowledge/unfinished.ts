/** What a skeleton leaves to be written. */
import { fault } from "../../src/library/matter.ts";
import type { Lint } from "./set.ts";
import { TODO } from "./skeleton.ts";

export const unfinished: Lint = {
  name: "unfinished",
  level: "fatal",
  find: ({ manuscripts }) =>
    manuscripts.flatMap(({ path, front, parts }) =>
      [
        ...front,
        ...parts.flatMap(({ line, heading, asks, passages }) => [{ line, text: heading }, ...asks, ...passages]),
      ].flatMap(({ line, text }) => {
        const hint = text.split(TODO)[1]?.replace(/-->.*/, "").trim();
        return hint === undefined ? [] : [fault(path, line, "still to be written.", hint)];
      }),
    ),
};
