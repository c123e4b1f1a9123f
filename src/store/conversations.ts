/** What threads have been about, so that follow-ups work after a restart; no text. */
import { grown } from "../core/conversations.ts";
import type { ConversationStore, Ms, Thread } from "../core/ports.ts";
import type { Place } from "../core/turn.ts";
import { type Db, type Sql, strings, type Value } from "./db.ts";

export function createConversationStore(db: Db, clock: () => Ms): ConversationStore {
  return {
    recall: (place) => recall(db, place),
    async remember(place, about) {
      if (!grown(undefined, about)) return;
      await db.soon(async (sql) => {
        const thread = grown(await recall(sql, place), about);
        if (!thread) return;
        await sql.run(
          `insert into conversation (platform, community, channel, thread, concepts, sections, touched_at)
           values (?, ?, ?, ?, ?, ?, ?)
           on conflict (platform, community, channel, thread) do update
             set concepts = excluded.concepts, sections = excluded.sections, touched_at = excluded.touched_at`,
          [...placeValues(place), JSON.stringify(thread.concepts), JSON.stringify(thread.sections), clock()],
        );
      });
    },
  };
}

async function recall(sql: Sql, place: Place): Promise<Thread | undefined> {
  const rows = await sql.all(
    `select concepts, sections from conversation
     where platform = ? and community = ? and channel = ? and thread = ?`,
    placeValues(place),
  );
  const row = rows[0];
  return row && { concepts: strings(row.concepts), sections: strings(row.sections) };
}

const placeValues = (place: Place): readonly Value[] => [
  place.platform,
  place.community,
  place.channel,
  place.thread ?? "",
];
