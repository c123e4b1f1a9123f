/** Posts as the bot: pages in order, each with a nonce and a marker, so that none stands there twice. */
import {
  type APIContainerComponent,
  RESTJSONErrorCodes as Codes,
  MessageFlags,
  type RawFile,
  type REST,
  type RESTGetAPIChannelMessagesResult,
  type RESTPostAPIChannelMessageJSONBody,
  type RESTPostAPIChannelThreadsResult,
  type RESTPostAPICurrentUserCreateDMChannelResult,
  Routes,
} from "discord.js";
import type { Delivered, Post, Reply, Tutor } from "../../src/core/index.ts";
import { codeOf, deliveredFrom, isCode } from "./faults.ts";
import { isPageOf, markerIn, markerOf } from "./marker.ts";
import { container, type Look, type Page, renderPages } from "./render.ts";

/** Discord's nonce has 25 characters, a key 22. */
const KEY = 22;
const HISTORY = 100;
const LOOKS = 3;
const THREAD_NAME = 100;
/** Nobody is pinged, whatever the text says, and neither is who is answered. */
export const nobody = () => ({ parse: [], replied_user: false });

export interface Written {
  readonly page: Page;
  readonly files: RawFile[];
  readonly container: APIContainerComponent;
}

export interface Manner {
  readonly replyTo?: string;
  readonly silent?: boolean;
  /** An earlier attempt may stand there. */
  readonly again?: boolean;
  readonly look?: Look;
}

export interface Sender {
  /** A reply's pages with their drawings; without them where files may not be attached. */
  write(reply: Reply, key: string, look?: Look, drawings?: boolean): Promise<Written[]>;
  /** Throws what Discord answers; a page that stands there is not posted again. */
  post(channel: string, reply: Reply, key: string, how?: Manner): Promise<Delivered>;
  /** Which pages of an answer stand in the channel, for all to see; undefined where that cannot be found out. */
  standing(channel: string, key: string): Promise<ReadonlySet<number> | undefined>;
  /** To a person's direct messages. */
  whisper(person: string, reply: Reply, key: string, how?: Manner): Promise<Delivered>;
  /** The channel of a thread that begins at a message; undefined where there cannot be one. */
  thread(channel: string, message: string, name: string): Promise<string | undefined>;
  readonly deliver: Post;
}

export function createSender(rest: REST, tutor: () => Pick<Tutor, "diagram">, me: () => string): Sender {
  async function write(reply: Reply, key: string, look: Look = {}, drawings = true): Promise<Written[]> {
    const wanted = reply.blocks.flatMap((block) => (block.kind === "figure" ? [block.diagram] : []));
    const found = new Map<string, Uint8Array>();
    for (const id of drawings ? new Set(wanted) : []) {
      const diagram = await tutor().diagram(id);
      if (diagram) found.set(id, diagram.png);
    }
    return renderPages(reply.blocks, { ...look, drawn: new Set(found.keys()) }).map((page, i) => ({
      page,
      container: container(page, markerOf(key, i)),
      files: page.figures.flatMap(({ diagram }) => {
        const png = found.get(diagram);
        return png ? [{ name: `${diagram}.png`, data: Buffer.from(png), contentType: "image/png" }] : [];
      }),
    }));
  }

  async function create(channel: string, written: Written, nonce: string, how: Manner): Promise<void> {
    const body: RESTPostAPIChannelMessageJSONBody = {
      flags: MessageFlags.IsComponentsV2 | (how.silent ? MessageFlags.SuppressNotifications : 0),
      components: [written.container],
      allowed_mentions: nobody(),
      nonce,
      enforce_nonce: true,
      ...(how.replyTo ? { message_reference: { message_id: how.replyTo, fail_if_not_exists: false } } : {}),
      ...attachmentsOf(written),
    };
    await rest.post(Routes.channelMessages(channel), { body, files: written.files });
  }

  async function post(channel: string, reply: Reply, key: string, how: Manner = {}): Promise<Delivered> {
    const there = how.again ? await standing(channel, key) : new Set<number>();
    if (!there) return { kind: "unsure" };
    let { replyTo } = how;
    let drawings = true;
    let pages = await write(reply, key, how.look);
    for (let i = 0; i < pages.length; i++) {
      const page = pages[i];
      if (!page || there.has(i)) continue;
      const nonce = i ? `${key.slice(0, KEY)}.${i}` : key;
      try {
        await create(channel, page, nonce, { ...how, ...(i === 0 && replyTo ? { replyTo } : { replyTo: "" }) });
      } catch (error) {
        // What was forbidden may be the reference or the files; the words matter more.
        if (replyTo && i === 0 && isCode(error, Codes.CannotReplyWithoutPermissionToReadMessageHistory)) replyTo = "";
        else if (drawings && page.files.length && isCode(error, Codes.MissingPermissions)) {
          drawings = false;
          pages = await write(reply, key, how.look, false);
        } else throw error;
        i -= 1;
      }
    }
    return { kind: "sent" };
  }

  async function standing(channel: string, key: string): Promise<Set<number> | undefined> {
    const found = new Set<number>();
    let before = "";
    for (let look = 0; look < LOOKS; look++) {
      const query = new URLSearchParams({ limit: String(HISTORY), ...(before ? { before } : {}) });
      let messages: RESTGetAPIChannelMessagesResult;
      try {
        messages = (await rest.get(Routes.channelMessages(channel), { query })) as RESTGetAPIChannelMessagesResult;
      } catch (error) {
        if (isCode(error, Codes.MissingAccess, Codes.MissingPermissions)) return undefined;
        throw error;
      }
      for (const { author, components } of messages) {
        const marker = author.id === me() ? markerIn(components) : undefined;
        if (isPageOf(key, marker)) found.add(marker.page);
      }
      before = messages.at(-1)?.id ?? "";
      if (found.has(0) || messages.length < HISTORY) return found;
    }
    return undefined;
  }

  async function whisper(person: string, reply: Reply, key: string, how: Manner = {}): Promise<Delivered> {
    const channel = (await rest.post(Routes.userChannels(), {
      body: { recipient_id: person },
    })) as RESTPostAPICurrentUserCreateDMChannelResult;
    return post(channel.id, reply, key, how);
  }

  return {
    write,
    post,
    standing,
    whisper,
    async thread(channel, message, name) {
      try {
        const body = { name: [...name].slice(0, THREAD_NAME).join("").trim().slice(0, THREAD_NAME) || "Question" };
        const made = (await rest.post(Routes.threads(channel, message), { body })) as RESTPostAPIChannelThreadsResult;
        return made.id;
      } catch (error) {
        // A thread has the id of the message at which it begins.
        if (isCode(error, Codes.ThreadAlreadyCreatedForMessage)) return message;
        if (codeOf(error) === undefined) throw error;
        return undefined;
      }
    },
    async deliver(place, reply, key, how) {
      const manner = { silent: true, again: how?.again ?? false };
      try {
        if (how?.only) return await whisper(how.only, reply, key, manner);
        if (place.channel.startsWith("@")) return await whisper(place.channel.slice(1), reply, key, manner);
        try {
          return await post(place.thread ?? place.channel, reply, key, manner);
        } catch (error) {
          if (!place.thread || !isCode(error, Codes.UnknownChannel)) throw error;
          // The thread was not made yet: its id is the question's.
          return await post(place.channel, reply, key, { ...manner, replyTo: place.thread });
        }
      } catch (error) {
        return deliveredFrom(error);
      }
    },
  };
}

export const attachmentsOf = ({ page }: Written) =>
  page.figures.length
    ? {
        attachments: page.figures.map(({ diagram, alt }, i) => ({
          id: String(i),
          filename: `${diagram}.png`,
          description: alt.slice(0, 1024),
        })),
      }
    : {};
