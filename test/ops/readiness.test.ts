/** When new work may come, with every clock and sample given. */
import { describe, expect, test } from "vitest";
import { createReadiness } from "../../src/ops/readiness.ts";
import { createStrain, type Strain } from "../../src/ops/watch.ts";

const fine = { lagMs: 20, heap: 0.4, memory: 0.5 };

describe("strain", () => {
  test("is what lasts over two looks, and ends with one good one", () => {
    const judge = createStrain();
    const late = { ...fine, lagMs: 1600 };
    expect([judge(late), judge(fine), judge(late), judge(late), judge(fine)]).toEqual([
      undefined,
      undefined,
      undefined,
      "event loop",
      undefined,
    ]);
  });

  test("comes before the limit is reached, of the heap or of the container", () => {
    for (const full of [{ heap: 0.91 }, { memory: 0.96 }]) {
      const judge = createStrain();
      judge({ ...fine, ...full });
      expect(judge({ ...fine, ...full })).toBe("memory");
    }
  });
});

describe("readiness", () => {
  const checks = (rest: object = {}) => ({
    database: async () => true,
    pages: () => 3,
    strain: (): Strain | undefined => undefined,
    platforms: () => [],
    ...rest,
  });

  test("asks the database once for all who ask, and again later", async () => {
    let asked = 0;
    let now = 1000;
    const database = async () => {
      asked += 1;
      return asked < 2;
    };
    const readiness = createReadiness(checks({ database }), () => now);
    readiness.begin();
    const states = await Promise.all([readiness.state(), readiness.state(), readiness.state()]);
    expect([states.map(({ ready }) => ready), asked]).toEqual([[true, true, true], 1]);
    now += 2000;
    expect([await readiness.state(), asked]).toEqual([{ ready: false, because: ["database"] }, 2]);
    // A clock set back by a day is no reason to believe an old answer.
    now -= 86_400_000;
    await readiness.state();
    expect(asked).toBe(3);
  });

  test("counts a database that rejects as one that is away", async () => {
    const readiness = createReadiness(checks({ database: () => Promise.reject(new Error("gone")) }), () => 0);
    readiness.begin();
    expect(await readiness.state()).toEqual({ ready: false, because: ["database"] });
  });

  test("says everything that is wrong", async () => {
    const readiness = createReadiness(checks({ pages: () => 0, strain: () => "event loop" }), () => 0);
    readiness.begin();
    expect(await readiness.state()).toEqual({ ready: false, because: ["no pages", "event loop"] });
  });

  test("is off at once when asked to stop, even while the database is being asked", async () => {
    const database = Promise.withResolvers<boolean>();
    const readiness = createReadiness(checks({ database: () => database.promise }), () => 0);
    readiness.begin();
    const state = readiness.state();
    readiness.drain();
    database.resolve(true);
    expect((await state).ready).toBe(false);
  });
});
