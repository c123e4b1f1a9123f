/** Slack under fire: sockets that break, limits, answers that get lost, replicas that share events. */
import { slack } from "../../../adapters/slack/index.ts";
import { remark } from "../../../src/core/reply.ts";
import { until } from "../../adapters/contract.ts";
import { type Scripted, scripted } from "../scripted.ts";
import { BOT_USER, TEAM } from "./server.ts";
import { CHANNEL, PERSON, type SlackStage, shown, slackStage } from "./stage.ts";

type Chance = () => number;
const REASONS = ["warning", "refresh_requested", "drop"] as const;

/** What was posted, in order, each with the thread in which it stands. */
export interface Outcome {
  readonly asked: number;
  readonly posts: readonly { readonly thread: string | undefined; readonly text: string }[];
  /** What Slack would have refused. */
  readonly faults: readonly string[];
}

async function on(work: (stage: SlackStage, script: Scripted) => Promise<number>): Promise<Outcome> {
  const script = await scripted();
  const stage = await slackStage(script);
  try {
    const asked = await work(stage, script);
    // What is still being answered counts as well.
    await stage.stop();
    return outcomeOf(stage, asked);
  } finally {
    await stage.stop();
    await stage.server.close();
    await script.store.close();
  }
}

const outcomeOf = ({ server }: SlackStage, asked: number): Outcome => ({
  asked,
  posts: server.posts.map((post) => ({ thread: post.thread, text: shown(post).text })),
  faults: [...server.faults],
});

/** Sockets that Slack asks to leave or that just go, with events before, into the gap and behind it. */
export const disconnects = (drops: number, events: number, chance: Chance): Promise<Outcome> =>
  on(async (stage) => {
    let asked = 0;
    for (let drop = 1; drop <= drops; drop += 1) {
      stage.server.disconnect(REASONS[Math.floor(chance() * REASONS.length)] ?? "drop");
      while (asked < (drop / drops) * events) {
        asked += 1;
        await stage.mention(`echo question${asked} `);
        if (chance() < 0.3) await new Promise((done) => setTimeout(done, Math.floor(chance() * 50)));
      }
      await until(() => stage.server.sockets.size > 0 && stage.adapter.health() === "up", "the socket");
    }
    const names = () => new Set(stage.posted().map(({ text }) => /question\d+/.exec(text)?.[0])).size;
    await until(() => names() >= asked, "the last answers").catch(() => undefined);
    return asked;
  });

const THREADS = 5;

/** Posts into a few threads of one channel while Slack says "later" again and again. */
export const limited = (posts: number, refusals: number): Promise<Outcome> =>
  on(async (stage) => {
    stage.server.fate("chat.postMessage", ...Array(refusals).fill({ kind: "limited", seconds: 1 }));
    await Promise.all(
      Array.from({ length: posts }, (_, i) =>
        stage.adapter.deliver(
          { platform: "slack", community: TEAM, channel: CHANNEL, thread: `1764000001.00000${i % THREADS}` },
          remark([`question${i + 1}`]),
          `key${i}`,
        ),
      ),
    );
    return posts;
  });

/** Posts of which half arrive while their answer gets lost. */
export const reset = (posts: number, chance: Chance): Promise<Outcome> =>
  on(async (stage) => {
    for (let i = 1; i <= posts; i += 1) {
      if (chance() < 0.5) stage.server.fate("chat.postMessage", { kind: "reset" });
      await stage.deliver(remark([`question${i}`]), `key${i}`);
    }
    return posts;
  });

/** Three processes on one store: every event comes several times, to whichever socket is next. */
export const replicas = (events: number, deliveries: number): Promise<Outcome> =>
  on(async (stage, script) => {
    const { server } = stage;
    const others = [1, 2].map(() => {
      const other = script.restarted();
      const transport = { mode: "socket", appToken: "xapp-1-loopback", clientPingTimeout: 200 } as const;
      const adapter = slack({
        botToken: "xoxb-loopback-2",
        apiUrl: server.apiUrl,
        transport,
        admins: [],
        log: stage.log,
      });
      return { adapter, tutor: other.tutor, desk: other.desk(adapter.deliver) };
    });
    await Promise.all(others.map(({ adapter, tutor, desk }) => adapter.start(tutor, desk)));
    await until(() => server.sockets.size === 3, "three sockets");
    for (let i = 1; i <= events; i += 1) {
      const ts = server.nextTs();
      // A channel each: a channel has a pace of its own, and this is not about that.
      const said = { channel: `C0SHARED${i}`, channel_type: "channel", user: PERSON, ts, event_ts: ts };
      const event = { ...said, type: "app_mention", text: `<@${BOT_USER}> echo question${i} ` };
      for (let n = 0; n < deliveries; n += 1) await server.event(event, { event_id: `EvShared${i}` });
    }
    const done = () => stage.posted().length >= events && server.unacknowledged() === 0;
    await until(done, "all answers").catch(() => undefined);
    for (const { adapter, desk } of others) await adapter.stop().then(() => desk.stop());
    return events;
  });
