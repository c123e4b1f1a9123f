/** Turns as a desk holds them: kept in the inbox with a lease, and answered without it while the database is away. */
import type { Claimed, Inbox, Log, Ms, Taken } from "./ports.ts";
import type { Place, Turn } from "./turn.ts";

/** A turn that is ours to answer; not kept where the database was away. */
export type Held = Taken & { readonly kept: boolean };

export interface Hold {
  /** Undefined: not ours to answer. */
  claim(turn: Turn): Promise<(Held & Pick<Claimed, "landed">) | undefined>;
  /** May the answer be posted now? Where the database cannot say, it is answered once it can. */
  begin(held: Held): Promise<boolean>;
  /** The platform refused every attempt, so nothing stands there. */
  putOff(held: Held): Promise<void>;
  settle(held: Held): Promise<void>;
  /** What was answered while the database was away: what of its claims landed after all is not answered again. */
  closeUnkept(): Promise<void>;
}

const SEEN = 10_000;

export function createHold({
  inbox,
  clock,
  log,
  leaseMs,
}: {
  readonly inbox: Inbox;
  readonly clock: () => Ms;
  readonly log: Log;
  readonly leaseMs: Ms;
}): Hold {
  const seen = new Set<string>();
  const unkept = new Map<string, Pick<Turn, "id"> & { readonly place: Place }>();

  return {
    async claim(turn) {
      const { id, place } = turn;
      const event = JSON.stringify([place.platform, place.community, id]);
      const first = !seen.has(event);
      seen.add(event);
      dropOldest(seen);
      if (unkept.has(event)) return undefined;
      try {
        const taken = await inbox.claim(id, turn, clock(), leaseMs);
        if (typeof taken === "string") return undefined;
        // It survives the process all the same, so it is ours and closed in the end.
        const landed = taken.landed.catch((err: unknown) => log.warn({ err }, "turn not on the disk"));
        return { ...taken, kept: true, landed };
      } catch (err) {
        log.warn({ err }, "turn not kept");
        if (!first) return undefined;
        unkept.set(event, { id, place });
        dropOldest(unkept);
        return { key: inbox.key(id, place), turn, attempts: 1, posting: false, kept: false, landed: Promise.resolve() };
      }
    },

    async begin(held) {
      if (!held.kept) return true;
      return inbox.posting(held, true).catch((err: unknown) => {
        log.warn({ err }, "turn not marked, it is answered later");
        return false;
      });
    },

    async putOff(held) {
      if (!held.kept || held.posting) return;
      // Marked it would only be looked for before it is posted.
      await inbox.posting(held, false).catch((err: unknown) => log.warn({ err }, "turn stays marked"));
    },

    async settle(held) {
      if (!held.kept) return;
      // Unsettled it would be checked and settled by whoever takes it next.
      await inbox.settle(held, clock()).catch((err: unknown) => log.warn({ err }, "turn not settled"));
    },

    async closeUnkept() {
      for (const [event, { id, place }] of unkept) {
        await inbox.close(id, place, clock());
        unkept.delete(event);
      }
    },
  };
}

function dropOldest(kept: Set<string> | Map<string, unknown>): void {
  const oldest = kept.keys().next().value;
  if (kept.size > SEEN && oldest !== undefined) kept.delete(oldest);
}
