/** Daily tips: who wants them where, which were posted, and what became of each delivery. */
import type { Ms } from "../core/ports.ts";
import type { TipStore } from "../core/tips.ts";
import type { Place, Platform } from "../core/turn.ts";
import { type Db, number, type Sql, text, type Value } from "./db.ts";
import { keptSubscription, SUBSCRIPTION_COLUMNS } from "./subscription.ts";
import { count, counts } from "./tip-count.ts";
import { bringForward, claimTips } from "./tips-claim.ts";

export function createTips(db: Db, clock: () => Ms): TipStore {
  return {
    async subscribe(subscription, nextAt) {
      const { minute, zone, weekdays, areas, level, setBy } = subscription;
      await db.run(
        `insert into subscription
           (platform, community, channel, minute, zone, weekdays, areas, level, set_by, next_at, paused)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null)
         on conflict (platform, community, channel) do update
           set minute = excluded.minute, zone = excluded.zone, weekdays = excluded.weekdays, areas = excluded.areas,
             level = excluded.level, set_by = excluded.set_by, next_at = excluded.next_at, paused = null`,
        [...channelOf(subscription.place), minute, zone, weekdays, JSON.stringify(areas), level ?? null, setBy, nextAt],
      );
    },

    unsubscribe: (place) =>
      db.transaction(async (sql) => {
        // The records stay: subscribing again must not post a second tip today.
        const dropped = await sql.run(
          `update delivery set status = 'skipped'
           where platform = ? and community = ? and channel = ? and status = 'open'`,
          channelOf(place),
        );
        if (dropped) await count(sql, "skipped", place, dropped);
        const removed = await sql.run(
          "delete from subscription where platform = ? and community = ? and channel = ?",
          channelOf(place),
        );
        return removed > 0;
      }),

    async subscription(place) {
      const rows = await db.all(
        `select ${SUBSCRIPTION_COLUMNS} from subscription where platform = ? and community = ? and channel = ?`,
        channelOf(place),
      );
      return rows[0] && keptSubscription(rows[0]);
    },

    claim: (now, leaseMs, limit, occurrence, early) => claimTips(db, { now, leaseMs, limit, occurrence, early }),

    async crowds(until) {
      const rows = await db.all(
        `select platform, zone, next_at, count(*) as waiting from subscription
         where paused is null and next_at <= ? group by platform, zone, next_at order by next_at, platform, zone`,
        [until],
      );
      return rows.map((row) => ({
        platform: text(row.platform) as Platform,
        zone: text(row.zone),
        dueAt: number(row.next_at),
        count: number(row.waiting),
      }));
    },

    bringForward: (beyond, nextAt) => bringForward(db, beyond, nextAt),

    async recorded(place, date) {
      const rows = await db.all(
        "select 1 as found from delivery where platform = ? and community = ? and channel = ? and date = ?",
        [...channelOf(place), date],
      );
      return rows.length > 0;
    },

    choose: ({ subscription: { place }, date, attempts }, tip) =>
      db.transaction(async (sql) => {
        const held = await sql.run(
          `update delivery set tip = ?
           where platform = ? and community = ? and channel = ? and date = ? and attempts = ? and status = 'open'`,
          [tip, ...channelOf(place), date, attempts],
        );
        if (held) await use(sql, place, tip, clock());
        return held > 0;
      }),

    use: (place, tip) => use(db, place, tip, clock()),

    async used(place) {
      const rows = await db.all(
        "select tip from tip_used where platform = ? and community = ? and channel = ? order by tip",
        channelOf(place),
      );
      return rows.map((row) => text(row.tip));
    },

    async forgetUsed(place) {
      await db.run("delete from tip_used where platform = ? and community = ? and channel = ?", channelOf(place));
    },

    settle: ({ subscription: { place }, date, attempts }, outcome, now) =>
      db.transaction(async (sql) => {
        const later = outcome.kind === "later";
        const held = await sql.run(
          `update delivery set status = ?, leased_until = ?
           where platform = ? and community = ? and channel = ? and date = ? and attempts = ? and status = 'open'`,
          [later ? "open" : outcome.kind, later ? outcome.at : now, ...channelOf(place), date, attempts],
        );
        if (!held) return false;
        if (outcome.kind === "later" && !outcome.again) await giveBack(sql, place, date);
        if (outcome.kind === "gone")
          await sql.run("update subscription set paused = ? where platform = ? and community = ? and channel = ?", [
            outcome.reason,
            ...channelOf(place),
          ]);
        if (!later) await count(sql, outcome.kind, place, 1);
        return true;
      }),

    counts: () => counts(db),
  };
}

/** A thread counts as its channel: one tip a channel and date. */
const channelOf = (place: Place): readonly Value[] => [place.platform, place.community, place.channel];

async function use(sql: Sql, place: Place, tip: string, at: Ms): Promise<void> {
  await sql.run(
    `insert into tip_used (platform, community, channel, tip, at) values (?, ?, ?, ?, ?)
     on conflict (platform, community, channel, tip) do update set at = excluded.at`,
    [...channelOf(place), tip, at],
  );
}

/** Nothing was posted: the tip is as good as unused, and the next attempt need not check for it. */
async function giveBack(sql: Sql, place: Place, date: string): Promise<void> {
  const delivery = [...channelOf(place), date];
  await sql.run(
    `delete from tip_used where platform = ? and community = ? and channel = ? and tip =
       (select tip from delivery where platform = ? and community = ? and channel = ? and date = ?)`,
    [...channelOf(place), ...delivery],
  );
  await sql.run(
    "update delivery set tip = null where platform = ? and community = ? and channel = ? and date = ?",
    delivery,
  );
}
