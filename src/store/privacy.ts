/** Everything of a person's: shown, or gone; in every community, where an id is the same person in all of them. */
import type { PersonKey, PrivacyStore } from "../core/ports.ts";
import { type Platform, sameEverywhere } from "../core/turn.ts";
import { type Db, maybe, type Sql, type Value } from "./db.ts";
import { type Hash, identity } from "./keys.ts";
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
          for (const column of naming.by ?? []) {
            const { where, values } = by(column, person);
            rows += await sql.run(`update ${table} set ${column} = '' where ${where}`, values);
          }
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
function closeTurns(sql: Sql, person: PersonKey, now: number): Promise<number> {
  const { where, values } = by("person", person);
  return sql.run(`update inbox set person = null, turn = null, settled_at = ? where ${where}`, [now, ...values]);
}

interface Condition {
  readonly where: string;
  readonly values: readonly Value[];
}

/** Rows of the communities in which the id is this person's. */
const reach = ({ platform, community }: PersonKey): Condition =>
  sameEverywhere(platform as Platform)
    ? { where: "platform = ?", values: [platform] }
    : { where: "platform = ? and community = ?", values: [platform, community] };

/** Those among them that hold the id in a column. */
function by(column: string, person: PersonKey): Condition {
  const { where, values } = reach(person);
  return { where: `${where} and ${column} = ?`, values: [...values, person.person] };
}

const anyOf = (parts: readonly (Condition | undefined)[]): Condition => {
  const set = parts.filter((part) => part !== undefined);
  return { where: set.map(({ where }) => `(${where})`).join(" or "), values: set.flatMap(({ values }) => values) };
};

/** Rows that are the person's own. */
function owned(table: string, naming: Naming, person: PersonKey, hash: Hash): Condition {
  const alone = WITHOUT_COMMUNITY.includes(table);
  const { where, values } = alone ? { where: "1 = 1", values: [] } : reach(person);
  return anyOf([
    naming.person ? by(naming.person, person) : undefined,
    naming.hash
      ? { where: `${where} and ${naming.hash} = ?`, values: [...values, hash(...identity(person))] }
      : undefined,
    BY_CHANNEL.includes(table) ? by("channel", person) : undefined,
    // A conversation of two whose community is named after the person.
    alone ? undefined : { where: "platform = ? and community = ?", values: [person.platform, person.person] },
  ]);
}

/** Rows that say something about the person. */
function about(table: string, naming: Naming, person: PersonKey, hash: Hash): Condition {
  // A mention in what another person wrote is that person's.
  const mentioning = naming.person || naming.hash ? [] : (naming.mentions ?? []);
  return anyOf([
    ...[owned(table, naming, person, hash)].filter(({ where }) => where),
    ...(naming.by ?? []).map((column) => by(column, person)),
    ...mentioning.map((column) => mentioned(column, person)),
  ]);
}

/** Rows in whose column the id stands somewhere, in any case of its letters. */
function mentioned(column: string, person: PersonKey): Condition {
  const { where, values } = reach(person);
  return {
    where: `${where} and replace(lower(${column}), ?, '') <> lower(${column})`,
    values: [...values, person.person.toLowerCase()],
  };
}

/** Replaces the id as a whole word: a short id is part of many words. */
async function unmention(sql: Sql, table: string, column: string, person: PersonKey): Promise<number> {
  const word = new RegExp(`(?<![\\p{L}\\p{N}_])${RegExp.escape(person.person)}(?![\\p{L}\\p{N}_])`, "giu");
  const { where, values } = mentioned(column, person);
  const rows = await sql.all(`select distinct ${column} as said from ${table} where ${where}`, values);
  const { where: there, values: reached } = reach(person);
  let changed = 0;
  for (const row of rows) {
    const before = maybe(row.said) ?? "";
    const after = before.replace(word, SOMEONE);
    if (after !== before)
      changed += await sql.run(`update ${table} set ${column} = ? where ${there} and ${column} = ?`, [
        after,
        ...reached,
        before,
      ]);
  }
  return changed;
}
