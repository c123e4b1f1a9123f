/** Blocks -> Components V2: pages of one container each, within Discord's limits. */
import { type APIComponentInContainer, type APIContainerComponent, ButtonStyle, ComponentType } from "discord.js";
import { type Block, callFits, encodeCall, fit as paginate } from "../../src/core/index.ts";
import { alignable, aligned, aspects } from "./table.ts";
import { clean, cut, escapeText, fence, lineMarkdown, link } from "./text.ts";

/** Characters over all texts of one message, and components in it: the container itself counts too. */
const TEXT = 4000;
const COMPONENTS = 40;
/** One unit for both limits: a component counts as its share of the text. */
const SHARE = TEXT / COMPONENTS;
const ROW = 5;
const LABEL = 80;
export const ALT = 1024;
const FIGURES = 10;
const SOURCE = 200;

export interface Figure {
  readonly diagram: string;
  readonly alt: string;
}

/** A button beside the blocks' own, with an id that is no call. */
export interface ExtraButton {
  readonly label: string;
  readonly id: string;
}

export interface Page {
  readonly components: readonly APIComponentInContainer[];
  /** Drawings to attach, as `<diagram>.png`. */
  readonly figures: readonly Figure[];
}

export interface Look {
  /** Tables as aligned columns instead of one text for each aspect. */
  readonly columns?: boolean;
  /** Drawings that can be shown; the others are told. */
  readonly drawn?: ReadonlySet<string>;
  /** Stands after the last block. */
  readonly extra?: readonly ExtraButton[];
}

const NOTHING = "I have nothing to say to that.";

/** The pages of a reply, each a message of its own. */
export function renderPages(blocks: readonly Block[], look: Look = {}): Page[] {
  const extra = look.extra ?? [];
  const pages = paginate(blocks, {
    size: (block) => cost(render(block, look)),
    // The container, and a row for the extra buttons.
    page: TEXT - SHARE * (1 + (extra.length ? 1 + extra.length : 0)),
    blocks: COMPONENTS,
  })
    .map((page) => page.flatMap((block) => render(block, look)))
    .filter((page) => page.length);
  const last = pages.at(-1) ?? [];
  if (!pages.length) pages.push(last);
  if (!last.length) last.push({ type: ComponentType.TextDisplay, content: NOTHING });
  if (extra.length) last.push(row(extra));
  return pages.map(finished);
}

/** Ids are unique in a message, and there are at most ten files. */
function finished(components: readonly APIComponentInContainer[]): Page {
  const seen = new Set<string>();
  const figures: Figure[] = [];
  const kept = components.flatMap((component): APIComponentInContainer[] => {
    if (component.type === ComponentType.ActionRow) {
      const buttons = component.components.filter((button) => {
        const id = "custom_id" in button ? button.custom_id : "";
        return id && !seen.has(id) && seen.add(id);
      });
      return buttons.length ? [{ ...component, components: buttons }] : [];
    }
    if (component.type !== ComponentType.MediaGallery) return [component];
    const [item] = component.items;
    const diagram = /^attachment:\/\/(.+)\.png$/.exec(item?.media.url ?? "")?.[1];
    const alt = item?.description ?? "";
    if (!diagram || figures.length >= FIGURES || figures.some((each) => each.diagram === diagram))
      return [told({ diagram: diagram ?? "", alt })];
    figures.push({ diagram, alt });
    return [component];
  });
  return { components: kept, figures };
}

const told = ({ alt }: Figure): APIComponentInContainer => ({
  type: ComponentType.TextDisplay,
  content: `-# Figure: ${escapeText(cut(alt, ALT)) || "without words"}`,
});

/** `marker` is found again in the channel's history: it names the answer, not the person. */
export const container = ({ components }: Page, marker: number): APIContainerComponent => ({
  type: ComponentType.Container,
  id: marker,
  components: [...components],
});

function cost(components: readonly APIComponentInContainer[]): number {
  return components.reduce((sum, component) => {
    const text = component.type === ComponentType.TextDisplay ? component.content.length : 0;
    const parts = component.type === ComponentType.ActionRow ? 1 + component.components.length : 1;
    // A picture may have to be told instead.
    const figure = component.type === ComponentType.MediaGallery ? ALT + SHARE : 0;
    return sum + Math.max(text, figure, parts * SHARE);
  }, 0);
}

const texts = (contents: readonly string[]): APIComponentInContainer[] =>
  contents
    .filter((content) => content.trim())
    .map((content) => ({ type: ComponentType.TextDisplay, content: content.trim() }));

function render(block: Block, look: Look): APIComponentInContainer[] {
  switch (block.kind) {
    case "heading":
      return texts(block.text.trim() ? [`### ${escapeText(block.text).replace(/\s+/g, " ").trim()}`] : []);
    case "text":
      return texts([lineMarkdown(block.line)]);
    case "note":
      return texts([`**${block.tone === "warning" ? "Warning" : "Tip"}:** ${lineMarkdown(block.line)}`]);
    case "list": {
      let number = (block.start ?? 1) - 1;
      const items = block.items.map((item) => {
        if (item.depth === 0) number += 1;
        const mark = block.ordered && item.depth === 0 ? `${number}.` : "-";
        return `${"  ".repeat(item.depth)}${mark} ${lineMarkdown(item.line).replace(/\n/g, " ")}`;
      });
      return texts([items.join("\n")]);
    }
    case "code":
      return texts([fence(block.language, block.text)]);
    case "table":
      return texts(look.columns && alignable(block) ? [fence("", aligned(block))] : aspects(block));
    case "figure":
      return look.drawn?.has(block.diagram)
        ? [
            {
              type: ComponentType.MediaGallery,
              items: [
                {
                  media: { url: `attachment://${block.diagram}.png` },
                  description: cut(clean(block.alt).trim() || block.diagram, ALT),
                },
              ],
            },
          ]
        : [told(block)];
    case "buttons": {
      const buttons = block.buttons
        .filter(({ call }) => callFits(call))
        .map(({ label, call }) => ({ label, id: encodeCall(call) }));
      return Array.from({ length: Math.ceil(buttons.length / ROW) }, (_, i) =>
        row(buttons.slice(i * ROW, (i + 1) * ROW)),
      );
    }
    case "sources": {
      const sources = block.sources.map(({ title, href }) =>
        href ? link(cut(title, SOURCE), href) : escapeText(cut(title, SOURCE)),
      );
      return texts(sources.length ? [`-# Source: ${sources.join(" · ")}`] : []);
    }
    default:
      return block satisfies never;
  }
}

const row = (buttons: readonly ExtraButton[]): APIComponentInContainer => ({
  type: ComponentType.ActionRow,
  components: buttons.map(({ label, id }) => ({
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: cut(clean(label).trim(), LABEL) || "…",
    custom_id: id,
  })),
});
