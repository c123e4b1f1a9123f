/**
 * Posts a reply, each page once. What was never taken is sent again; what was sent without an answer is looked for by
 * its key, and where nobody may look it is left alone: twice is worse than missing.
 */
import type { webApi } from "@slack/bolt";
import type { Delivered, Log, Place, Reply } from "../../src/core/index.ts";
import { type Failure, failureOf } from "./failure.ts";
import { standing } from "./history.ts";
import type { Pictured } from "./pictures.ts";
import { createQueue, type Pace } from "./queue.ts";
import { type Page, render } from "./render.ts";
import { hidden, type Outcome, respond, type SlackPosting, send, signed } from "./send.ts";

export interface Posts {
  post(place: Place, reply: Reply, key: string, how?: SlackPosting): Promise<Delivered>;
}

interface PostParts extends Pace {
  readonly clientOf: (team: string) => Promise<webApi.WebClient | undefined>;
  readonly pictures: Pictured;
  readonly log: Log;
}

/** For everything but waiting: looking for a lost message and sending it again. */
const TRIES = 4;
/** Longer waits, in all, are the desk's and the tips' business. */
const PATIENCE_MS = 60_000;
const REMEMBERED = 5000;
const CROWDED_MS = 10_000;

export function createPosts({ clientOf, pictures, log, clock, pause }: PostParts): Posts {
  const queue = createQueue({ clock, pause });
  /** Key -> pages that stand there, so that a second attempt goes on where the first one stopped. */
  const placed = new Map<string, number>();

  function remember(key: string, pages: number): void {
    placed.delete(key);
    placed.set(key, pages);
    const oldest = placed.keys().next().value;
    if (placed.size > REMEMBERED && oldest !== undefined) placed.delete(oldest);
  }

  async function post(
    { channel, ...rest }: Place,
    reply: Reply,
    key: string,
    how: SlackPosting = { again: false },
  ): Promise<Delivered> {
    // A person's direct messages: Slack opens them for whoever posts to the person's id.
    const place = { ...rest, channel: channel.replace(/^@/, "") };
    const client = await clientOf(place.community);
    if (!client) return { kind: "gone", reason: "the app is not installed there" };
    const done = queue.run(`${place.community}/${place.channel}`, (paced) =>
      all(client, place, reply, key, how, paced),
    );
    return done ?? { kind: "later", afterMs: CROWDED_MS };
  }

  async function all(
    client: webApi.WebClient,
    place: Place,
    reply: Reply,
    key: string,
    how: SlackPosting,
    paced: () => Promise<void>,
  ): Promise<Delivered> {
    const pages = render(reply.blocks, await pictures.of(client, place.community, reply.blocks));
    // Only this process's own memory is certain; what another one posted has to be looked for.
    let from = placed.get(key);
    if (from === undefined && how.again) {
      const stands = hidden(place, how) ? undefined : await standing(client, place, key);
      if (!stands) return { kind: "unsure" };
      from = pages.findIndex((_, i) => !stands.has(i));
      if (from < 0) from = pages.length;
    }
    for (let at = from ?? 0; at < pages.length; at += 1) {
      const page = pages[at];
      if (!page) continue;
      const outcome = await one(client, place, page, at, key, how, paced);
      if (outcome.kind !== "sent") return failed(outcome, reply, key, place);
      remember(key, at + 1);
    }
    return { kind: "sent" };
  }

  /** What an outcome other than "sent" is to the core. */
  function failed(outcome: Failure, reply: Reply, key: string, place: Place): Delivered {
    log.warn({ code: outcome.code, outcome: outcome.kind, key, team: place.community, method: "post" }, "not posted");
    switch (outcome.kind) {
      case "later":
        return { kind: "later", afterMs: outcome.afterMs };
      case "gone":
        return { kind: "gone", reason: outcome.code };
      case "unsure":
      case "refused":
        // It may stand there: another attempt in this process must look first, or leave it.
        remember(key, Number.POSITIVE_INFINITY);
        if (outcome.kind === "refused")
          log.error({ code: outcome.code, answer: reply.about.id }, "Slack refused a message");
        return { kind: "unsure" };
      default:
        return outcome satisfies never;
    }
  }

  async function one(
    client: webApi.WebClient,
    place: Place,
    page: Page,
    at: number,
    key: string,
    how: SlackPosting,
    paced: () => Promise<void>,
  ): Promise<Outcome> {
    let blocks: Page["blocks"] | undefined = signed(page.blocks, how, at);
    let failure: Failure | undefined;
    let waited = 0;
    for (let tried = 0; tried < TRIES; ) {
      await paced();
      try {
        await send(client, place, { ...page, ...(blocks ? { blocks } : { blocks: [] }) }, at, key, how);
        return { kind: "sent" };
      } catch (error) {
        failure = failureOf(error);
      }
      if (failure.kind === "later") {
        waited += failure.afterMs;
        if (waited > PATIENCE_MS) return failure;
        await pause(failure.afterMs);
        continue;
      }
      tried += 1;
      if (failure.kind === "unsure" && !hidden(place, how)) {
        const stands = await standing(client, place, key);
        if (!stands) return failure;
        if (stands.has(at)) return { kind: "sent" };
      } else if (failure.kind === "gone" && how.respond) {
        // The tutor is no member there, but the command's own address may be answered.
        return respond(how.respond, page, how);
      } else if (failure.kind === "refused" && blocks && failure.code !== "no_text") {
        log.error({ code: failure.code, key }, "Slack refused blocks; the text goes alone");
        blocks = undefined;
      } else return failure;
    }
    return failure ?? { kind: "later", afterMs: CROWDED_MS, code: "tries" };
  }

  return { post };
}
