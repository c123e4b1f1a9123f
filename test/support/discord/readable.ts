/** A message as people have it before their eyes: Discord's Markdown taken off. */
import type { Json } from "./world.ts";

export interface Readable {
  readonly text: string;
  readonly buttons: readonly string[];
  /** Ids of the buttons, by label. */
  readonly ids: ReadonlyMap<string, string>;
}

const MARKS =
  /\\([^A-Za-z0-9\s])|\[((?:\\.|[^\]\\])*)\]\(<[^>]*>\)|``\s(.*?)\s``|`([^`\n]*)`|\*\*|^#{1,3} |^-# |\u200b/gm;

export const unmarked = (text: string): string =>
  text
    .split(/```[\w+#.-]*\n([\s\S]*?)\n```/)
    .map((part, i) =>
      i % 2
        ? part.replaceAll("\u200b", "")
        : part.replace(MARKS, (_all, escaped, link, double, code) =>
            link === undefined ? (escaped ?? double ?? code ?? "") : unmarked(String(link)),
          ),
    )
    .join("");

export function readable(body: Json): Readable {
  const texts: string[] = body.content ? [unmarked(String(body.content))] : [];
  const ids = new Map<string, string>();
  const walk = (component: Json): void => {
    if (component.type === 10) texts.push(unmarked(String(component.content)));
    if (component.type === 2) ids.set(String(component.label), String(component.custom_id));
    if (component.type === 12) for (const item of component.items as Json[]) texts.push(String(item.description));
    for (const each of (component.components ?? []) as Json[]) walk(each);
  };
  for (const each of (body.components ?? []) as Json[]) walk(each);
  return { text: texts.join("\n"), buttons: [...ids.keys()], ids };
}
