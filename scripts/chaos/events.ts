/** The same events ten times to processes that are killed in between: each is answered once. */
import type { Turn } from "../../src/core/turn.ts";
import { chance } from "../../test/support/zones.ts";
import { createCrew } from "./crew.ts";
import { type Database, onBoth } from "./database.ts";
import type { DeskData } from "./desk-worker.ts";
import { createPlatform, type Memory } from "./platform.ts";
import { type Outcome, promise, table } from "./report.ts";
import { pause, until } from "./time.ts";

/** A desk's lease of a minute runs out in a second and a half. */
const SPEED = 40;
const DELIVERIES = 10;
const EVENTS_A_KILL = 20;
/** Deliveries of one event come over so many rounds of events: some after a kill, some after the lease. */
const ROUNDS = 4;

export interface EventFigures {
  readonly where: string;
  readonly memory: Memory;
  readonly events: number;
  readonly deliveries: number;
  readonly kills: number;
  /** Turns that were claimed and not answered when their process was killed. */
  readonly between: number;
  readonly answered: number;
  readonly twice: number;
}

const turnOf = (event: number): Turn => ({
  id: `event-${event}`,
  person: { id: `learner-${event % 50}` },
  place: { platform: "test", community: "c", channel: "general", thread: `event-${event}` },
  said: { kind: "text", text: `hello ${event}` },
});

export async function eventsUnderFire(
  database: Database,
  memory: Memory,
  events: number,
  seed: number,
): Promise<EventFigures> {
  const random = chance(seed);
  const answers = new Map<string, number>();
  const platform = createPlatform(memory, random, ({ thread }) => {
    answers.set(String(thread), (answers.get(String(thread)) ?? 0) + 1);
  });
  const data: DeskData = {
    options: database.options,
    pace: { began: Date.now(), speed: SPEED },
    memory,
    subject: "echo",
    builtin: "",
    cacheDir: "",
  };
  const open = new Map<object, Set<string>>();
  const crew = createCrew({
    program: "desk-worker.ts",
    data,
    hear(said, worker) {
      const held = open.get(worker) ?? new Set();
      open.set(worker, held);
      if (said.what !== "acknowledged") return platform.hear(said).finally(() => held.delete(String(said.thread)));
      held.add(String(said.of));
      return undefined;
    },
  });
  const any = () => crew.workers[Math.floor(random() * crew.workers.length)];
  let deliveries = 0;
  let kills = 0;
  let between = 0;
  const deliver = async (event: number) => {
    const worker = any();
    await worker?.ready;
    worker?.tell({ turn: turnOf(event) });
    deliveries += 1;
  };
  const rounds = Math.ceil(events / EVENTS_A_KILL);
  const due: number[][] = Array.from({ length: rounds + ROUNDS }, () => []);
  for (let event = 0; event < events; event += 1)
    for (let n = 0; n < DELIVERIES; n += 1)
      due[Math.floor(event / EVENTS_A_KILL) + (n < 3 ? 0 : Math.floor(random() * (ROUNDS + 1)))]?.push(event);
  for (let n = 0; n < database.processes; n += 1) crew.start();
  for (const batch of due) {
    for (const event of batch) await deliver(event);
    const victim = any();
    if (!victim || kills >= rounds) continue;
    await victim.ready;
    await pause(random() * 100);
    await crew.kill(victim);
    kills += 1;
    between += open.get(victim)?.size ?? 0;
    crew.start();
  }
  const store = await database.open();
  try {
    // Text is only kept of what is not settled.
    const waiting = async () =>
      Object.values(await store.privacy.export({ platform: "test", community: "c", person: "learner-0" })).length;
    await until(() => answers.size >= events || memory === "none", "the last answers");
    await pause(4 * (60_000 / SPEED));
    await until(async () => (await waiting()) === 0, "the last turns to be settled");
    await crew.stop();
  } finally {
    await store.close();
  }
  return {
    where: `${database.name}, ${database.processes === 1 ? "one process" : `${database.processes} processes`}`,
    memory,
    events,
    deliveries,
    kills,
    between,
    answered: answers.size,
    twice: [...answers.values()].filter((times) => times > 1).length,
  };
}

/** What was promised and did not hold. */
export const eventFaults = ({ where, memory, events, answered, twice, between }: EventFigures): readonly string[] => [
  ...promise(`${where}, ${memory}: events answered twice`, twice, 0),
  // Where nothing can be asked, what may have been posted is not posted again.
  ...(memory === "none" && events - answered <= between
    ? []
    : promise(`${where}, ${memory}: answers`, answered, events)),
];

export async function events(count: number, seed: number): Promise<Outcome> {
  const figures = await onBoth(["nonce", "history", "none"] as const, 3, (database, memory) =>
    eventsUnderFire(database, memory, count, seed),
  );
  return {
    faults: figures.flatMap(eventFaults),
    lines: [
      `Every event is delivered ${DELIVERIES} times to processes of which one is killed with SIGKILL after each ${EVENTS_A_KILL} events. "Between": turns that a killed process had claimed and not answered. \`none\` cannot be asked what stands there: what may have been posted is not posted again.`,
      "",
      ...table(
        ["Store", "Platform has", "Events", "Deliveries", "Kills", "Between", "Answered", "Twice"],
        figures.map((f) => [f.where, f.memory, f.events, f.deliveries, f.kills, f.between, f.answered, f.twice]),
      ),
    ],
  };
}
