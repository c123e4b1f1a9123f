/** What learners know: a card a question, every answer once, small notes, the board. */
import type { Card, LearnerStore } from "../core/learners.ts";
import type { Ms, PersonKey } from "../core/ports.ts";
import { type Db, number, type Row, text, type Value } from "./db.ts";
import { keyOf } from "./keys.ts";
import { createReminders } from "./reminders.ts";

const CARD_COLUMNS = "question, concept, area, state, due_at, was_right, answers";
const OF_PERSON = "platform = ? and community = ? and person = ?";

export function createLearners(db: Db, clock: () => Ms): LearnerStore {
  const cards = async (person: PersonKey, rest: string, values: readonly Value[] = []): Promise<readonly Card[]> => {
    const sql = `select ${CARD_COLUMNS} from card where ${OF_PERSON} ${rest}`;
    return (await db.all(sql, [...personValues(person), ...values])).map(cardOf);
  };

  return {
    ...createReminders(db, clock),

    score: ({ key, person, card, picked, at, date }) =>
      db.transaction(async (sql) => {
        const right = card.right ? 1 : 0;
        const fresh = await sql.run(
          `insert into answer (platform, community, key, person, question, picked, was_right, at, date)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (platform, community, key) do nothing`,
          [
            person.platform,
            person.community,
            keyOf(person.platform, person.community, key),
            person.person,
            card.question,
            picked,
            right,
            at,
            date,
          ],
        );
        if (!fresh) return "repeated";
        await sql.run(
          `insert into card (platform, community, person, ${CARD_COLUMNS}, answered_at)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)
           on conflict (platform, community, person, question) do update
             set concept = excluded.concept, area = excluded.area, state = excluded.state, due_at = excluded.due_at,
               was_right = excluded.was_right, answers = card.answers + 1, answered_at = excluded.answered_at`,
          [...personValues(person), card.question, card.concept, card.area, card.state, card.dueAt, right, at],
        );
        return "scored";
      }),

    card: async (person, question) => (await cards(person, "and question = ?", [question]))[0],
    cards: (person) => cards(person, "order by area, concept, question"),
    due: (person, now, limit) => cards(person, "and due_at <= ? order by due_at, question limit ?", [now, limit]),
    missed: (person, limit) => cards(person, "and was_right = 0 order by answered_at desc, question limit ?", [limit]),

    async days(person, limit) {
      const rows = await db.all(`select distinct date from answer where ${OF_PERSON} order by date desc limit ?`, [
        ...personValues(person),
        limit,
      ]);
      return rows.map((row) => text(row.date));
    },

    async note(person, name, value) {
      if (value === undefined)
        await db.run(`delete from learner_note where ${OF_PERSON} and name = ?`, [...personValues(person), name]);
      else
        await db.run(
          `insert into learner_note (platform, community, person, name, value, at) values (?, ?, ?, ?, ?, ?)
           on conflict (platform, community, person, name) do update set value = excluded.value, at = excluded.at`,
          [...personValues(person), name, value, clock()],
        );
    },

    async notes(person) {
      const rows = await db.all(
        `select name, value from learner_note where ${OF_PERSON} order by name`,
        personValues(person),
      );
      return Object.fromEntries(rows.map((row) => [text(row.name), text(row.value)]));
    },

    async board({ platform, community }, since, now) {
      const rows = await db.all(
        `select n.person as person,
           cast(coalesce(sum(case when a.at < ? then a.was_right else 0 end), 0) as bigint) as before,
           cast(coalesce(sum(case when a.at >= ? then a.was_right else 0 end), 0) as bigint) as since
         from learner_note n left join answer a
           on a.platform = n.platform and a.community = n.community and a.person = n.person and a.at >= ? and a.at <= ?
         where n.platform = ? and n.community = ? and n.name = 'board' and n.value = 'on'
         group by n.person order by n.person`,
        [since, since, since - (now - since), now, platform, community],
      );
      return rows.map((row) => ({
        person: text(row.person),
        before: number(row.before),
        since: number(row.since),
      }));
    },
  };
}

const personValues = ({ platform, community, person }: PersonKey): readonly Value[] => [platform, community, person];

const cardOf = (row: Row): Card => ({
  question: text(row.question),
  concept: text(row.concept),
  area: text(row.area),
  state: text(row.state),
  dueAt: number(row.due_at),
  right: row.was_right === 1,
  answers: number(row.answers),
});
