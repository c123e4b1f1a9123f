/** Our own drawings, as they lie beside the pages. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface Drawing {
  readonly svg: string;
  readonly png: Uint8Array;
  readonly alt: string;
}

/** One drawing; its alternative text is its own description. Undefined for an id that is not there. */
export function readDrawing(knowledge: string, id: string): Drawing | undefined {
  if (!/^[a-z0-9-]{1,80}$/.test(id)) return undefined;
  const file = join(knowledge, "diagrams", id);
  try {
    const svg = readFileSync(`${file}.svg`, "utf8");
    return {
      svg,
      png: readFileSync(`${file}.png`),
      alt: descriptionOf(svg) ?? id,
    };
  } catch {
    return undefined;
  }
}

/** The text of a drawing's <desc>. */
function descriptionOf(svg: string): string | undefined {
  const [, after] = svg.split("<desc", 2);
  const [, inside] = after?.split("<", 1)[0]?.split(">", 2) ?? [];
  return inside?.trim();
}
