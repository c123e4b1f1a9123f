/** Slack's blocks as a phone shows them, roughly. */
import { render } from "../../adapters/slack/render.ts";
import type { Block } from "../../src/core/index.ts";
import { canvas, type Run } from "./canvas.ts";

const LIGHT = { paper: "#ffffff", ink: "#1d1c1d", pale: "#616061", link: "#1264a3", code: "#f4f4f4", line: "#cccccc" };

type Shown = ReturnType<typeof render>[number]["blocks"][number];
interface Piece {
  readonly type: string;
  readonly text?: string;
  readonly style?: { readonly bold?: boolean; readonly code?: boolean };
}

const run = ({ type, text = "", style }: Piece): Run =>
  style?.code
    ? { text, style: "code" }
    : style?.bold
      ? { text, style: "bold" }
      : type === "link"
        ? { text, style: "link" }
        : { text };
const pieces = (elements: readonly unknown[]): Run[] => elements.map((each) => run(each as Piece));

/** `Source: <address|title> · ...` */
const linked = (text: string): Run[] =>
  text.split(/(<[^<>]*>)/).map((part) => {
    const title = part.startsWith("<") ? part.slice(part.indexOf("|") + 1, -1) : part;
    const words = title.replaceAll("&gt;", ">").replaceAll("&lt;", "<").replaceAll("&amp;", "&");
    return { text: words, style: part.startsWith("<") ? "link" : "small" };
  });

/** The first message of a reply. */
export function slackPicture(blocks: readonly Block[]): Uint8Array {
  const page = canvas(LIGHT, "Container Tutor", "C");
  for (const block of render(blocks)[0]?.blocks ?? []) draw(block);
  return page.png();

  function draw(block: Shown): void {
    if (block.type === "rich_text")
      for (const element of block.elements) {
        if (element.type !== "rich_text_list") page.prose(pieces(element.elements));
        else
          for (const [i, item] of element.elements.entries())
            page.prose(pieces(item.elements), element.style === "ordered" ? `${i + 1}.` : "•");
      }
    else if (block.type === "table")
      page.table(
        block.rows.map((row) =>
          row.map((cell) => {
            if (cell.type !== "rich_text") return [{ text: cell.type === "raw_text" ? cell.text : "" }];
            return cell.elements.flatMap((each) => ("elements" in each ? pieces(each.elements) : []));
          }),
        ),
      );
    else if (block.type === "context")
      for (const element of block.elements) page.prose(element.type === "mrkdwn" ? linked(element.text) : []);
    else if (block.type === "actions")
      page.buttons(block.elements.map((each) => (each.type === "button" ? each.text.text : each.type)));
    else if (block.type === "context_actions")
      page.buttons(
        block.elements.flatMap((each) =>
          each.type === "feedback_buttons" ? [each.positive_button.text.text, each.negative_button.text.text] : [],
        ),
      );
    else throw new Error(`A block "${block.type}" cannot be drawn yet: add it to scripts/pictures/slack.ts.`);
  }
}
