/** Slack's Web API as its documents describe it: each call changes the world and is answered. */
import { randomUUID } from "node:crypto";
import { faultsOfMessage, faultsOfView } from "./limits.ts";
import { BOT, BOT_USER, type Json, type Post, TEAM } from "./protocol.ts";
import type { World } from "./world.ts";

/** `port`: where this Slack listens, for the addresses that it hands out. */
export function createMethods(world: World, port: () => number) {
  const { posts, faults, views, admins, members, triggers, tickets, next, happened, nextTs } = world;

  function act(method: string, args: Json): Json {
    switch (method) {
      case "auth.test":
        return { ok: true, team_id: TEAM, user_id: BOT_USER, bot_id: BOT, team: "Loopback", user: "tutor" };
      case "apps.connections.open": {
        const ticket = randomUUID();
        tickets.add(ticket);
        return { ok: true, url: `ws://127.0.0.1:${port()}/socket?ticket=${ticket}` };
      }
      case "chat.postMessage":
      case "chat.postEphemeral":
        return post(method, args);
      case "chat.delete": {
        const at = posts.findIndex(({ ts, channel }) => ts === args.ts && channel === args.channel);
        if (at < 0) return { ok: false, error: "message_not_found" };
        posts.splice(at, 1);
        return { ok: true };
      }
      case "views.open": {
        const trigger = String(args.trigger_id);
        if (!triggers.delete(trigger)) return { ok: false, error: "exchanged_trigger_id" };
        return view(args, views.opened);
      }
      case "views.publish":
        return view(args, views.published);
      case "users.info":
        return { ok: true, user: { id: args.user, tz: "Europe/Berlin", is_admin: admins.has(String(args.user)) } };
      case "conversations.replies":
      case "conversations.history":
        return {
          ok: true,
          messages: posts
            .filter(
              ({ channel, thread, method }) =>
                method === "chat.postMessage" && channel === args.channel && (!args.ts || thread === args.ts),
            )
            .map(({ ts, text, metadata }) => ({
              type: "message",
              ts,
              text,
              bot_id: BOT,
              ...(metadata ? { metadata } : {}),
            })),
        };
      case "files.getUploadURLExternal":
        if (!args.alt_txt) faults.push("an upload without alt_txt");
        return { ok: true, upload_url: `http://127.0.0.1:${port()}/upload`, file_id: "F0FILE" };
      case "files.completeUploadExternal":
        return { ok: true, files: [{ id: "F0FILE" }] };
      case "assistant.threads.setStatus":
      case "assistant.threads.setTitle":
        return args.thread_ts ? { ok: true } : { ok: false, error: "invalid_arguments" };
      case "assistant.threads.setSuggestedPrompts":
        // In an agent's tab a thread would make the call fail without a word.
        if (args.thread_ts) faults.push("prompts for a thread");
        return (args.prompts as Json[]).length > 4 ? { ok: false, error: "invalid_arguments" } : { ok: true };
      default:
        faults.push(`unknown method ${method}`);
        return { ok: false, error: "unknown_method" };
    }
  }

  function post(method: string, args: Json): Json {
    const wrong = faultsOfMessage(args);
    if (method === "chat.postMessage" && (args.unfurl_links !== false || args.unfurl_media !== false))
      wrong.push("previews are on");
    if (wrong.length) {
      faults.push(...wrong);
      return { ok: false, error: "invalid_blocks" };
    }
    const channel = String(args.channel);
    if (!members.joined(channel)) return { ok: false, error: "not_in_channel" };
    const ts = nextTs();
    posts.push({
      method,
      channel,
      thread: args.thread_ts === undefined ? undefined : String(args.thread_ts),
      user: args.user === undefined ? undefined : String(args.user),
      ts,
      text: String(args.text),
      blocks: (args.blocks ?? []) as Json[],
      metadata: args.metadata as Post["metadata"],
      args,
    });
    happened("posted");
    return { ok: true, ts, channel };
  }

  function view(args: Json, into: Json[]): Json {
    const view = args.view as Json;
    const wrong = faultsOfView(view);
    if (wrong.length) {
      faults.push(...wrong);
      return { ok: false, error: "invalid_arguments" };
    }
    const id = `V${next()}`;
    into.push({ ...view, id, user_id: args.user_id });
    return { ok: true, view: { id } };
  }

  return act;
}
