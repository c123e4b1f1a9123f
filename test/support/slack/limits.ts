/** What Slack refuses and its types allow: the limits table, as a list of faults of one body. */

type Json = Record<string, unknown>;

const BLOCKS_OF_MESSAGES = new Set([
  "actions",
  "context",
  "context_actions",
  "divider",
  "header",
  "image",
  "markdown",
  "rich_text",
  "section",
  "table",
]);
const BLOCKS_OF_VIEWS = new Set(["actions", "context", "divider", "header", "image", "input", "rich_text", "section"]);

const textOf = (value: unknown): string => String((value as Json | undefined)?.text ?? "");

/** All strings that people read, over all blocks. */
export function readableIn(value: unknown): string {
  if (Array.isArray(value)) return value.map(readableIn).join("");
  if (typeof value !== "object" || value === null) return "";
  const { text, elements, rows, alt_text } = value as Json;
  const own = typeof text === "string" ? text : readableIn(text);
  return own + String(alt_text ?? "") + readableIn(elements) + readableIn(rows);
}

export function faultsOfBlocks(blocks: readonly Json[], surface: "message" | "view"): string[] {
  const faults: string[] = [];
  const most = surface === "message" ? 50 : 100;
  if (blocks.length > most) faults.push(`${blocks.length} blocks`);
  const ids = blocks.flatMap(({ block_id }) => (block_id === undefined ? [] : [String(block_id)]));
  if (new Set(ids).size < ids.length) faults.push("a block_id twice");
  if (ids.some((id) => id.length > 255 || !id)) faults.push("block_id too long");
  if (blocks.filter(({ type }) => type === "table" || type === "data_table").length > 1) faults.push("two tables");
  if (surface === "message" && readableIn(blocks).length > 12_000) faults.push("msg_blocks_too_long");
  const markdown = blocks
    .filter(({ type }) => type === "markdown")
    .map(textOf)
    .join("");
  if (markdown.length > 12_000) faults.push("markdown too long");
  for (const block of blocks) faults.push(...faultsOf(block, surface));
  return faults;
}

function faultsOf(block: Json, surface: "message" | "view"): string[] {
  const type = String(block.type);
  if (!(surface === "message" ? BLOCKS_OF_MESSAGES : BLOCKS_OF_VIEWS).has(type)) return [`${type} in a ${surface}`];
  const elements = (block.elements ?? []) as Json[];
  const faults: string[] = [];
  const refuse = (when: boolean, what: string) => {
    if (when) faults.push(`${type}: ${what}`);
  };
  switch (type) {
    case "header":
      refuse(!between(textOf(block.text), 1, 150), "text");
      refuse((block.text as Json).type !== "plain_text", "not plain");
      break;
    case "section":
      refuse(!between(textOf(block.text), 1, 3000), "text");
      break;
    case "context":
      refuse(!elements.length || elements.length > 10, "elements");
      refuse(
        elements.some((each) => !textOf({ text: each.text }).length),
        "empty text",
      );
      break;
    case "context_actions":
      refuse(!elements.length || elements.length > 5, "elements");
      for (const each of elements)
        for (const button of [each.positive_button, each.negative_button] as Json[]) {
          refuse(!between(textOf(button.text), 1, 75), "button text");
          refuse(String(button.value).length > 2000, "value");
        }
      break;
    case "actions": {
      refuse(!elements.length || elements.length > 25, "elements");
      const ids = elements.map(({ action_id }) => String(action_id));
      refuse(new Set(ids).size < ids.length || ids.some((id) => id.length > 255), "action_id");
      for (const button of elements.filter((each) => each.type === "button")) {
        refuse(!between(textOf(button.text), 1, 75), "button text");
        refuse(String(button.value ?? "").length > 2000, "value");
      }
      break;
    }
    case "image":
      refuse(!between(String(block.alt_text ?? ""), 1, 2000), "alt_text");
      refuse(!block.image_url && !block.slack_file, "no picture");
      break;
    case "rich_text":
      refuse(!elements.length, "empty");
      refuse(!everyText(elements).every((text) => text.length > 0), "an empty text");
      break;
    case "table": {
      const rows = block.rows as Json[][];
      refuse(rows.length > 100 || !rows.length, "rows");
      refuse(
        rows.some((row) => row.length > 20 || row.length !== rows[0]?.length),
        "columns",
      );
      refuse(readableIn(rows).length > 10_000, "characters");
      refuse(
        rows.flat().some((cell) => cell.type === "raw_text" && !cell.text),
        "an empty cell",
      );
      break;
    }
    case "input":
      refuse(!between(textOf(block.label), 1, 2000), "label");
      faults.push(...faultsOfInput(block.element as Json));
      break;
  }
  return faults;
}

function faultsOfInput(element: Json): string[] {
  const options = (element.options ?? []) as Json[];
  if (element.type === "static_select" && (!options.length || options.length > 100)) return ["select: options"];
  return options.some(({ text, value }) => !between(textOf(text), 1, 75) || !between(String(value), 1, 75))
    ? ["select: option"]
    : [];
}

export function faultsOfView(view: Json): string[] {
  const faults = faultsOfBlocks((view.blocks ?? []) as Json[], "view");
  if (view.type === "modal") {
    if (!between(textOf(view.title), 1, 24)) faults.push("title");
    for (const part of [view.submit, view.close]) if (part && !between(textOf(part), 1, 24)) faults.push("submit");
    if (String(view.private_metadata ?? "").length > 3000) faults.push("private_metadata");
  }
  return faults;
}

export function faultsOfMessage(message: Json): string[] {
  const faults = faultsOfBlocks((message.blocks ?? []) as Json[], "message");
  const text = String(message.text ?? "");
  if (!text) faults.push("no text");
  if (text.length > 40_000) faults.push("text too long");
  return faults;
}

const between = (text: string, least: number, most: number): boolean => text.length >= least && text.length <= most;

const everyText = (elements: readonly Json[]): string[] =>
  elements.flatMap((each) =>
    Array.isArray(each.elements) ? everyText(each.elements as Json[]) : [String(each.text ?? "")],
  );
