/** Slack's blocks and Discord's components as text that says what kind each part is. */
import type { types } from "@slack/bolt";
import { type APIComponentInContainer, ComponentType } from "discord.js";

const row = (kind: string, text: string): string =>
  text.includes("\n") ? `[${kind}]\n${text.replace(/^/gm, "  ")}` : `[${kind}] ${text}`;

/** The blocks of one message, one kind a line. */
export const slackText = (blocks: readonly types.KnownBlock[]): string => blocks.map(slackBlock).join("\n");

function slackBlock(block: types.KnownBlock): string {
  switch (block.type) {
    case "header":
      return row("header", block.text.text);
    case "rich_text":
      return block.elements.map(richText).join("\n");
    case "table":
      return row("table", block.rows.map((cells) => cells.map(cell).join(" | ")).join("\n"));
    case "image":
      return row("image", block.alt_text);
    case "context":
      return row("context", block.elements.map((each) => ("text" in each ? String(each.text) : "")).join(" "));
    case "actions":
      return row(
        "actions",
        block.elements.map((each) => ("text" in each ? `(${each.text?.text ?? ""})` : "")).join(" "),
      );
    default:
      return row(block.type, "");
  }
}

function cell(each: unknown): string {
  const { text, elements } = each as { text?: string; elements?: types.RichTextBlock["elements"] };
  return (
    text ??
    (elements ?? [])
      .map(richText)
      .join(" ")
      .replace(/^\[text\] /, "")
  );
}

function richText(part: types.RichTextBlock["elements"][number]): string {
  switch (part.type) {
    case "rich_text_list":
      return row(
        `${part.style === "ordered" ? "numbered" : "bullet"} list`,
        part.elements
          .map((item, i) => {
            const mark = part.style === "ordered" ? `${i + 1 + ("offset" in part ? Number(part.offset) : 0)}.` : "•";
            return `${"  ".repeat(part.indent ?? 0)}${mark} ${inline(item.elements)}`;
          })
          .join("\n"),
      );
    case "rich_text_quote":
      return row("quote", inline(part.elements));
    case "rich_text_preformatted":
      return row("code", inline(part.elements));
    case "rich_text_section":
      return row("text", inline(part.elements));
    default:
      return part satisfies never;
  }
}

const inline = (elements: readonly types.RichTextElement[]): string =>
  elements
    .map((each) => {
      if (each.type === "link") return `${each.text ?? ""} <${each.url}>`;
      if (each.type !== "text") return "";
      return each.style?.bold ? `*${each.text}*` : each.style?.code ? `\`${each.text}\`` : each.text;
    })
    .join("");

/** The components of one message, one kind a line. */
export const discordText = (components: readonly APIComponentInContainer[]): string =>
  components
    .map((each) => {
      switch (each.type) {
        case ComponentType.TextDisplay:
          return row("text", each.content);
        case ComponentType.MediaGallery:
          return row("gallery", each.items.map(({ description }) => description ?? "").join("\n"));
        case ComponentType.ActionRow:
          return row(
            "buttons",
            each.components.map((button) => ("label" in button ? `(${button.label})` : "")).join(" "),
          );
        default:
          return row(ComponentType[each.type], "");
      }
    })
    .join("\n");
