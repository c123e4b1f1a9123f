/** A subscription as a row and back. */
import type { KeptSubscription, Level } from "../core/tips.ts";
import type { Place, Platform } from "../core/turn.ts";
import { maybe, number, type Row, strings, text } from "./db.ts";

export const SUBSCRIPTION_COLUMNS =
  "platform, community, channel, minute, zone, weekdays, areas, level, set_by, next_at, paused";

const LEVELS: readonly Level[] = ["beginner", "intermediate", "advanced"];

/** The channel of a row, written from a Place of this very type. */
export const placeOf = (row: Row): Place => ({
  platform: text(row.platform) as Platform,
  community: text(row.community),
  channel: text(row.channel),
});

export const keptSubscription = (row: Row): KeptSubscription => ({
  place: placeOf(row),
  minute: number(row.minute),
  zone: text(row.zone),
  weekdays: number(row.weekdays),
  areas: strings(row.areas),
  level: LEVELS.find((level) => level === row.level),
  setBy: text(row.set_by),
  nextAt: number(row.next_at),
  paused: maybe(row.paused),
});
