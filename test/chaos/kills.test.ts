/** Samples of `npm run chaos`, with the same code: processes killed while they post, score and answer. The one on PostgreSQL stands where its server is. */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Database, sqliteDatabase } from "../../scripts/chaos/database.ts";
import { eventFaults, eventsUnderFire } from "../../scripts/chaos/events.ts";
import { quizFaults, quizzesUnderFire } from "../../scripts/chaos/quizzes.ts";
import { tipFaults, tipsUnderFire } from "../../scripts/chaos/tips.ts";

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
console.log(`SEED=${seed}`);

/** What was promised and did not hold; empty. */
async function found(experiment: (database: Database) => Promise<readonly string[]>): Promise<readonly string[]> {
  const database = await sqliteDatabase();
  try {
    return await experiment(database);
  } finally {
    await database.close();
  }
}

describe.concurrent("killed in the middle", () => {
  test("of a tip, where the platform can be asked what stands there", async () => {
    const faults = await found(async (database) => tipFaults(await tipsUnderFire(database, "history", 1, seed)));
    expect(faults, `SEED=${seed}`).toEqual([]);
  });

  test("of answers to a quiz", async () => {
    const cacheDir = mkdtempSync(join(tmpdir(), "tutor-chaos-pages-"));
    // A few pages have questions enough, and every process reads them anew.
    const builtin = join(cacheDir, "knowledge");
    for (const part of ["aspects.yaml", "cli.yaml", "synonyms.yaml", "concepts/storage"])
      cpSync(join(import.meta.dirname, "../../knowledge", part), join(builtin, part), { recursive: true });
    const faults = await found(async (database) =>
      quizFaults(await quizzesUnderFire(database, cacheDir, 1, seed, { learners: 8, builtin })),
    );
    rmSync(cacheDir, { recursive: true, force: true });
    expect(faults, `SEED=${seed}`).toEqual([]);
  });

  test("of twenty events, each delivered ten times", async () => {
    const faults = await found(async (database) => eventFaults(await eventsUnderFire(database, "history", 20, seed)));
    expect(faults, `SEED=${seed}`).toEqual([]);
  });
});
