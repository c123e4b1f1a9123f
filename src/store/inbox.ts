/** Every platform event once: claimed with a lease before the platform is acknowledged, settled once answered. */
import type { Inbox, Taken } from "../core/ports.ts";
import type { Turn } from "../core/turn.ts";
import { type Db, type Early, json, number, text, type Value } from "./db.ts";
import { keyOf } from "./keys.ts";

/** A turn that its workers die of is given up after so many of them. */
const MOST_ATTEMPTS = 5;
/** SQLite holds the event loop while it works. */
const MOST_AT_ONCE = 50;

export function createInbox(db: Db): Inbox {
  /** On its way to the disk; a disk that fails then is reported by the next claim. */
  const written = async (sql: string, values: readonly Value[]): Promise<Early> => {
    const early = await db.early(sql, values);
    early.landed.catch(() => undefined);
    return early;
  };

  return {
    async claim(event, turn, now, leaseMs) {
      const { platform, community } = turn.place;
      const key = keyOf(platform, community, event);
      const { rows: taken, landed } = await written(
        `insert into inbox (platform, community, key, person, turn, attempts, leased_until, received_at)
           values (?, ?, ?, ?, ?, 1, ?, ?)
           on conflict (platform, community, key) do update
             set attempts = inbox.attempts + 1, leased_until = excluded.leased_until
             where inbox.settled_at is null and inbox.leased_until <= ? and inbox.attempts < ?
           returning turn, attempts, posting`,
        [platform, community, key, turn.person.id, JSON.stringify(turn), now + leaseMs, now, now, MOST_ATTEMPTS],
      );
      if (taken[0]) return { key, turn, attempts: number(taken[0].attempts), posting: taken[0].posting === 1, landed };
      const rows = await db.all(
        "select leased_until, settled_at, attempts from inbox where platform = ? and community = ? and key = ?",
        [platform, community, key],
      );
      const row = rows[0];
      if (!row || row.settled_at !== null) return "done";
      return number(row.attempts) >= MOST_ATTEMPTS && number(row.leased_until) <= now ? "done" : "busy";
    },

    async posting({ key, turn, attempts }, begun) {
      const { platform, community } = turn.place;
      // Not waited for on the disk: after a power cut `distrust` puts the mark back.
      const { rows } = await written(
        `update inbox set posting = ?
         where platform = ? and community = ? and key = ? and attempts = ? and settled_at is null returning key`,
        [begun ? 1 : 0, platform, community, key, attempts],
      );
      return rows.length > 0;
    },

    key: (event, { platform, community }) => keyOf(platform, community, event),

    async close(event, { platform, community }, now) {
      await db.run(
        `insert into inbox (platform, community, key, attempts, leased_until, received_at, settled_at)
           values (?, ?, ?, 1, ?, ?, ?)
           on conflict (platform, community, key) do update set settled_at = excluded.settled_at, turn = null, person = null
             where inbox.settled_at is null`,
        [platform, community, keyOf(platform, community, event), now, now, now],
      );
    },

    async settle({ key, turn, attempts }, now) {
      const { platform, community } = turn.place;
      // Not waited for either: without it the answer is looked for, found, and the turn settled.
      const { rows } = await written(
        `update inbox set settled_at = ?, turn = null, person = null
         where platform = ? and community = ? and key = ? and attempts = ? and settled_at is null returning key`,
        [now, platform, community, key, attempts],
      );
      return rows.length > 0;
    },

    async abandoned(now, leaseMs, limit) {
      const rows = await db.all(
        `with lost as materialized (
           select platform as p, community as c, key as k from inbox
           where settled_at is null and leased_until <= ? and attempts < ? and turn is not null
           order by leased_until limit ? for update skip locked)
         update inbox set attempts = attempts + 1, leased_until = ? from lost
         where platform = p and community = c and key = k
         returning key, turn, attempts, posting, received_at`,
        [now, MOST_ATTEMPTS, Math.min(limit, MOST_AT_ONCE), now + leaseMs],
      );
      return [...rows]
        .sort((a, b) => number(a.received_at) - number(b.received_at))
        .flatMap((row): Taken[] => {
          const turn = turnOf(json(row.turn));
          return turn ? [{ key: text(row.key), turn, attempts: number(row.attempts), posting: row.posting === 1 }] : [];
        });
    },
  };
}

/**
 * The mark of `posting` outlives the process at once, and the machine only as soon as the disk has it: where the machine was
 * booted since, every open turn may have been posted.
 */
export async function distrust(db: Db, boot: string): Promise<void> {
  await db.transaction(async (sql) => {
    const rows = await sql.all("select value from store_fact where name = 'boot'");
    if (rows[0]?.value === boot) return;
    await sql.run("update inbox set posting = 1 where settled_at is null");
    await sql.run(
      "insert into store_fact (name, value) values ('boot', ?) on conflict (name) do update set value = excluded.value",
      [boot],
    );
  });
}

/** Written by `claim`; undefined where an older version wrote another shape. */
function turnOf(turn: unknown): Turn | undefined {
  const sound = typeof turn === "object" && turn !== null && "person" in turn && "place" in turn && "said" in turn;
  return sound ? (turn as Turn) : undefined;
}
