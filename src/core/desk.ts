/**
 * Where turns come in: kept before the platform is acknowledged, answered, posted, settled. A turn whose process died is
 * answered by the next one; a redelivered one is never answered twice. Every adapter calls it for everything it hears.
 */

import { createHold, type Held } from "./hold.ts";
import { admit, type Limits, notice } from "./limits.ts";
import type { ConversationStore, Inbox, Limiter, Log, Ms, SettingsStore, Taken } from "./ports.ts";
import type { Delivered, Post } from "./post.ts";
import { type Preferences, preferencesFrom, preferencesOf } from "./preferences.ts";
import type { Reply } from "./reply.ts";
import { type Place, placeKey, type Turn } from "./turn.ts";
import type { Plan, Tutor } from "./tutor.ts";

/** An adapter's side of one turn. */
export interface Caller {
  /**
   * Tells the platform that the turn is taken; called once, before anything slow. "form": a form was shown, and what is
   * filled in comes as a turn of its own.
   */
  acknowledge(plan: Plan): Promise<"answer" | "form">;
  post(reply: Reply, plan: Plan, key: string): Promise<Delivered>;
}

/**
 * What became of a turn. After `repeated` and `silent` nothing was acknowledged and nothing is to be said: the adapter
 * only closes the event in the platform's own way. `closed`: not taken at all, so that the platform may bring it again.
 */
export type Received = "answered" | "form" | "repeated" | "silent" | "later" | "closed";

export interface Desk {
  receive(turn: Turn, caller: Caller): Promise<Received>;
  /** Answers turns whose process died; resolves to how many. */
  recover(stopping?: AbortSignal): Promise<number>;
  /** May something be said in this thread without a mention: is it one of the tutor's, and does the channel want that? */
  follows(place: Place): Promise<boolean>;
  /** What a channel chose, for adapters that must know before anything is said. */
  preferences(place: Place): Promise<Preferences>;
  /** Takes no more turns and waits for those that are being answered. */
  stop(): Promise<void>;
}

export interface DeskParts {
  readonly tutor: Tutor;
  readonly inbox: Inbox;
  readonly limiter: Limiter;
  readonly limits: Limits;
  readonly settings: SettingsStore;
  readonly conversations: ConversationStore;
  /** How an answer is posted when the event that asked for it is long gone. */
  readonly post: Post;
  readonly clock: () => Ms;
  readonly log: Log;
  readonly pause?: (ms: number) => Promise<void>;
}

/** Longer than any answer takes; shorter than people wait for one after a crash. */
const LEASE_MS = 60_000;
const BATCH = 20;
/** A platform that asks for more patience gets the answer from `recover`. */
const PATIENCE_MS = 20_000;
const TRIES = 3;
const CHOSEN = 10_000;
const FRESH_MS = 30_000;

export function createDesk(parts: DeskParts): Desk {
  const { tutor, inbox, limiter, limits, settings, conversations, post, clock, log } = parts;
  const pause = parts.pause ?? ((ms: number) => new Promise<void>((done) => setTimeout(done, ms)));
  const held = createHold({ inbox, clock, log, leaseMs: LEASE_MS });
  const running = new Set<Promise<unknown>>();
  const chosen = new Map<string, { readonly at: Ms; readonly preferences: Preferences }>();
  let closed = false;

  async function take(turn: Turn, caller: Caller): Promise<Received> {
    const until = clock() + LEASE_MS;
    const taken = await held.claim(turn);
    if (!taken) return "repeated";
    const verdict = await admit(limiter, limits, turn).catch((err: unknown) => {
      log.warn({ err }, "limits not counted");
      return { kind: "ok" } as const;
    });
    if (verdict.kind === "silent") {
      await held.settle(taken);
      return "silent";
    }
    const heard = tutor.hear(turn);
    const plan: Plan = verdict.kind === "ok" ? heard : { ...heard, audience: "asker", form: undefined };
    await taken.landed;
    const next = await caller.acknowledge(plan).catch((err: unknown) => {
      log.warn({ err }, "turn not acknowledged");
      return "answer" as const;
    });
    if (next === "form") {
      await held.settle(taken);
      return "form";
    }
    const reply = verdict.kind === "ok" ? await tutor.answer(plan) : notice(verdict.retryMs);
    // Brought again after a worker died of it in mid-post: looked for before it is posted.
    return finish(taken, until, () =>
      taken.posting ? postAgain(taken, plan, reply) : caller.post(reply, plan, taken.key),
    );
  }

  const postAgain = ({ key, turn, posting }: Taken, plan: Plan, reply: Reply): Promise<Delivered> =>
    post(turn.place, reply, key, {
      again: posting,
      ...(plan.audience === "asker" ? { only: turn.person.id } : {}),
    });

  /** Posts and settles; what is put off for long stays unsettled, and `recover` posts it. */
  async function finish(taken: Held, until: Ms, say: () => Promise<Delivered>): Promise<Received> {
    if (clock() >= until || !(await held.begin(taken))) return "later";
    for (let tried = 1; clock() < until; tried++) {
      let delivered: Delivered;
      try {
        delivered = await say();
      } catch (err) {
        // It may be there or not: the next attempt checks before it posts.
        log.warn({ err }, "answer not posted");
        return "later";
      }
      if (delivered.kind !== "later") {
        if (delivered.kind !== "sent") log.warn({ outcome: delivered.kind }, "answer not posted");
        await held.settle(taken);
        return "answered";
      }
      if (tried >= TRIES || delivered.afterMs > PATIENCE_MS) break;
      await pause(delivered.afterMs);
    }
    await held.putOff(taken);
    return "later";
  }

  function track<T>(work: Promise<T>): Promise<T> {
    running.add(work);
    const done = () => void running.delete(work);
    work.then(done, done);
    return work;
  }

  return {
    receive: (turn, caller) => (closed ? Promise.resolve("closed") : track(take(turn, caller))),

    async recover(stopping) {
      let answered = 0;
      await held.closeUnkept();
      while (!closed && !stopping?.aborted) {
        const until = clock() + LEASE_MS;
        const batch = await inbox.abandoned(clock(), LEASE_MS, BATCH);
        if (!batch.length) break;
        for (const taken of batch) {
          const plan = tutor.hear(taken.turn);
          const outcome = await track(
            tutor
              .answer(plan)
              .then((reply) => finish({ ...taken, kept: true }, until, () => postAgain(taken, plan, reply))),
          );
          if (outcome === "answered") answered += 1;
        }
      }
      if (answered) log.info({ answered }, "turns of a process that died are answered");
      return answered;
    },

    async follows(place) {
      const thread = await conversations.recall(place).catch((err: unknown) => {
        log.warn({ err }, "thread not recalled");
        return undefined;
      });
      return thread !== undefined && (await preferences(place)).followUp;
    },

    preferences,

    async stop() {
      closed = true;
      await Promise.allSettled([...running]);
      await held.closeUnkept().catch((err: unknown) => log.warn({ err }, "turns stay open"));
    },
  };

  async function preferences(place: Place): Promise<Preferences> {
    const key = placeKey({ ...place, thread: "" });
    const known = chosen.get(key);
    if (known && clock() - known.at < FRESH_MS) return known.preferences;
    try {
      const preferences = await preferencesOf(settings, place);
      if (chosen.size >= CHOSEN) chosen.clear();
      chosen.set(key, { at: clock(), preferences });
      return preferences;
    } catch (err) {
      log.warn({ err }, "settings not read");
      return known?.preferences ?? preferencesFrom({});
    }
  }
}
