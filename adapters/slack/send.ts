/** One message to Slack: to everybody in a place, to one person there, or through a command's own address. */
import type { webApi } from "@slack/bolt";
import type { Place, Posting } from "../../src/core/index.ts";
import type { Failure } from "./failure.ts";
import { EVENT_TYPE } from "./history.ts";
import type { Page } from "./render.ts";

/** How a slash command is answered in channels that the tutor is no member of. */
export type Respond = (message: {
  readonly response_type: "in_channel" | "ephemeral";
  readonly text: string;
  readonly blocks: Page["blocks"];
}) => Promise<unknown>;

export interface SlackPosting extends Posting {
  /** Who asked: may take the answer away again. */
  readonly asker?: string;
  readonly respond?: Respond;
}

export type Outcome = { readonly kind: "sent" } | Failure;

/** Direct messages are between two anyway. */
const direct = ({ channel }: Place): boolean => /^[DUW]/.test(channel);
export const hidden = (place: Place, how: SlackPosting): boolean => how.only !== undefined && !direct(place);

export async function send(
  client: webApi.WebClient,
  place: Place,
  { text, blocks }: Page,
  at: number,
  key: string,
  how: SlackPosting,
): Promise<void> {
  const message = {
    channel: place.channel,
    text,
    ...(blocks.length ? { blocks } : {}),
    ...(place.thread ? { thread_ts: place.thread } : {}),
  };
  if (how.only !== undefined && !direct(place)) {
    await client.chat.postEphemeral({ ...message, user: how.only });
    return;
  }
  await client.chat.postMessage({
    ...message,
    unfurl_links: false,
    unfurl_media: false,
    metadata: { event_type: EVENT_TYPE, event_payload: { key, page: at } },
  });
}

export async function respond(respond: Respond, { text, blocks }: Page, how: SlackPosting): Promise<Outcome> {
  try {
    await respond({ response_type: how.only === undefined ? "in_channel" : "ephemeral", text, blocks });
    return { kind: "sent" };
  } catch (error) {
    return { kind: "unsure", code: error instanceof Error ? error.name : "respond" };
  }
}

/** The first block remembers who asked, so that they can take the answer away; nobody sees it. */
export function signed(blocks: Page["blocks"], { asker }: SlackPosting, at: number): Page["blocks"] {
  const [first, ...rest] = blocks;
  return first && asker ? [{ ...first, block_id: `by:${asker}:${at}` }, ...rest] : blocks;
}

/** Who asked for a message of ours; undefined where it was posted unasked. */
export const askerOf = (blocks: readonly { readonly block_id?: string }[]): string | undefined =>
  blocks.map(({ block_id }) => /^by:([UW][A-Z0-9]+):/.exec(block_id ?? "")?.[1]).find((each) => each !== undefined);
