/** Links between documents: `../volumes.md#backup`, `/storage/volumes/`, with or without an extension -> the page they mean. */
import type { Page } from "./page.ts";

const LINK = /(?<!!)\[([^[\]]*)\]\(([^()\s]*)\)/g;
const ENDING = /\.(?:mdx?|html?)$/i;
/** A folder's own page, as Hugo, Docusaurus, Jekyll and GitHub name it. */
const INDEX = /(?:^|\/)(?:_?index|readme)$/i;

/** A page's place without extension, and without the name that stands for its folder. */
export const place = (path: string): string => path.replace(ENDING, "").replace(INDEX, "");

/** Does the page stand for its folder? */
export const isIndex = (path: string): boolean => INDEX.test(path.replace(ENDING, ""));

/** The folder above a page, as a place; undefined at the top. */
export function above(path: string): string | undefined {
  const here = place(path);
  if (!here) return undefined;
  const cut = here.lastIndexOf("/");
  return cut < 0 ? "" : here.slice(0, cut);
}

/** Where a link of the page at `from` leads, as a place; undefined for other sites and for the page itself. */
export function target(from: string, href: string): string | undefined {
  const path = href.split(/[#?]/, 1)[0] ?? "";
  if (!path || /^[a-z][a-z0-9+.-]*:/i.test(path) || path.startsWith("//")) return undefined;
  const parts = path.startsWith("/") ? [] : from.split("/").slice(0, -1);
  for (const part of path.split("/"))
    if (part === "..") parts.pop();
    else if (part && part !== ".") parts.push(part);
  return place(parts.join("/"));
}

/** Pages by their place: what a link's target is looked up in. */
export const places = (pages: readonly Page[]): ReadonlyMap<string, Page> =>
  new Map(pages.filter((page) => page.kind === "document").map((page) => [place(page.path), page]));

export interface Link {
  readonly to: Page;
  readonly text: string;
}

/** Every link of a document to another one. */
export function linksOf(page: Page, known: ReadonlyMap<string, Page>): Link[] {
  const out: Link[] = [];
  for (const { markdown } of page.sections)
    for (const [, text = "", href = ""] of markdown.matchAll(LINK)) {
      const to = known.get(target(page.path, href) ?? "\0");
      if (to && to !== page) out.push({ to, text });
    }
  return out;
}

/** The address of a page on the operator's site: without extension, a folder's own page as the folder. */
export const addressOf = (path: string, baseUrl: string): string =>
  new URL(encodeURI(isIndex(path) ? (place(path) ? `${place(path)}/` : "") : place(path)), baseUrl).href;

/** Markdown whose links to other files lead to the operator's site; links to other sites stay. */
export function withAddresses(page: Page, markdown: string, baseUrl: string): string {
  return markdown.replace(LINK, (whole, text: string, href: string) => {
    const to = target(page.path, href);
    if (to === undefined) return whole;
    const anchor = /#[^?#]*$/.exec(href)?.[0] ?? "";
    return `[${text}](${new URL(encodeURI(to), baseUrl).href}${anchor})`;
  });
}
