/** Communities that took the app away: everything of theirs goes after 30 days, unless they come back. */
import type { Community, Ms } from "../core/ports.ts";
import { type Db, type Sql, text } from "./db.ts";
import { NAMING, WITHOUT_COMMUNITY } from "./personal.ts";

const KEPT_MS = 30 * 86_400_000;
const COMMUNITIES = 20;
const ROWS = 500;
/** How each database names a row that is found without its key. */
const ROW = { sqlite: "rowid", postgres: "ctid" } as const;

export async function depart(sql: Sql, { platform, community }: Community, now: Ms): Promise<void> {
  await sql.run(
    `insert into departure (platform, community, left_at) values (?, ?, ?) on conflict (platform, community) do nothing`,
    [platform, community, now],
  );
}

export async function stay(sql: Sql, { platform, community }: Community): Promise<void> {
  await sql.run("delete from departure where platform = ? and community = ?", [platform, community]);
}

/** Removes what the long gone had, in small batches, and says how many rows. */
export async function sweepDepartures(db: Db, now: Ms): Promise<number> {
  const gone = await db.all("select platform, community from departure where left_at < ? limit ?", [
    now - KEPT_MS,
    COMMUNITIES,
  ]);
  let swept = 0;
  for (const { platform, community } of gone) {
    const key = [text(platform), text(community)];
    const tables = Object.keys(NAMING).filter((name) => !WITHOUT_COMMUNITY.includes(name) && name !== "departure");
    for (const table of tables) swept += await clear(db, table, "platform = ? and community = ?", key);
    // A reminder belongs to a person, who may stand in another community than its channel.
    swept += await clear(db, "reminder", "platform = ? and channel_community = ?", key);
    // Last, so that a sweep that was cut off is taken up again.
    swept += await db.run("delete from departure where platform = ? and community = ?", key);
  }
  return swept;
}

async function clear(db: Db, table: string, where: string, key: readonly string[]): Promise<number> {
  const row = ROW[db.kind];
  for (let total = 0; ; ) {
    const changed = await db.run(
      `delete from ${table} where ${row} in (select ${row} from ${table} where ${where} limit ?)`,
      [...key, ROWS],
    );
    total += changed;
    if (changed < ROWS) return total;
  }
}
