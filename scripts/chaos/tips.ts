/** Processes that post tips are killed at random moments: nothing twice, nothing lost that is not counted. */
import { subscription } from "../../test/support/store.ts";
import { chance } from "../../test/support/zones.ts";
import { createCrew } from "./crew.ts";
import { type Database, onBoth } from "./database.ts";
import { createPlatform, type Memory } from "./platform.ts";
import { type Outcome, promise, table } from "./report.ts";
import { clockOf, pause, until } from "./time.ts";
import type { TipsData } from "./tips-worker.ts";

const SPEED = 60;
/** For each process: enough that all are still posting when one is killed. */
const TIPS_A_KILL = 30;
const LONGEST_LIFE_MS = 250;

export interface TipsFigures {
  readonly where: string;
  readonly memory: Memory;
  readonly kills: number;
  readonly midPost: number;
  readonly tips: number;
  readonly posted: number;
  readonly twice: number;
  readonly lost: number;
  readonly uncounted: number;
}

/** One database, one kind of platform. */
export async function tipsUnderFire(
  database: Database,
  memory: Memory,
  kills: number,
  seed: number,
): Promise<TipsFigures> {
  const random = chance(seed);
  const pace = { began: Date.now(), speed: SPEED };
  const clock = clockOf(pace);
  const platform = createPlatform(memory, random);
  const data: TipsData = { options: database.options, pace, memory };
  const crew = createCrew({ program: "tips-worker.ts", data, hear: (said) => platform.hear(said) });
  let tips = 0;
  /** While no process of its own holds the file. */
  const feed = async () => {
    const store = await database.open(clock);
    const names = Array.from({ length: TIPS_A_KILL * database.processes }, (_, n) => `${memory}-${tips + n}`);
    await Promise.all(names.map((name) => store.tips.subscribe(subscription(name), clock())));
    tips += names.length;
    await store.close();
  };
  let midPost = 0;
  for (let n = 1; n < database.processes; n += 1) crew.start();
  for (let n = 0; n < kills; n += 1) {
    await feed();
    crew.start();
    const victim = crew.workers[Math.floor(random() * crew.workers.length)];
    if (!victim) break;
    await victim.ready;
    await pause(random() * LONGEST_LIFE_MS);
    if (await crew.kill(victim)) midPost += 1;
  }
  for (let n = crew.workers.length; n < database.processes; n += 1) crew.start();
  const store = await database.open(clock);
  const settled = async () => Object.values(await store.tips.counts()).reduce((sum, times) => sum + times, 0);
  try {
    await until(async () => (await settled()) >= tips, "the last tips to be settled");
    await crew.stop();
    const { unsure = 0, skipped = 0 } = await store.tips.counts();
    const lost = tips - platform.standing.size;
    return {
      where: `${database.name}, ${database.processes === 1 ? "one process" : `${database.processes} processes`}`,
      memory,
      kills,
      midPost,
      tips,
      posted: platform.standing.size,
      twice: platform.twice(),
      lost,
      uncounted: Math.max(0, lost - unsure - skipped) + Math.abs((await settled()) - tips),
    };
  } finally {
    await store.close();
  }
}

/** What was promised and did not hold. */
export const tipFaults = ({ where, memory, twice, lost, uncounted }: TipsFigures): readonly string[] => [
  ...promise(`${where}, ${memory}: tips posted twice`, twice, 0),
  ...promise(`${where}, ${memory}: tips lost and not counted`, uncounted, 0),
  ...(memory === "none" ? [] : promise(`${where}, ${memory}: tips lost`, lost, 0)),
];

/** Both databases, all three kinds of platform. */
export async function tips(kills: number, seed: number): Promise<Outcome> {
  const figures = await onBoth(["nonce", "history", "none"] as const, 4, (database, memory) =>
    tipsUnderFire(database, memory, kills, seed),
  );
  return {
    faults: figures.flatMap(tipFaults),
    lines: [
      "Processes killed with SIGKILL while they post; the platform outlives them and loses one reply in fifty. `none` cannot be asked: a tip that may have been posted is skipped and counted.",
      "",
      ...table(
        ["Store", "Platform has", "Kills", "in mid-post", "Tips", "Posted", "Twice", "Lost", "Lost and not counted"],
        figures.map((f) => [f.where, f.memory, f.kills, f.midPost, f.tips, f.posted, f.twice, f.lost, f.uncounted]),
      ),
    ],
  };
}
