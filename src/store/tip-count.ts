/** How many deliveries ended how, ever: counted when they end, since records are deleted after their retention. */
import type { Place } from "../core/turn.ts";
import { type Sql, text } from "./db.ts";

/** Replicas that settle at once count on different rows. */
const SHARDS = 16;

export async function count(sql: Sql, outcome: string, place: Place, times: number): Promise<void> {
  const shard = [...place.channel].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % SHARDS;
  await sql.run(
    `insert into tip_count (outcome, shard, times) values (?, ?, ?)
     on conflict (outcome, shard) do update set times = tip_count.times + excluded.times`,
    [outcome, shard, times],
  );
}

export async function counts(sql: Sql): Promise<Readonly<Record<string, number>>> {
  const rows = await sql.all("select outcome, sum(times) as times from tip_count group by outcome");
  // PostgreSQL sums a bigint into a numeric, which arrives as text.
  return Object.fromEntries(rows.map((row) => [text(row.outcome), Number(row.times)]));
}
