/** The timetable of a channel's tips: shown, set in plain words, stopped. */
import { TutorError } from "../core/errors.ts";
import type { Ms, SettingsStore } from "../core/ports.ts";
import { preferencesOf } from "../core/preferences.ts";
import { type Button, type Reply, remark } from "../core/reply.ts";
import type { KeptSubscription, TipStore } from "../core/tips.ts";
import { callFits, type Turn } from "../core/turn.ts";
import type { Library } from "../library/library.ts";
import { sayMinute } from "../time/clock.ts";
import { sayDays } from "../tips/days.ts";
import { deckOf, tipsFor } from "../tips/deck.ts";
import { firstMoment, subscriptionOf } from "../tips/plan.ts";
import { sayMoment, sayTimetable, typed } from "../tips/say.ts";
import { readWish, type Wish } from "../tips/when.ts";
import { tasteOf } from "../tips/write.ts";
import { type Moderates, personOf, requireModerator } from "./moderator.ts";
import { areasOf } from "./topics.ts";

export interface TimetableParts {
  readonly tips: TipStore;
  readonly settings: SettingsStore;
  readonly library: () => Library;
  readonly moderates: Moderates;
  readonly clock: () => Ms;
}

/** How tips are asked for. */
export const EXAMPLE = "tips here at 09:00 Europe/London weekdays";

async function requireSetter({ moderates, settings }: TimetableParts, turn: Turn): Promise<void> {
  if ((await preferencesOf(settings, turn.place)).tipsBy === "everyone") return;
  requireModerator(moderates, turn, "set daily tips");
}

/** What stands here, and what can be done about it. */
export async function showTips({ tips, library }: TimetableParts, turn: Turn): Promise<Reply> {
  const kept = await tips.subscription(turn.place);
  const one: Button = { label: "One now", call: { command: "tip", args: {} } };
  if (!kept) {
    const count = deckOf(library().pages).length;
    return remark(
      ["No daily tips are set here; I have ", `${count} of them. For example: `, { kind: "code", text: EXAMPLE }],
      [{ label: "Set them", call: { command: "tips.set", args: {} } }, one],
    );
  }
  const buttons: Button[] = [
    { label: "Change", call: { command: "tips.set", args: {} } },
    { label: "Turn off", call: { command: "tips", args: { when: "off" } } },
    one,
  ];
  return kept.paused === undefined
    ? remark([`Tips come here ${sayTimetable(kept)}. The next one: ${sayMoment(kept.nextAt, kept.zone)}.`], buttons)
    : remark(
        [`Tips are paused here: ${kept.paused} They were set to ${sayTimetable(kept)}.`],
        [...resume(kept), ...buttons.slice(1, 2)],
      );
}

/** A button that sets the same again. */
function resume(kept: KeptSubscription): readonly Button[] {
  const call = { command: "tips", args: { when: typed(kept) } };
  return callFits(call) ? [{ label: "Go on", call }] : [{ label: "Set them", call: { command: "tips.set", args: {} } }];
}

/** No more tips here. */
export async function stopTips(parts: TimetableParts, turn: Turn): Promise<Reply> {
  await requireSetter(parts, turn);
  const kept = await parts.tips.subscription(turn.place);
  if (!(await parts.tips.unsubscribe(turn.place)))
    return remark(["No daily tips were set here, so there is nothing to stop."]);
  await parts.settings.set(turn.place, "channel", "tips", undefined, personOf(turn), parts.clock());
  return remark(
    ["Daily tips are off here."],
    kept ? resume({ ...kept, paused: undefined }).map((each) => ({ ...each, label: "On again" })) : [],
  );
}

/** Reads a wish in plain words, keeps it and says when the next tip comes. */
export async function setTips(parts: TimetableParts, said: string, turn: Turn): Promise<Reply> {
  await requireSetter(parts, turn);
  const { tips, settings, library, clock } = parts;
  const shelf = library();
  const wish = readWish(said, areasOf(shelf));
  const before = await tips.subscription(turn.place);
  const wanted = subscriptionOf(wish, before, {
    place: turn.place,
    zone: turn.person.zone,
    setBy: turn.person.id,
  });
  if (!wanted) return askZone(said, wish);
  if (!tipsFor(deckOf(shelf.pages), await tasteOf(turn.place, wanted, settings)).length)
    throw new TutorError("learner", `I have no tips for ${sayTaste(wish)}.`, {
      hint: "Leave the level or a topic out.",
    });
  const next = await firstMoment(wanted, tips, clock());
  await tips.subscribe(wanted, next);
  await settings.set(turn.place, "channel", "tips", typed(wanted), personOf(turn), clock());
  return remark(
    [
      `${before ? "Changed" : "Done"}: a tip comes here ${sayTimetable(wanted)}. The next one: ${sayMoment(next, wanted.zone)}. `,
      { kind: "code", text: "tips off" },
      " stops them.",
    ],
    [{ label: "One now", call: { command: "tip", args: {} } }],
  );
}

const sayTaste = ({ areas, level }: Wish): string =>
  [...(level && level !== "all" ? [`level ${level}`] : []), ...(areas?.length ? [areas.join(", ")] : [])].join(
    " about ",
  ) || "that choice";

/** The platform does not know where this person is, and nobody said. */
function askZone(said: string, { minute, weekdays }: Wish): Reply {
  const clock = minute === undefined ? "" : sayMinute(minute);
  const args = { ...(clock ? { time: clock } : {}), ...(weekdays ? { days: sayDays(weekdays) } : {}) };
  const call = { command: "tips.set", args };
  return remark(
    [
      `In which time zone${clock ? ` is ${clock}` : ""}? Say it once more with the zone, for example: `,
      { kind: "code", text: `tips ${said.replace(/^\/?tips\s+/i, "").slice(0, 80)} Europe/London` },
    ],
    callFits(call) ? [{ label: "Choose the zone", call }] : [],
  );
}
