/** What Slack knows about a person that a turn needs: their zone, and whether they run the workspace. */
import { webApi } from "@slack/bolt";
import type { Log, Person } from "../../src/core/index.ts";
import { nameOf } from "./failure.ts";

export interface People {
  /** Never rejects and never takes long; without the scope only the id is known. */
  know(client: webApi.WebClient, team: string, user: string): Promise<Person>;
}

const FRESH_MS = 10 * 60_000;
const MOST = 5000;
/** Slack wants its acknowledgement within three seconds, and this comes before it. */
const PATIENCE_MS = 1000;

export function createPeople({ log, clock }: { log: Log; clock: () => number }): People {
  const known = new Map<string, { at: number; person: Promise<Person> }>();
  let told = false;

  async function look(client: webApi.WebClient, user: string): Promise<Person> {
    try {
      const { user: found } = await client.users.info({ user });
      return {
        id: user,
        ...(found?.tz ? { zone: found.tz } : {}),
        moderator: Boolean(found?.is_admin || found?.is_owner || found?.is_primary_owner),
      };
    } catch (error) {
      if (error instanceof webApi.WebAPIPlatformError && error.data.error === "missing_scope") {
        if (!told)
          log.warn({ scope: "users:read" }, "admins are not recognised: the app lacks a scope; ADMIN_IDS names them");
        told = true;
      } else log.warn({ code: nameOf(error), method: "users.info" }, "person not looked up");
      return { id: user };
    }
  }

  return {
    async know(client, team, user) {
      const key = `${team}/${user}`;
      const last = known.get(key);
      const person = last && clock() - last.at < FRESH_MS ? last.person : look(client, user);
      if (person !== last?.person) {
        if (known.size >= MOST) known.clear();
        known.set(key, { at: clock(), person });
      }
      const timer = Promise.withResolvers<Person>();
      const late = setTimeout(() => timer.resolve({ id: user }), PATIENCE_MS);
      return Promise.race([person, timer.promise]).finally(() => clearTimeout(late));
    },
  };
}
