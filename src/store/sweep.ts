/** Retention: deletes what is past its time, in batches that neither hold the event loop nor lock a table for long. */
import type { Ms, Retention } from "../core/ports.ts";
import type { Db } from "./db.ts";
import { sweepDepartures } from "./departures.ts";

const MOST_AT_ONCE = { sqlite: 200, postgres: 2000 } as const;
/** The longest that a turn's text is kept, whatever the retention of keys. */
const TEXT_MS = 86_400_000;
/** The limiter's own windows are an hour at most. */
const HOUR_MS = 3_600_000;

/** A table, its primary key, and which of its rows are past their time: `past` has one placeholder, the point in time. */
interface Broom {
  readonly table: string;
  readonly key: string;
  readonly past: string;
  readonly before: Ms;
}

/** How many rows were deleted or emptied. */
export async function sweep(db: Db, now: Ms, keep: Retention): Promise<number> {
  const brooms: readonly Broom[] = [
    broom("inbox", "key", "received_at < ?", now - keep.keys),
    broom("conversation", "channel, thread", "touched_at < ?", now - keep.conversations),
    broom("answer_about", "id", "at < ?", now - keep.conversations),
    broom("answer", "key", "at < ?", now - keep.quiz),
    broom("card", "person, question", "answered_at < ?", now - keep.quiz),
    // What a learner chose stays as long as the learner goes on; after the cards, which tell.
    broom("learner_note", "person, name", idle("learner_note"), now - keep.quiz),
    broom("reminder", "person", idle("reminder"), now - keep.quiz),
    broom("feedback", "answer, person", "at < ?", now - keep.quiz),
    broom("gap", "topic, person_hash, day", "at < ?", now - keep.quiz),
    broom("audit", "at, id", "at < ?", now - keep.audit),
    broom("delivery", "channel, date", "due_at < ? and status <> 'open'", now - keep.audit),
    broom("tip_used", "channel, tip", "at < ?", now - keep.audit),
    { table: "limiter_hit", key: "key", past: "expire < ?", before: now - HOUR_MS },
    { table: "spent_state", key: "state", past: "until_at < ?", before: now },
  ];
  let swept = (await emptyTurns(db, now)) + (await sweepDepartures(db, now));
  for (const each of brooms) swept += await clear(db, each);
  return swept;
}

const broom = (table: string, rest: string, past: string, before: Ms): Broom => ({
  table,
  key: `platform, community, ${rest}`,
  past,
  before,
});

/** Old, of a person of whom no answer is left. */
const idle = (table: string): string =>
  `at < ? and not exists (select 1 from card where card.platform = ${table}.platform
     and card.community = ${table}.community and card.person = ${table}.person)`;

/** Unanswered after a day: nobody waits any more. The key stays for its own time. */
const emptyTurns = (db: Db, now: Ms): Promise<number> =>
  repeated(db, (limit) =>
    db.run(
      `with old as materialized (
         select platform as p, community as c, key as k from inbox
         where settled_at is null and received_at < ? limit ? for update skip locked)
       update inbox set turn = null, person = null, settled_at = ? from old
       where platform = p and community = c and key = k`,
      [now - TEXT_MS, limit, now],
    ),
  );

/** Two replicas that sweep at once take different rows. */
const clear = (db: Db, { table, key, past, before }: Broom): Promise<number> =>
  repeated(db, (limit) =>
    db.run(
      `with old as materialized (select ${key} from ${table} where ${past} limit ? for update skip locked)
       delete from ${table} where (${key}) in (select ${key} from old)`,
      [before, limit],
    ),
  );

async function repeated(db: Db, batch: (limit: number) => Promise<number>): Promise<number> {
  const limit = MOST_AT_ONCE[db.kind];
  for (let total = 0; ; ) {
    const changed = await batch(limit);
    total += changed;
    if (changed < limit) return total;
  }
}
