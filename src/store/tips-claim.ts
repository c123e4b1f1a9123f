/** Claiming deliveries: abandoned ones first, then due subscriptions, in batches that do not hold the event loop. */
import type { Ms } from "../core/ports.ts";
import type { Crowd, Delivery, KeptSubscription, Occurrence, Subscription } from "../core/tips.ts";
import { type Db, maybe, number, type Row, type Sql, text, tuples } from "./db.ts";
import { keyOf } from "./keys.ts";
import { keptSubscription, placeOf, SUBSCRIPTION_COLUMNS } from "./subscription.ts";
import { count } from "./tip-count.ts";

/** SQLite is synchronous: five hundred at once held the loop for 282 ms. On PostgreSQL only our own part does. */
const MOST_AT_ONCE = { sqlite: 50, postgres: 200 } as const;

type OccurrenceOf = (subscription: Subscription, dueAt: Ms) => Occurrence;

interface Due {
  readonly subscription: KeptSubscription;
  readonly occurrence: Occurrence;
}

export interface Claim {
  readonly now: Ms;
  readonly leaseMs: number;
  readonly limit: number;
  readonly occurrence: OccurrenceOf;
  /** These count as due. */
  readonly early?: readonly Crowd[] | undefined;
}

/** Leases up to `limit` deliveries to the caller. */
export async function claimTips(db: Db, claim: Claim): Promise<readonly Delivery[]> {
  const { now, leaseMs, limit } = claim;
  const most = Math.min(limit, MOST_AT_ONCE[db.kind]);
  // A batch in which every date has its record already yields nothing, yet others may be due behind it.
  for (;;) {
    const batch = await db.transaction(async (sql) => {
      const abandoned = await takeAbandoned(sql, now, leaseMs, most);
      const due = await readDue(sql, most - abandoned.length, claim);
      return { seen: due.seen, deliveries: [...abandoned, ...(await record(sql, due.due, now + leaseMs))] };
    });
    if (batch.deliveries.length || batch.seen < most) return batch.deliveries;
  }
}

/** Recomputes next times that lie beyond a moment, so many at once; none lies there unless a clock ran ahead. */
export const bringForward = (db: Db, beyond: Ms, nextAt: (subscription: Subscription) => Ms): Promise<number> =>
  db.transaction(async (sql) => {
    const rows = await sql.all(
      `select ${SUBSCRIPTION_COLUMNS} from subscription where paused is null and next_at > ?
       order by next_at desc limit ? for update skip locked`,
      [beyond, MOST_AT_ONCE[db.kind]],
    );
    let brought = 0;
    for (const row of rows) {
      const subscription = keptSubscription(row);
      const at = nextAt(subscription);
      if (at < subscription.nextAt)
        brought += await sql.run(
          "update subscription set next_at = ? where platform = ? and community = ? and channel = ?",
          [at, ...channelOf(row)],
        );
    }
    return brought;
  });

/** Deliveries whose worker died, or that were put off until now. */
async function takeAbandoned(sql: Sql, now: Ms, leaseMs: number, limit: number): Promise<readonly Delivery[]> {
  const rows = await sql.all(
    `with lost as materialized (
       select platform as p, community as c, channel as ch, date as d from delivery
       where status = 'open' and leased_until <= ? order by leased_until limit ? for update skip locked)
     update delivery set attempts = attempts + 1, leased_until = ? from lost
     where platform = p and community = c and channel = ch and date = d
     returning platform, community, channel, date, due_at, tip, attempts`,
    [now, limit, now + leaseMs],
  );
  if (!rows.length) return [];
  const subscriptions = await sql.all(
    `with wanted (p, c, ch) as (values ${tuples(rows.length, "(?, ?, ?)")})
     select ${SUBSCRIPTION_COLUMNS} from wanted join subscription on platform = p and community = c and channel = ch`,
    rows.flatMap(channelOf),
  );
  const byChannel = new Map(subscriptions.map((row) => [keyOf(...channelOf(row)), keptSubscription(row)]));
  const found = rows.map((row) => ({ row, subscription: byChannel.get(keyOf(...channelOf(row))) }));
  for (const { row, subscription } of found) if (!subscription) await drop(sql, row);
  return found.flatMap(({ row, subscription }): Delivery[] =>
    subscription
      ? [
          {
            key: keyOf(...channelOf(row), text(row.date)),
            subscription,
            date: text(row.date),
            dueAt: number(row.due_at),
            tip: maybe(row.tip),
            attempts: number(row.attempts),
          },
        ]
      : [],
  );
}

/** Its subscription ended while it was being claimed, and then its worker died. */
async function drop(sql: Sql, row: Row): Promise<void> {
  await sql.run(
    "update delivery set status = 'skipped' where platform = ? and community = ? and channel = ? and date = ?",
    [...channelOf(row), text(row.date)],
  );
  await count(sql, "skipped", placeOf(row), 1);
}

/** Due subscriptions, held by this transaction; one whose time cannot be worked out is paused, not tried for ever. */
async function readDue(sql: Sql, limit: number, { now, occurrence: occurrenceOf, early = [] }: Claim) {
  const due: Due[] = [];
  if (limit <= 0) return { seen: 0, due };
  const rows = await sql.all(
    `select ${SUBSCRIPTION_COLUMNS} from subscription
     where paused is null and (next_at <= ?${" or (next_at = ? and platform = ? and zone = ?)".repeat(early.length)})
     order by next_at limit ? for update skip locked`,
    [now, ...early.flatMap(({ dueAt, platform, zone }) => [dueAt, platform, zone]), limit],
  );
  for (const row of rows) {
    const subscription = keptSubscription(row);
    try {
      const { date, nextAt } = occurrenceOf(subscription, subscription.nextAt);
      // A next time that is not in the future would be claimed in a circle.
      due.push({ subscription, occurrence: { date, nextAt: Math.max(nextAt, now + 1) } });
    } catch (error) {
      await sql.run("update subscription set paused = ? where platform = ? and community = ? and channel = ?", [
        `No next time can be worked out: ${error instanceof Error ? error.message : String(error)}`,
        ...channelOf(row),
      ]);
    }
  }
  return { seen: rows.length, due };
}

/** Writes the records and moves the subscriptions on; a date that has its record already yields no delivery. */
async function record(sql: Sql, due: readonly Due[], leasedUntil: Ms): Promise<readonly Delivery[]> {
  if (!due.length) return [];
  const recorded = await sql.all(
    `insert into delivery (platform, community, channel, date, due_at, status, attempts, leased_until)
     values ${tuples(due.length, "(?, ?, ?, ?, ?, 'open', 1, ?)")}
     on conflict (platform, community, channel, date) do nothing returning platform, community, channel`,
    due.flatMap(({ subscription, occurrence }) => [
      ...placeValues(subscription),
      occurrence.date,
      subscription.nextAt,
      leasedUntil,
    ]),
  );
  await sql.run(
    `with moved (p, c, ch, at) as (values ${tuples(due.length, "(?, ?, ?, cast(? as bigint))")})
     update subscription set next_at = at from moved where platform = p and community = c and channel = ch`,
    due.flatMap(({ subscription, occurrence }) => [...placeValues(subscription), occurrence.nextAt]),
  );
  const fresh = new Set(recorded.map((row) => keyOf(...channelOf(row))));
  return due.flatMap(({ subscription, occurrence }): Delivery[] =>
    fresh.has(keyOf(...placeValues(subscription)))
      ? [
          {
            key: keyOf(...placeValues(subscription), occurrence.date),
            subscription: { ...subscription, nextAt: occurrence.nextAt },
            date: occurrence.date,
            dueAt: subscription.nextAt,
            tip: undefined,
            attempts: 1,
          },
        ]
      : [],
  );
}

const placeValues = ({ place }: Subscription): readonly string[] => [place.platform, place.community, place.channel];
const channelOf = (row: Row): readonly string[] => [text(row.platform), text(row.community), text(row.channel)];
