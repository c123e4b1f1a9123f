/** What people thought of answers, and which sections moderators took out. */
import type { FeedbackStore } from "../core/feedback.ts";
import type { About } from "../core/reply.ts";
import { type Db, json, number, text } from "./db.ts";
import { createGaps, sortedList } from "./gaps.ts";
import type { Hash } from "./keys.ts";

export function createFeedback(db: Db, hash: Hash): FeedbackStore {
  return {
    ...createGaps(db, hash),

    async rate({ answer, person, helpful, sections, concepts, reason, at }) {
      await db.run(
        `insert into feedback (platform, community, answer, person, helpful, sections, concepts, reason, at)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?)
         on conflict (platform, community, answer, person) do update
           set helpful = excluded.helpful, at = excluded.at,
             reason = case when excluded.helpful = 0 then coalesce(excluded.reason, feedback.reason) end`,
        [
          person.platform,
          person.community,
          answer,
          person.person,
          helpful ? 1 : 0,
          JSON.stringify(sections),
          sortedList(concepts),
          reason ?? null,
          at,
        ],
      );
    },

    async keepAbout({ platform, community }, about, at) {
      await db.soon((sql) =>
        sql.run(
          `insert into answer_about (platform, community, id, about, at) values (?, ?, ?, ?, ?)
           on conflict (platform, community, id) do update set about = excluded.about, at = excluded.at`,
          [platform, community, about.id, JSON.stringify(about), at],
        ),
      );
    },

    async about({ platform, community }, id) {
      const rows = await db.all("select about from answer_about where platform = ? and community = ? and id = ?", [
        platform,
        community,
        id,
      ]);
      return rows[0] && aboutOf(json(rows[0].about));
    },

    async markWrong(section, pageVersion, by, at) {
      await db.run(
        `insert into wrong_section (platform, community, section, page_version, marked_by, at) values (?, ?, ?, ?, ?, ?)
         on conflict (platform, community, section) do update
           set page_version = excluded.page_version, marked_by = excluded.marked_by, at = excluded.at`,
        [by.platform, by.community, section, pageVersion, by.person, at],
      );
    },

    async wrong({ platform, community }) {
      const rows = await db.all(
        `select section, page_version, at from wrong_section where platform = ? and community = ?
         order by at desc, section`,
        [platform, community],
      );
      return rows.map((row) => ({
        section: text(row.section),
        pageVersion: text(row.page_version),
        at: number(row.at),
      }));
    },
  };
}

/** Written by `keepAbout`; undefined where an older version wrote another shape. */
function aboutOf(about: unknown): About | undefined {
  const sound = typeof about === "object" && about !== null && "outcome" in about && "sections" in about;
  return sound ? (about as About) : undefined;
}
