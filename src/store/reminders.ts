/** Reminders to practise: one a person, claimed with a lease like tips. */
import type { LearnerStore, Reminder } from "../core/learners.ts";
import type { Ms, PersonKey } from "../core/ports.ts";
import type { Platform } from "../core/turn.ts";
import { type Db, maybe, number, type Row, text, tuples, type Value } from "./db.ts";

const MOST_AT_ONCE = 50;
const COLUMNS =
  "platform, community, person, channel_community, channel, thread, minute, zone, quiet_from, quiet_to, next_at";
const OF_PERSON = "platform = ? and community = ? and person = ?";

type Reminders = Pick<
  LearnerStore,
  "remind" | "reminder" | "bringRemindersForward" | "claimReminders" | "settleReminder"
>;

export function createReminders(db: Db, clock: () => Ms): Reminders {
  return {
    async remind(reminder) {
      const who = personValues(reminder.person);
      if ("off" in reminder) {
        await db.run(`delete from reminder where ${OF_PERSON}`, who);
        return;
      }
      const { place, minute, zone, quietFrom, quietTo, nextAt } = reminder;
      await db.run(
        `insert into reminder (${COLUMNS}, at, attempts, leased_until) values (${tuples(12, "?")}, 0, 0)
         on conflict (platform, community, person) do update
           set channel_community = excluded.channel_community, channel = excluded.channel, thread = excluded.thread,
             minute = excluded.minute, zone = excluded.zone, quiet_from = excluded.quiet_from,
             quiet_to = excluded.quiet_to, next_at = excluded.next_at, at = excluded.at, attempts = 0, leased_until = 0`,
        [
          ...who,
          place.community,
          place.channel,
          place.thread ?? null,
          minute,
          zone,
          quietFrom,
          quietTo,
          nextAt,
          clock(),
        ],
      );
    },

    async reminder(person) {
      const rows = await db.all(`select ${COLUMNS} from reminder where ${OF_PERSON}`, personValues(person));
      return rows[0] && reminderOf(rows[0]);
    },

    bringRemindersForward: (beyond, nextAt) =>
      db.transaction(async (sql) => {
        const rows = await sql.all(
          `select ${COLUMNS} from reminder where next_at > ? or leased_until > ? limit ? for update skip locked`,
          [beyond, beyond, MOST_AT_ONCE],
        );
        for (const row of rows) {
          const reminder = reminderOf(row);
          await sql.run(`update reminder set next_at = ?, leased_until = 0 where ${OF_PERSON}`, [
            Math.min(reminder.nextAt, nextAt(reminder)),
            ...personValues(reminder.person),
          ]);
        }
        return rows.length;
      }),

    async claimReminders(now, leaseMs, limit) {
      const rows = await db.all(
        `with due as materialized (
           select platform as p, community as c, person as who from reminder
           where next_at <= ? and leased_until <= ? order by next_at limit ? for update skip locked)
         update reminder set attempts = attempts + 1, leased_until = ? from due
         where platform = p and community = c and person = who
         returning ${COLUMNS}, attempts`,
        [now, now, Math.min(limit, MOST_AT_ONCE), now + leaseMs],
      );
      return rows.map((row) => ({ ...reminderOf(row), attempts: number(row.attempts) }));
    },

    async settleReminder({ person, attempts, nextAt: claimed }, nextAt) {
      // Attempts start anew after each reminder, so the moment it was due for belongs to the fence.
      const held = await db.run(
        `update reminder set next_at = ?, attempts = 0, leased_until = 0
         where ${OF_PERSON} and attempts = ? and next_at = ?`,
        [nextAt, ...personValues(person), attempts, claimed],
      );
      return held > 0;
    },
  };
}

const personValues = ({ platform, community, person }: PersonKey): readonly Value[] => [platform, community, person];

function reminderOf(row: Row): Reminder {
  const platform = text(row.platform) as Platform;
  const thread = maybe(row.thread);
  return {
    person: { platform, community: text(row.community), person: text(row.person) },
    place: {
      platform,
      community: text(row.channel_community),
      channel: text(row.channel),
      ...(thread === undefined ? {} : { thread }),
    },
    minute: number(row.minute),
    zone: text(row.zone),
    quietFrom: number(row.quiet_from),
    quietTo: number(row.quiet_to),
    nextAt: number(row.next_at),
  };
}
