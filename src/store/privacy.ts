/** Everything of a person's: shown, or gone. */
import type { PersonKey, PrivacyStore } from "../core/ports.ts";
import { type Db, maybe, type Sql, type Value } from "./db.ts";
import type { Hash } from "./keys.ts";
import { BY_CHANNEL, NAMING, type Naming, WITHOUT_COMMUNITY } from "./personal.ts";
import { sweep } from "./sweep.ts";

/** Stands where an id stood in a text. */
const SOMEONE = "someone";

export function createPrivacy(db: Db, hash: Hash): PrivacyStore {
  return {
    async export(person) {
      const found: Record<string, readonly object[]> = {};
      for (const [table, naming] of Object.entries(NAMING)) {
        const { where, values } = about(table, naming, person, hash);
        const rows = where ? await db.all(`select * from ${table} where ${where}`, values) : [];
        if (rows.length) found[table] = rows.map((row) => ({ ...row }));
      }
      return found;
    },

    async forget(person, now) {
      const changed = await db.transaction(async (sql) => {
        let rows = await closeTurns(sql, person, now);
        for (const [table, naming] of Object.entries(NAMING)) {
          const { where, values } = owned(table, naming, person, hash);
          if (where) rows += await sql.run(`delete from ${table} where ${where}`, values);
          for (const column of naming.by ?? [])
            rows += await sql.run(
              `update ${table} set ${column} = '' where platform = ? and community = ? and ${column} = ?`,
              [person.platform, person.community, person.person],
            );
          for (const column of naming.mentions ?? []) rows += await unmention(sql, table, column, person);
        }
        return rows;
      });
      await db.scrub(person.person);
      return changed;
    },

    sweep: (now, keep) => sweep(db, now, keep),
  };
}

/**
 * Turns in flight lose their text and count as answered; their keys stay, so that a redelivered event (perhaps this very
 * "forget me") is not answered again.
 */
const closeTurns = (sql: Sql, { platform, community, person }: PersonKey, now: number): Promise<number> =>
  sql.run(
    `update inbox set person = null, turn = null, settled_at = ?
     where platform = ? and community = ? and person = ?`,
    [now, platform, community, person],
  );

interface Condition {
  readonly where: string;
  readonly values: readonly Value[];
}

const anyOf = (parts: readonly (Condition | undefined)[]): Condition => {
  const set = parts.filter((part) => part !== undefined);
  return { where: set.map(({ where }) => `(${where})`).join(" or "), values: set.flatMap(({ values }) => values) };
};

/** Rows that are the person's own. */
function owned(table: string, naming: Naming, { platform, community, person }: PersonKey, hash: Hash): Condition {
  const inCommunity = (column: string, value: string): Condition =>
    WITHOUT_COMMUNITY.includes(table)
      ? { where: `${column} = ?`, values: [value] }
      : { where: `platform = ? and community = ? and ${column} = ?`, values: [platform, community, value] };
  return anyOf([
    naming.person ? inCommunity(naming.person, person) : undefined,
    naming.hash ? inCommunity(naming.hash, hash(platform, community, person)) : undefined,
    BY_CHANNEL.includes(table) ? inCommunity("channel", person) : undefined,
    // A conversation of two whose community is named after the person.
    WITHOUT_COMMUNITY.includes(table)
      ? undefined
      : { where: "platform = ? and community = ?", values: [platform, person] },
  ]);
}

/** Rows that say something about the person. */
function about(table: string, naming: Naming, person: PersonKey, hash: Hash): Condition {
  // A mention in what another person wrote is that person's.
  const mentioning = naming.person || naming.hash ? [] : (naming.mentions ?? []);
  const values = [person.platform, person.community];
  return anyOf([
    ...[owned(table, naming, person, hash)].filter(({ where }) => where),
    ...(naming.by ?? []).map((column) => ({
      where: `platform = ? and community = ? and ${column} = ?`,
      values: [...values, person.person],
    })),
    ...mentioning.map((column) => ({
      where: `platform = ? and community = ? and ${mentions(column)}`,
      values: [...values, person.person.toLowerCase()],
    })),
  ]);
}

/** True where the lower-case id stands somewhere in the column. */
const mentions = (column: string): string => `replace(lower(${column}), ?, '') <> lower(${column})`;

/** Replaces the id as a whole word: a short id is part of many words. */
async function unmention(sql: Sql, table: string, column: string, person: PersonKey): Promise<number> {
  const word = new RegExp(`(?<![\\p{L}\\p{N}_])${RegExp.escape(person.person)}(?![\\p{L}\\p{N}_])`, "giu");
  const where = `platform = ? and community = ?`;
  const rows = await sql.all(`select distinct ${column} as said from ${table} where ${where} and ${mentions(column)}`, [
    person.platform,
    person.community,
    person.person.toLowerCase(),
  ]);
  let changed = 0;
  for (const row of rows) {
    const before = maybe(row.said) ?? "";
    const after = before.replace(word, SOMEONE);
    if (after !== before)
      changed += await sql.run(`update ${table} set ${column} = ? where ${where} and ${column} = ?`, [
        after,
        person.platform,
        person.community,
        before,
      ]);
  }
  return changed;
}
