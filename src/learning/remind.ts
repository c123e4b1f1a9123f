/**
 * Daily reminders by direct message, for those who asked. Only when something is due, at most one a local date, never in
 * quiet hours, never long after their time; where direct messages are closed, off and told once where it was asked for.
 */
import type { Adapter } from "../core/adapter.ts";
import type { LearnerStore, Reminder, TakenReminder } from "../core/learners.ts";
import type { Log, Ms } from "../core/ports.ts";
import { about, type Reply } from "../core/reply.ts";
import { directPlace, type Platform } from "../core/turn.ts";
import type { Library } from "../library/library.ts";
import { short } from "./chance.ts";
import { DAY, lastDaily, localDate, localMinute, MINUTE, nextDaily, plural, within } from "./days.ts";
import { progressOf } from "./progress.ts";

/** Quiet hours where a learner names none. */
export const NIGHT = { from: 22 * 60, to: 7 * 60 } as const;

/** Later than this it is no reminder of that time any more. */
const LATEST = 120 * MINUTE;
const LEASE = 2 * MINUTE;
const BATCH = 20;
/** A daily reminder waits two days at most; what waits longer was set under a clock that ran ahead. */
const FURTHEST = 3 * DAY;
/** Note with the local dates of the last reminders, written before one is posted: a crash costs one, and repeats none. */
const REMINDED = "reminded";
/** More dates than one, since a clock can be set back. */
const DATES = 7;

export interface ReminderParts {
  readonly learners: LearnerStore;
  readonly library: () => Library;
  readonly adapter: (platform: Platform) => Pick<Adapter, "deliver"> | undefined;
  readonly log: Log;
}

export type ReminderCounts = Readonly<Record<"sent" | "unsure" | "skipped" | "later" | "gone", number>>;

/** Delivers what is due at `now`; resolves to what became of it. */
export async function deliverReminders(parts: ReminderParts, now: Ms): Promise<ReminderCounts> {
  const daily = ({ minute, zone }: Reminder) => nextDaily(minute, zone, now);
  const brought = await parts.learners.bringRemindersForward(now + FURTHEST, daily);
  if (brought) parts.log.warn({ brought }, "the clock was set back, reminders come when they are due now");
  const counts = { sent: 0, unsure: 0, skipped: 0, later: 0, gone: 0 };
  for (;;) {
    const taken = await parts.learners.claimReminders(now, LEASE, BATCH);
    if (!taken.length) return counts;
    for (const reminder of taken) {
      try {
        counts[await deliverOne(reminder, parts, now)] += 1;
      } catch (err) {
        // The lease runs out and it is tried again; the others go on.
        parts.log.warn({ err }, "reminder not delivered");
        counts.later += 1;
      }
    }
  }
}

async function deliverOne(reminder: TakenReminder, parts: ReminderParts, now: Ms): Promise<keyof ReminderCounts> {
  const { learners, library, adapter } = parts;
  const { person, minute, zone } = reminder;
  // A retry is due later than the reminder's own time, which decides its date and how late it is.
  const dueAt = lastDaily(minute, zone, reminder.nextAt);
  const tomorrow = nextDaily(minute, zone, Math.max(now, dueAt));
  const date = localDate(dueAt, zone);
  const to = adapter(person.platform);
  const quiet = within(localMinute(now, zone), reminder.quietFrom, reminder.quietTo);
  const notes = await learners.notes(person);
  const dates = (notes[REMINDED] ?? "").split(" ").filter(Boolean);
  const due = progressOf(await learners.cards(person), [], library(), now).due;
  if (!to || !due || quiet || now - dueAt > LATEST || dates.includes(date)) {
    await learners.settleReminder(reminder, tomorrow);
    return "skipped";
  }
  await learners.note(person, REMINDED, [...dates, date].slice(-DATES).join(" "));
  const delivered = await to.deliver(directPlace(person), reminderReply(due), keyFor("remind", person.person, date));
  switch (delivered.kind) {
    case "sent":
    case "unsure":
      await learners.settleReminder(reminder, tomorrow);
      return delivered.kind;
    case "later": {
      // Nothing was posted: the day is open again.
      await learners.note(person, REMINDED, notes[REMINDED]);
      await learners.settleReminder(reminder, Math.min(now + Math.max(delivered.afterMs, MINUTE), tomorrow));
      return "later";
    }
    case "gone":
      await learners.remind({ person, off: true });
      await to
        .deliver(reminder.place, closedReply(), keyFor("closed", person.person, date))
        .catch((err: unknown) => parts.log.warn({ err }, "closed direct messages not told"));
      return "gone";
    default:
      return delivered satisfies never;
  }
}

/** The same at every attempt and within a platform's nonce of 25 characters. */
const keyFor = (what: string, person: string, date: string): string =>
  `${what}-${short(person)}-${date.slice(2).replaceAll("-", "")}`;

function reminderReply(due: number): Reply {
  return {
    blocks: [
      {
        kind: "text",
        line: [
          `${plural(due, "question")} ${due === 1 ? "is" : "are"} ready to repeat: about ${plural(Math.max(1, Math.round(due / 3)), "minute")}.`,
        ],
      },
      {
        kind: "buttons",
        buttons: [
          { label: "Practise now", call: { command: "practice", args: {} } },
          { label: "Turn reminders off", call: { command: "practice", args: { what: "remind", time: "off" } } },
        ],
      },
    ],
    about: about("chat"),
  };
}

/** Said where the reminder was switched on, naming nobody. */
function closedReply(): Reply {
  return {
    blocks: [
      {
        kind: "text",
        line: [
          "A practice reminder that was switched on here could not be delivered, because my direct messages are closed to its owner. I have turned it off. Open direct messages and switch it on again with ",
          { kind: "code", text: "practice remind 18:00" },
          ".",
        ],
      },
    ],
    about: about("chat"),
  };
}
