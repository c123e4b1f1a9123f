/** What Slack shows around an answer where it has a plan for agents: that it is being worked on, and a thread's title. */
import { webApi } from "@slack/bolt";
import type { Log } from "../../src/core/index.ts";
import { nameOf } from "./failure.ts";
import { shorten } from "./words.ts";

/** A thread, or the message that may begin one. */
export interface Spot {
  readonly channel: string;
  readonly ts: string;
}

export interface Agent {
  /** Says so when an answer takes its time; the result ends it. Most answers are there before. */
  working(client: webApi.WebClient, team: string, spot: Spot): () => void;
  /** Names a thread in the messages tab after the first thing that was asked in it. */
  entitle(client: webApi.WebClient, team: string, spot: Spot, text: string): Promise<void>;
}

interface AgentParts {
  readonly log: Log;
  readonly pause: (ms: number) => Promise<void>;
}

const SLOW_MS = 1000;
const TITLE = 60;
const SEEN = 5000;
/** A plan or an installation without agents: that does not change while we run. */
const NEVER = new Set(["missing_scope", "not_allowed", "access_denied", "feature_not_enabled", "unknown_method"]);

export function createAgent({ log, pause }: AgentParts): Agent {
  const without = new Set<string>();
  const entitled = new Set<string>();

  /** None of this may stop or delay an answer. */
  async function quietly(team: string, method: string, call: () => Promise<unknown>): Promise<void> {
    if (without.has(`${team}/${method}`)) return;
    try {
      await call();
    } catch (error) {
      if (error instanceof webApi.WebAPIPlatformError && NEVER.has(error.data.error)) without.add(`${team}/${method}`);
      log.warn({ team, code: nameOf(error), method }, "not shown");
    }
  }

  return {
    working(client, team, { channel, ts }) {
      let done = false;
      const set = (status: string) =>
        quietly(team, "assistant.threads.setStatus", () =>
          client.assistant.threads.setStatus({ channel_id: channel, thread_ts: ts, status }),
        );
      const shown = pause(SLOW_MS).then(async () => {
        if (done) return false;
        await set("is looking it up…");
        return true;
      });
      return () => {
        if (done) return;
        done = true;
        // Slack takes it away itself where the answer stands in that thread, and only there.
        void shown.then((was) => (was ? set("") : undefined));
      };
    },

    async entitle(client, team, { channel, ts }, text) {
      const key = `${team}/${channel}/${ts}`;
      if (entitled.has(key) || !text) return;
      if (entitled.size >= SEEN) entitled.clear();
      entitled.add(key);
      await quietly(team, "assistant.threads.setTitle", () =>
        client.assistant.threads.setTitle({ channel_id: channel, thread_ts: ts, title: shorten(text, TITLE) }),
      );
    },
  };
}
