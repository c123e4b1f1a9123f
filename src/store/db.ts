/**
 * One SQL subset for SQLite and PostgreSQL: `?` placeholders, times as epoch milliseconds in bigint, booleans as 0 and
 * 1, JSON as text, `on conflict`, `returning`, and `for update skip locked`, which SQLite does without.
 */

import { TutorError } from "../core/errors.ts";

const DAMAGED = "Stop the tutor and put a backup back (SQLite: `npm run restore -- FILE`).";

export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

/** Statements; inside a transaction only its own may be used. */
export interface Sql {
  all(sql: string, values?: readonly Value[]): Promise<readonly Row[]>;
  /** How many rows it changed. */
  run(sql: string, values?: readonly Value[]): Promise<number>;
}

export interface Early {
  readonly rows: readonly Row[];
  readonly landed: Promise<void>;
}

export interface Db extends Sql {
  readonly kind: "sqlite" | "postgres";
  /** The file, or server and database, as an operator knows it; never with a password. */
  readonly name: string;
  /** All or nothing. `work` may run again after a conflict and waits for nothing but its own statements. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /**
   * A transaction that survives the process at once, and a power cut as soon as the next one that is awaited on the disk:
   * for what costs little when it is lost and should not hold an answer up.
   */
  soon<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** One statement whose rows are there before it is as durable as `all` makes it; `landed` says when it is. */
  early(sql: string, values?: readonly Value[]): Promise<Early>;
  /** A transaction that only one process at a time runs and that may take minutes: for migrations. */
  alone<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Makes a deleted text leave the bytes of the file and its log too, as far as the database can. */
  scrub(text: string): Promise<void>;
  /** Rejects where the disk is so full that only the smallest writes still pass. */
  room(): Promise<void>;
  close(): Promise<void>;
}

/** A text column. */
export function text(value: Value | undefined): string {
  return typeof value === "string" ? value : unexpected(value, "a text");
}

/** A number column. */
export function number(value: Value | undefined): number {
  return typeof value === "number" ? value : unexpected(value, "a number");
}

/** A column that the statement does not read is a bug; a wrong value is a damage that quick_check cannot see. */
function unexpected(value: Value | undefined, wanted: string): never {
  if (value === undefined) throw new TypeError(`A statement does not read a column of which ${wanted} was expected.`);
  throw new TutorError("dependency", `The database holds a ${typeof value} where ${wanted} was expected.`, {
    hint: DAMAGED,
  });
}

/** What a JSON column holds. */
export function json(value: Value | undefined): unknown {
  try {
    return JSON.parse(text(value));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new TutorError("dependency", "The database holds a text where JSON was expected.", {
      hint: DAMAGED,
      cause: error,
    });
  }
}

/** A text column that may be null. */
export const maybe = (value: Value | undefined): string | undefined => (typeof value === "string" ? value : undefined);

/** A JSON column that holds a list of texts. */
export function strings(value: Value | undefined): readonly string[] {
  const list = json(value);
  return Array.isArray(list) ? list.filter((entry) => typeof entry === "string") : [];
}

/** `count` times the same tuple, for `values` lists. */
export const tuples = (count: number, tuple: string): string => Array(count).fill(tuple).join(", ");
