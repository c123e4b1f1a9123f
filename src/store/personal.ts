/**
 * Where the database names people: every text column of every table in one of these kinds. A test holds the list
 * against the real schema, so that a new table cannot be forgotten by `forget`.
 */

export interface Naming {
  /** The row is this person's: exported, deleted. */
  readonly person?: string;
  /** The row is the person's, known by a salted hash only: exported, deleted. */
  readonly hash?: string;
  /** Who did something that stays: exported, emptied. */
  readonly by?: readonly string[];
  /** Free text or JSON in which an id may stand: the id is replaced; exported where the table has no owner. */
  readonly mentions?: readonly string[];
  /** Names of things that are not people. */
  readonly things: readonly string[];
}

/** Columns of every place; a channel or community may be named after the person who talks to the tutor alone. */
export const PLACE: readonly string[] = ["platform", "community", "channel", "channel_community", "thread"];

export const NAMING: Readonly<Record<string, Naming>> = {
  schema_migration: { things: [] },
  store_fact: { things: ["name", "value"] },
  inbox: { person: "person", mentions: ["turn"], things: ["key"] },
  conversation: { things: ["concepts", "sections"] },
  subscription: { by: ["set_by"], mentions: ["paused"], things: ["zone", "areas", "level"] },
  delivery: { things: ["date", "tip", "status"] },
  tip_used: { things: ["tip"] },
  tip_count: { things: ["outcome"] },
  card: { person: "person", mentions: ["state"], things: ["question", "concept", "area"] },
  answer: { person: "person", things: ["key", "question", "date"] },
  learner_note: { person: "person", mentions: ["value"], things: ["name"] },
  reminder: { person: "person", things: ["zone"] },
  feedback: { person: "person", mentions: ["reason"], things: ["answer", "sections", "concepts"] },
  answer_about: { mentions: ["about"], things: ["id"] },
  wrong_section: { by: ["marked_by"], things: ["section", "page_version"] },
  gap: { hash: "person_hash", mentions: ["words"], things: ["topic", "concepts"] },
  setting: { mentions: ["value"], things: ["name"] },
  audit: { by: ["changed_by"], mentions: ["before_value", "after_value"], things: ["id", "setting"] },
  installation: { things: ["bot_token", "refresh_token", "bot_user", "bot_id", "scopes"] },
  installation_workspace: { things: ["organisation"] },
  spent_state: { things: ["state"] },
  departure: { things: [] },
  limiter_hit: { hash: "substr(key, 1, 22)", things: ["key"] },
};

/** A table that only counts or describes, without a community. */
export const WITHOUT_COMMUNITY: readonly string[] = [
  "schema_migration",
  "store_fact",
  "tip_count",
  "spent_state",
  "limiter_hit",
];

/** Tables in which a channel named after the person holds the person's own rows. */
export const BY_CHANNEL: readonly string[] = [
  "conversation",
  "subscription",
  "delivery",
  "tip_used",
  "setting",
  "audit",
];

/** Text columns of a real schema that the list above does not know. */
export function unnamed(columns: readonly { readonly table: string; readonly column: string }[]): readonly string[] {
  return columns
    .filter(({ table, column }) => {
      const naming = NAMING[table];
      if (!naming) return true;
      const known = [naming.person, naming.hash, ...(naming.by ?? []), ...(naming.mentions ?? []), ...naming.things];
      return !known.includes(column) && !(PLACE.includes(column) && !WITHOUT_COMMUNITY.includes(table));
    })
    .map(({ table, column }) => `${table}.${column}`);
}
