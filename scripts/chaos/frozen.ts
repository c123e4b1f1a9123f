/** A PostgreSQL server that stands still and then loses a backend, under a tutor that goes on answering. */
import { readdirSync, readFileSync } from "node:fs";
import type { Turn } from "../../src/core/turn.ts";
import { deskOver } from "../../test/support/desk.ts";
import type { Server } from "../../test/support/postgres.ts";
import { person } from "../../test/support/store.ts";
import { tutor } from "../../test/support/tutor.ts";
import { postgresDatabase } from "./database.ts";
import { pause, until } from "./time.ts";

const BETWEEN_WRITES_MS = 20;
const BETWEEN_QUESTIONS_MS = 250;

export interface FrozenFigures {
  readonly seconds: number;
  readonly asked: number;
  readonly answered: number;
  readonly twice: number;
  readonly slowest: number;
  /** In the middle of the freeze, once it was noticed. */
  readonly slowestLater: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly healthyWhileFrozen: number;
  readonly error: string;
  readonly recoveredMs: number;
}

/** All processes of a server; Linux tells them. */
async function processesOf(server: Server): Promise<readonly number[]> {
  const rows = await server.query("select pg_backend_pid() as pid");
  const parent = parentOf(Number(rows[0]?.pid));
  const all = readdirSync("/proc").map(Number).filter(Number.isInteger);
  return [parent, ...all.filter((pid) => parentOf(pid) === parent)];
}

function parentOf(pid: number): number {
  try {
    return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1]);
  } catch {
    return Number.NaN;
  }
}

export async function frozenServer(server: Server, seconds: number): Promise<FrozenFigures> {
  const lines: string[] = [];
  const log = {
    info: () => {},
    warn: (fields: object) => void lines.push("err" in fields ? String(fields.err) : ""),
    error: () => {},
  };
  const database = await postgresDatabase(server, 1);
  const store = await database.open();
  const posts: string[] = [];
  const subject = tutor({ store, clock: Date.now, log });
  const desk = deskOver({ tutor: subject, store, log }, async (place) => {
    posts.push(place.thread ?? "");
    return { kind: "sent" };
  });
  const acknowledged: string[] = [];
  let over = false;
  const write = async () => {
    for (let n = 0; !over; n += 1) {
      const name = `n${n}`;
      // The same name until it is acknowledged: what was given up may have landed.
      while (!over) {
        const done = await store.learners.note(person("writer"), name, "x").then(
          () => true,
          () => false,
        );
        if (done) {
          acknowledged.push(name);
          break;
        }
        await pause(BETWEEN_WRITES_MS);
      }
      await pause(BETWEEN_WRITES_MS);
    }
  };
  const times: { readonly at: number; readonly took: number }[] = [];
  let asked = 0;
  const ask = async () => {
    while (!over) {
      asked += 1;
      const turn: Turn = {
        id: `q${asked}`,
        person: { id: `learner${asked % 20}` },
        place: { platform: "test", community: "c", channel: "general", thread: `q${asked}` },
        said: { kind: "text", text: "what is a volume?" },
      };
      const from = performance.now();
      const acknowledge = async () => {
        times.push({ at: from, took: performance.now() - from });
        return "answer" as const;
      };
      void desk.receive(turn, {
        acknowledge,
        async post() {
          posts.push(turn.place.thread ?? "");
          return { kind: "sent" };
        },
      });
      await pause(BETWEEN_QUESTIONS_MS);
    }
  };
  const working = Promise.all([write(), ask()]);
  await pause(1000);
  const pids = await processesOf(server);
  const frozenAt = performance.now();
  for (const pid of pids) process.kill(pid, "SIGSTOP");
  let healthyWhileFrozen = 0;
  try {
    while (performance.now() - frozenAt < seconds * 1000)
      if (await store.healthy()) healthyWhileFrozen += 1;
      else await pause(200);
  } finally {
    for (const pid of pids) process.kill(pid, "SIGCONT");
  }
  const goesOn = performance.now();
  await until(() => store.healthy(), "the database after the freeze");
  const recoveredMs = performance.now() - goesOn;
  const rows = await server.query(
    "select pid from pg_stat_activity where application_name = 'container-tutor' limit 1",
  );
  const backend = Number(rows[0]?.pid);
  if (backend) process.kill(backend, "SIGKILL");
  await pause(500);
  await until(() => store.healthy(), "the database after its backend was killed");
  await pause(1000);
  over = true;
  await working;
  await desk.stop();
  // What was caught in the middle of its turn is answered once its lease is over; the clock goes ahead for it.
  const late = deskOver(
    { tutor: subject, store, log },
    async (place) => {
      posts.push(place.thread ?? "");
      return { kind: "sent" };
    },
    () => Date.now() + 61_000,
  );
  await late.recover();
  const kept = new Set(Object.keys(await store.learners.notes(person("writer"))));
  await store.close();
  const counts = Map.groupBy(posts, (thread) => thread);
  return {
    seconds,
    asked,
    answered: counts.size,
    twice: [...counts.values()].filter((each) => each.length > 1).length,
    slowest: Math.round(Math.max(...times.map(({ took }) => took))),
    slowestLater: Math.round(
      Math.max(0, ...times.filter(({ at }) => at > frozenAt + 5000 && at < goesOn - 5000).map(({ took }) => took)),
    ),
    acknowledged: acknowledged.length,
    lost: acknowledged.filter((name) => !kept.has(name)).length,
    healthyWhileFrozen,
    error: lines.find((line) => /database/.test(line)) ?? "",
    recoveredMs: Math.round(recoveredMs),
  };
}
