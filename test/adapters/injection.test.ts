/** More than two hundred hostile texts in every place of a reply: nothing pings, nothing links, nothing hides. */
import { describe, expect, test } from "vitest";
import { renderPages } from "../../adapters/discord/render.ts";
import { messageTurn } from "../../adapters/slack/parse.ts";
import { render } from "../../adapters/slack/render.ts";
import { everywhere, HIDDEN, INJECTIONS } from "../support/injection.ts";
import { faultsOfMessage } from "../support/slack/limits.ts";
import { pingsIn } from "../support/slack/stage.ts";

type Json = Record<string, unknown>;

/** Every string of a body. */
function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(strings) : [];
}

/** Links that Slack makes of a body: its own elements, and markup in texts that are read for it. */
function slackLinks(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const { type, text, url } = value as Json;
  const own = type === "link" || url !== undefined ? [JSON.stringify(value)] : [];
  const markup = type === "mrkdwn" ? (String(text).match(/<[^>]+>/g) ?? []) : [];
  return [...own, ...markup, ...Object.values(value).flatMap(slackLinks)];
}

/** What Discord would still read as markup, after what is escaped and what stands in code. */
function discordLive(text: string): string[] {
  const read = text
    .replace(/```[\s\S]*?```/g, "")
    .replace(/\\[^A-Za-z0-9\s]/g, "")
    .replace(/``[\s\S]*?``|`[^`\n]*`/g, "");
  return read.match(/<[@#:!/ta][^>]*>|@everyone(?![A-Za-z0-9])|@here(?![A-Za-z0-9])|\]\([^)]*\)/gi) ?? [];
}

test("the corpus is large, and each text is different", () => {
  expect(new Set(INJECTIONS).size).toBeGreaterThanOrEqual(200);
});

/** What of a text is alive in Slack; nothing is right. */
const inSlack = (text: string): string[] =>
  render(everywhere(text)).flatMap((page) => [
    ...pingsIn(page),
    ...slackLinks(page.blocks),
    // The text beside the blocks is read for markup as a whole.
    ...(page.text.match(/<[^>]*>/g) ?? []),
    ...strings(page).filter((each) => HIDDEN.test(each)),
    ...faultsOfMessage({ text: page.text, blocks: page.blocks as unknown as Json[] }),
  ]);

/** Texts that Discord reads as Markdown; labels and descriptions are shown as they are. */
function contents(component: unknown): string[] {
  if (typeof component !== "object" || component === null) return [];
  const { content } = component as Json;
  return [...(typeof content === "string" ? [content] : []), ...Object.values(component).flatMap(contents)];
}

const inDiscord = (text: string): string[] =>
  renderPages(everywhere(text)).flatMap(({ components }) => [
    ...contents(components).flatMap(discordLive),
    ...strings(components).filter((each) => HIDDEN.test(each)),
    // A fence that its text closed would leave the rest live.
    ...contents(components).filter((each) => (each.match(/```/g) ?? []).length % 2),
  ]);

describe.each([
  ["Slack", inSlack],
  ["Discord", inDiscord],
] as const)("%s", (_, live) => {
  test("nothing pings, links or hides, wherever it stands", () => {
    const found = INJECTIONS.flatMap((text) => {
      const alive = live(text);
      return alive.length ? [{ text, alive }] : [];
    });
    expect(found).toEqual([]);
  });
});

test("what arrives from Slack is read without its markup", () => {
  for (const text of INJECTIONS) {
    const message = { type: "message", channel: "D1", channel_type: "im", user: "U1", ts: "1.1", text };
    const heard = messageTurn(message, "T1", { user: "UBOT", bot: "BBOT" });
    // Escaped by Slack it was typed as it is, and is read as it was typed.
    const typed = text.includes("&lt;");
    if (heard?.turn.said.kind === "text" && !typed) expect(heard.turn.said.text).not.toMatch(/<[@!#][A-Z]/);
  }
});

test("the checks of this file find what is live", () => {
  expect(pingsIn({ type: "mrkdwn", text: "<!channel>" })).toHaveLength(1);
  expect(slackLinks({ type: "mrkdwn", text: "<https://evil.example|x>" })).toHaveLength(1);
  expect(slackLinks({ type: "link", url: "https://evil.example", text: "x" })).toHaveLength(1);
  for (const live of ["<@123456789012345678>", "@everyone", "[x](https://evil.example)", "<t:1:R>"])
    expect(discordLive(live)).toHaveLength(1);
  expect(discordLive("\\<@1\\> `@everyone` \\[x\\](y)")).toEqual([]);
});
