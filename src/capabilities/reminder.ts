/** `practice remind`: when to remind a learner, told back with time, zone and next day. */
import { TutorError } from "../core/errors.ts";
import type { Reminder } from "../core/learners.ts";
import { about, type Block, type Reply } from "../core/reply.ts";
import type { Turn } from "../core/turn.ts";
import { nextDaily, within } from "../learning/days.ts";
import { personOf, ZONE } from "../learning/learner.ts";
import { NIGHT } from "../learning/remind.ts";
import { readTime, sayMinute } from "../time/clock.ts";
import { readZone } from "../time/zone.ts";
import type { Learning } from "./judge.ts";
import { steps } from "./question.ts";

interface Wish {
  readonly time?: string | undefined;
  readonly zone?: string | undefined;
  readonly quiet?: string | undefined;
}

/** Sets, tells or turns off the learner's one reminder. */
export async function remind(
  { time, zone: said, quiet }: Wish,
  turn: Turn,
  { learners, clock }: Learning,
): Promise<Reply> {
  const person = personOf(turn);
  const now = clock();
  const kept = await learners.reminder(person);
  if (!time) return told(kept);
  if (/^(?:off|stop|never|none)$/i.test(time)) {
    await learners.remind({ person, off: true });
    return confirm(kept ? "Your practice reminder is off." : "You had no practice reminder; it stays off.");
  }
  const minute = readTime(time);
  const notes = await learners.notes(person);
  const known = said ?? turn.person.zone ?? kept?.zone ?? notes[ZONE];
  if (!known)
    throw new TutorError("learner", "I do not know your time zone.", {
      hint: `Name it as well: \`practice remind ${sayMinute(minute)} Europe/London\`.`,
    });
  const zone = readZone(known);
  const hours = quiet ? readQuiet(quiet) : within(minute, NIGHT.from, NIGHT.to) ? { from: 0, to: 0 } : NIGHT;
  if (within(minute, hours.from, hours.to))
    throw new TutorError(
      "learner",
      `${sayMinute(minute)} lies within your quiet hours, ${sayMinute(hours.from)}-${sayMinute(hours.to)}.`,
      { hint: "Choose another time or other quiet hours." },
    );
  const nextAt = nextDaily(minute, zone, now);
  const reminder: Reminder = {
    person,
    place: turn.place,
    minute,
    zone,
    quietFrom: hours.from,
    quietTo: hours.to,
    nextAt,
  };
  await learners.remind(reminder);
  await learners.note(person, ZONE, zone);
  return told(reminder);
}

function readQuiet(said: string): { from: number; to: number } {
  const [from, to, more] = said.split(/(?<!\s)\s*(?:-|–|to|until)\s*/i);
  if (!from || !to || more !== undefined)
    throw new TutorError("learner", "Quiet hours have a beginning and an end.", {
      hint: "Write them like 22:00-07:00.",
    });
  return { from: readTime(from), to: readTime(to) };
}

function told(reminder: Reminder | undefined): Reply {
  if (!reminder)
    return confirm("You have no practice reminder. Switch one on with a time and your zone: ", {
      kind: "code",
      text: "practice remind 18:00 Europe/London",
    });
  const { minute, zone, quietFrom, quietTo, nextAt } = reminder;
  const day = Temporal.Instant.fromEpochMilliseconds(nextAt)
    .toZonedDateTimeISO(zone)
    .toLocaleString("en-GB", { weekday: "long", day: "numeric", month: "long" });
  const quiet = quietFrom === quietTo ? "" : ` and never between ${sayMinute(quietFrom)} and ${sayMinute(quietTo)}`;
  return {
    blocks: [
      {
        kind: "text",
        line: [
          `I will remind you by direct message at ${sayMinute(minute)} ${zone}, the next time on ${day}: only when something is due, at most once a day${quiet}.`,
        ],
      },
      ...steps([{ label: "Turn it off", call: { command: "practice", args: { what: "remind", time: "off" } } }]),
    ],
    about: about("chat"),
  };
}

const confirm = (...line: Extract<Block, { kind: "text" }>["line"][number][]): Reply => ({
  blocks: [{ kind: "text", line }],
  about: about("chat"),
});
