/** What happened in a loopback Slack so far, for its methods to change and for tests to look at. */
import type { Json, Post } from "./protocol.ts";

export function createWorld() {
  const posts: Post[] = [];
  const faults: string[] = [];
  const events: ("acknowledged" | "posted")[] = [];
  const watchers = new Set<(event: "acknowledged" | "posted") => void>();
  const views: { opened: Json[]; published: Json[] } = { opened: [], published: [] };
  const admins = new Set<string>();
  const members = { joined: (_channel: string) => true };
  const triggers = new Set<string>();
  const tickets = new Set<string>();
  let count = 0;

  const next = () => {
    count += 1;
    return count;
  };
  const happened = (event: "acknowledged" | "posted") => {
    events.push(event);
    for (const watcher of watchers) watcher(event);
  };
  const nextTs = () => `1764000000.${String(next()).padStart(6, "0")}`;

  return { posts, faults, events, watchers, views, admins, members, triggers, tickets, next, happened, nextTs };
}

export type World = ReturnType<typeof createWorld>;
