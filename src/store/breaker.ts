/**
 * A database that hangs costs each statement its whole time-out. After the first one the others fail at once, and one at
 * a time is let through to see whether it answers again: platforms want their acknowledgement within three seconds.
 */
import { TutorError } from "../core/errors.ts";
import type { Db } from "./db.ts";

/** One try in so many milliseconds while it hangs. */
const PROBE_MS = 1000;

export function breaking(db: Db, now: () => number = () => performance.now()): Db {
  let hanging = false;
  let probeAt = 0;

  async function guard<T>(work: () => Promise<T>): Promise<T> {
    if (hanging && now() < probeAt)
      throw new TutorError("dependency", `The database ${db.name} does not answer.`, {
        hint: "Look at the server; the tutor goes on by itself once it answers.",
      });
    probeAt = now() + PROBE_MS;
    try {
      const result = await work();
      hanging = false;
      return result;
    } catch (error) {
      hanging = timedOut(error);
      probeAt = now() + PROBE_MS;
      throw error;
    }
  }

  return {
    ...db,
    all: (sql, values) => guard(() => db.all(sql, values)),
    run: (sql, values) => guard(() => db.run(sql, values)),
    transaction: (work) => guard(() => db.transaction(work)),
    soon: (work) => guard(() => db.soon(work)),
    early: (sql, values) => guard(() => db.early(sql, values)),
  };
}

/** A refused or lost connection says so at once, and needs no rest. */
const timedOut = (error: unknown): boolean =>
  error instanceof TutorError && error.fault === "dependency" && /time-?out/i.test(error.message);
