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
      alt: /<desc[^>]{0,200}>([^<]{0,2000})/.exec(svg)?.[1]?.trim() ?? id,
    };
  } catch {
    return undefined;
  }
}
