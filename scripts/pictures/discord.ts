/** Discord's components as a phone shows them, roughly. */
import { ComponentType } from "discord.js";
import { renderPages } from "../../adapters/discord/render.ts";
import type { Block } from "../../src/core/index.ts";
import { canvas, type Run } from "./canvas.ts";

const DARK = { paper: "#313338", ink: "#dbdee1", pale: "#a5a8ad", link: "#00a8fc", code: "#3c3f45", line: "#4e5058" };

/** Of Discord's Markdown what the tutor writes: bold, code, masked links, escaped signs. */
const runs = (text: string, style?: Run["style"]): Run[] =>
  text.split(/(\*\*[^*]+\*\*|`[^`]+`|\[(?:[^[\]\\]|\\.)+\]\(<[^<>]*>\))/).map((part): Run => {
    if (part.startsWith("**")) return { text: part.slice(2, -2), style: "bold" };
    if (part.startsWith("`")) return { text: part.slice(1, -1), style: "code" };
    const plain = (words: string) => words.replace(/\\(.)/g, "$1");
    if (part.startsWith("[")) return { text: plain(part.slice(1, part.lastIndexOf("]("))), style: "link" };
    return { text: plain(part), ...(style ? { style } : {}) };
  });

/** The first message of a reply. */
export function discordPicture(blocks: readonly Block[]): Uint8Array {
  const page = canvas(DARK, "Container Tutor", "C");
  for (const component of renderPages(blocks)[0]?.components ?? []) {
    if (component.type === ComponentType.TextDisplay) {
      for (const line of component.content.split("\n")) {
        if (line.startsWith("-# ")) page.prose(runs(line.slice(3), "small"));
        else if (line.startsWith("- ")) page.prose(runs(line.slice(2)), "•");
        else page.prose(runs(line));
      }
      page.gap();
    } else if (component.type === ComponentType.ActionRow)
      page.buttons(component.components.flatMap((each) => ("label" in each && each.label ? [each.label] : [])));
    else throw new Error(`A component ${component.type} cannot be drawn yet: add it to scripts/pictures/discord.ts.`);
  }
  return page.png();
}
