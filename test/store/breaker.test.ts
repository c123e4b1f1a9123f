/** A database that hangs holds nobody up after the first time-out. */
import { expect, test } from "vitest";
import { TutorError } from "../../src/core/errors.ts";
import { breaking } from "../../src/store/breaker.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { keptLog } from "../support/tutor.ts";

test("one statement at a time tries a database that timed out; a refusal needs no rest", async () => {
  let now = 0;
  let tried = 0;
  let fault = "Query read timeout";
  const db = openSqlite(":memory:", keptLog());
  const away = {
    ...db,
    run: async () => {
      tried += 1;
      if (fault) throw new TutorError("dependency", fault, { hint: "Look." });
      return 1;
    },
  };
  const guarded = breaking(away, () => now);
  const outcome = () => guarded.run("x").then(String, (error: TutorError) => error.message);
  expect(await outcome()).toBe("Query read timeout");
  expect(await outcome()).toMatch(/does not answer/);
  expect(tried).toBe(1);
  now = 1000;
  expect(await Promise.all([outcome(), outcome()])).toEqual([
    "Query read timeout",
    expect.stringMatching(/not answer/),
  ]);
  expect(tried).toBe(2);
  now = 2000;
  fault = "";
  expect(await outcome()).toBe("1");
  expect(await outcome()).toBe("1");
  fault = "connection refused";
  expect([await outcome(), await outcome()]).toEqual([fault, fault]);
  await db.close();
});
