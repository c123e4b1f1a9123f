/** Installations with sealed tokens, one renewal at a time, and states that are good for once. */
import type { Installation, InstallationStore, Installed, Tokens } from "../core/installations.ts";
import type { Community } from "../core/ports.ts";
import { type Db, maybe, number, type Row, type Sql, strings, text, type Value } from "./db.ts";
import { depart, stay } from "./departures.ts";
import type { Seals } from "./seal.ts";

const HERE = "platform = ? and community = ?";

export function createInstallations(db: Db, seals: Seals): InstallationStore {
  const sealed = (of: Community, { token, rotation }: Tokens): readonly [Value, Value, Value] => [
    seals.seal(token, about(of, "bot")),
    rotation ? seals.seal(rotation.refresh, about(of, "refresh")) : null,
    rotation ? rotation.expiresAt : null,
  ];

  function opened(row: Row): Installed {
    const { platform } = row as { platform: Installation["platform"] };
    const community = text(row.community);
    const refresh = maybe(row.refresh_token);
    const of = { platform, community };
    return {
      ...of,
      organisation: row.organisation === 1,
      token: seals.open(text(row.bot_token), about(of, "bot")),
      rotation: refresh
        ? { refresh: seals.open(refresh, about(of, "refresh")), expiresAt: number(row.expires_at) }
        : undefined,
      botUser: text(row.bot_user),
      botId: text(row.bot_id),
      scopes: strings(row.scopes),
      generation: number(row.generation),
    };
  }

  return {
    save: (installation, now) =>
      db.transaction(async (sql) => {
        const { platform, community, organisation, botUser, botId, scopes } = installation;
        const [token, refresh, expiresAt] = sealed(installation, installation);
        await sql.run(
          `insert into installation (platform, community, organisation, bot_token, refresh_token, expires_at, bot_user,
             bot_id, scopes, installed_at, generation, leased_until)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)
           on conflict (platform, community) do update set
             organisation = excluded.organisation, bot_token = excluded.bot_token,
             refresh_token = excluded.refresh_token, expires_at = excluded.expires_at, bot_user = excluded.bot_user,
             bot_id = excluded.bot_id, scopes = excluded.scopes, installed_at = excluded.installed_at,
             generation = installation.generation + 1, leased_until = 0`,
          [
            platform,
            community,
            organisation ? 1 : 0,
            token,
            refresh,
            expiresAt,
            botUser,
            botId,
            JSON.stringify(scopes),
            now,
          ],
        );
        await stay(sql, installation);
      }),

    async of({ platform, community }) {
      const rows = await db.all(
        `select * from installation where platform = ? and (community = ? or community in
           (select organisation from installation_workspace where platform = ? and community = ?))
         order by organisation limit 1`,
        [platform, community, platform, community],
      );
      return rows[0] ? opened(rows[0]) : undefined;
    },

    belongs: (workspace, organisation) =>
      db.transaction(async (sql) => {
        await sql.run(
          `insert into installation_workspace (platform, community, organisation) values (?, ?, ?)
           on conflict (platform, community) do update set organisation = excluded.organisation`,
          [workspace.platform, workspace.community, organisation],
        );
        await stay(sql, workspace);
      }),

    async lease({ platform, community, generation }, now, leaseMs) {
      const changed = await db.run(
        `update installation set leased_until = ? where ${HERE} and generation = ? and leased_until < ?`,
        [now + leaseMs, platform, community, generation, now],
      );
      return changed === 1;
    },

    async renew(installed, tokens) {
      const { platform, community, generation } = installed;
      const key = [platform, community, generation];
      const changed = tokens
        ? await db.run(
            `update installation set bot_token = ?, refresh_token = ?, expires_at = ?, leased_until = 0,
               generation = generation + 1 where ${HERE} and generation = ?`,
            [...sealed(installed, tokens), ...key],
          )
        : await db.run(`update installation set leased_until = 0 where ${HERE} and generation = ?`, key);
      return changed === 1;
    },

    remove: (community, asOf, now) =>
      db.transaction(async (sql) => {
        const key = [community.platform, community.community];
        const newer = await sql.all(`select 1 as one from installation where ${HERE} and installed_at > ?`, [
          ...key,
          asOf,
        ]);
        if (newer.length) return false;
        await sql.run(`delete from installation where ${HERE}`, key);
        for (const each of [community, ...(await workspacesOf(sql, community))]) await depart(sql, each, now);
        await sql.run("delete from installation_workspace where platform = ? and organisation = ?", key);
        return true;
      }),

    stays: (community) => stay(db, community),

    async spend(state, until) {
      const changed = await db.run(
        "insert into spent_state (state, until_at) values (?, ?) on conflict (state) do nothing",
        [state, until],
      );
      return changed === 1;
    },
  };
}

/** Brings every token under the newest key, so that a former one can be dropped; refuses one that nobody knows. */
export async function reseal(db: Db, seals: Seals): Promise<number> {
  let changed = 0;
  for (const row of await db.all("select platform, community, bot_token, refresh_token from installation")) {
    const [token, refresh] = [text(row.bot_token), maybe(row.refresh_token)];
    const of = { platform: text(row.platform), community: text(row.community) };
    const again = (old: string, what: string) => seals.seal(seals.open(old, about(of, what)), about(of, what));
    if (seals.fresh(token)) continue;
    // Only what was read is replaced: another replica may have renewed it meanwhile.
    changed += await db.run(
      `update installation set bot_token = ?, refresh_token = ? where ${HERE} and bot_token = ?`,
      [again(token, "bot"), refresh ? again(refresh, "refresh") : null, of.platform, of.community, token],
    );
  }
  return changed;
}

/** What a sealed text belongs to; it opens for nothing else. */
const about = ({ platform, community }: { platform: string; community: string }, what: string): string =>
  JSON.stringify([platform, community, what]);

async function workspacesOf(sql: Sql, { platform, community }: Community): Promise<readonly Community[]> {
  const rows = await sql.all("select community from installation_workspace where platform = ? and organisation = ?", [
    platform,
    community,
  ]);
  return rows.map((row) => ({ platform, community: text(row.community) }));
}
