/** Settings of channels and communities, each change with its audit line. */
import type { SettingsStore } from "../core/ports.ts";
import type { Place } from "../core/turn.ts";
import { type Db, maybe, number, text } from "./db.ts";

/** Stands for the whole community. */
const COMMUNITY = "";

export function createSettings(db: Db): SettingsStore {
  /** Community settings first, so that the channel's own come last and win. */
  const all = async (place: Place): Promise<Readonly<Record<string, string>>> => {
    const rows = await db.all(
      `select name, value from setting where platform = ? and community = ? and channel in (?, '') order by channel`,
      [place.platform, place.community, place.channel],
    );
    return Object.fromEntries(rows.map((row) => [text(row.name), text(row.value)]));
  };

  return {
    all,
    get: async (place, name) => (await all(place))[name],

    set: (place, scope, name, value, by, at) =>
      db.transaction(async (sql) => {
        const channel = scope === "channel" ? place.channel : COMMUNITY;
        const key = [place.platform, place.community, channel, name];
        const rows = await sql.all(
          "select value from setting where platform = ? and community = ? and channel = ? and name = ?",
          key,
        );
        const before = maybe(rows[0]?.value);
        if (before === value) return;
        if (value === undefined)
          await sql.run("delete from setting where platform = ? and community = ? and channel = ? and name = ?", key);
        else
          await sql.run(
            `insert into setting (platform, community, channel, name, value) values (?, ?, ?, ?, ?)
             on conflict (platform, community, channel, name) do update set value = excluded.value`,
            [...key, value],
          );
        await sql.run(
          `insert into audit
             (platform, community, at, id, channel, changed_by, setting, before_value, after_value)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          [
            place.platform,
            place.community,
            at,
            crypto.randomUUID(),
            channel,
            by.person,
            name,
            before ?? null,
            value ?? null,
          ],
        );
      }),

    async audit({ platform, community }, limit) {
      const rows = await db.all(
        `select at, changed_by, channel, setting, before_value, after_value from audit
         where platform = ? and community = ? order by at desc, id desc limit ?`,
        [platform, community, limit],
      );
      return rows.map((row) => ({
        at: number(row.at),
        by: text(row.changed_by),
        channel: text(row.channel) || undefined,
        setting: text(row.setting),
        before: maybe(row.before_value),
        after: maybe(row.after_value),
      }));
    },
  };
}
