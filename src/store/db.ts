/**
 * One SQL subset for SQLite and PostgreSQL: `?` placeholders, times as epoch milliseconds in bigint, booleans as 0 and
 * 1, JSON as text, `on conflict`, `returning`, and `for update skip locked`, which SQLite does without.
 */

export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

/** Statements; inside a transaction only its own may be used. */
export interface Sql {
  all(sql: string, values?: readonly Value[]): Promise<readonly Row[]>;
  /** How many rows it changed. */
  run(sql: string, values?: readonly Value[]): Promise<number>;
}

export interface Db extends Sql {
  readonly kind: "sqlite" | "postgres";
  /** The file, or server and database, as an operator knows it; never with a password. */
  readonly name: string;
  /** All or nothing. `work` may run again after a conflict and waits for nothing but its own statements. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** A transaction that only one process at a time runs and that may take minutes: for migrations. */
  alone<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Makes deleted bytes leave the file and its log too, as far as the database can. */
  scrub(): Promise<void>;
  close(): Promise<void>;
}

/** A text column. */
export function text(value: Value | undefined): string {
  if (typeof value !== "string") throw new TypeError(`The database gave ${String(value)} where a text was expected.`);
  return value;
}

/** A number column. */
export function number(value: Value | undefined): number {
  if (typeof value !== "number") throw new TypeError(`The database gave ${String(value)} where a number was expected.`);
  return value;
}

/** A text column that may be null. */
export const maybe = (value: Value | undefined): string | undefined => (typeof value === "string" ? value : undefined);

/** A JSON column that holds a list of texts. */
export function strings(value: Value | undefined): readonly string[] {
  const list: unknown = JSON.parse(text(value));
  return Array.isArray(list) ? list.filter((entry) => typeof entry === "string") : [];
}

/** `count` times the same tuple, for `values` lists. */
export const tuples = (count: number, tuple: string): string => Array(count).fill(tuple).join(", ");
