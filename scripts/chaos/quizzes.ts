/** Learners answer quiz questions while processes are killed: scores equal the clicks that were acknowledged. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Turn } from "../../src/core/turn.ts";
import { bankOf } from "../../src/learning/bank.ts";
import { openLibrary } from "../../src/library/open.ts";
import { chance } from "../../test/support/zones.ts";
import { createCrew, type Said } from "./crew.ts";
import { type Database, onBoth } from "./database.ts";
import type { DeskData } from "./desk-worker.ts";
import { createPlatform } from "./platform.ts";
import { type Outcome, promise, table } from "./report.ts";
import { pause } from "./time.ts";

const SPEED = 40;
const LEARNERS = 24;
const KNOWLEDGE = join(import.meta.dirname, "../../knowledge");
const LONGEST_LIFE_MS = 250;
/** A learner who sees no answer presses again, or the platform brings the click again. */
const PATIENCE_MS = 500;
const DOUBLE_CLICKS = 0.1;

export interface QuizFigures {
  readonly where: string;
  readonly kills: number;
  readonly clicks: number;
  readonly redelivered: number;
  readonly acknowledged: number;
  readonly scored: number;
  /** Learners whose score is not the number of their acknowledged answers. */
  readonly wrong: number;
}

export async function quizzesUnderFire(
  database: Database,
  cacheDir: string,
  kills: number,
  seed: number,
  { learners = LEARNERS, builtin = KNOWLEDGE }: { readonly learners?: number; readonly builtin?: string } = {},
): Promise<QuizFigures> {
  const random = chance(seed);
  const { items } = bankOf(openLibrary({ builtin, own: [], cacheDir }, quiet).current());
  const waiting = new Map<string, (text: string) => void>();
  const platform = createPlatform("nonce", random, ({ thread, text }: Said) => {
    waiting.get(String(thread))?.(String(text));
  });
  const data: DeskData = {
    options: database.options,
    pace: { began: Date.now(), speed: SPEED },
    memory: "nonce",
    subject: "quiz",
    builtin,
    cacheDir,
  };
  const crew = createCrew({
    program: "desk-worker.ts",
    data,
    hear: (said) => (said.what === "acknowledged" ? undefined : platform.hear(said)),
  });
  const acknowledged = new Map<string, number>();
  let over = false;
  let clicks = 0;
  let redelivered = 0;

  /** Presses until there is an answer that counts. */
  async function answer(person: string, asking: number): Promise<void> {
    const item = items[Math.floor(random() * items.length)];
    const choice = item?.choices[Math.floor(random() * item.choices.length)];
    if (!item || !choice) return;
    const thread = `${person} ${asking}`;
    const turn = (): Turn => {
      clicks += 1;
      return {
        id: `click-${clicks}`,
        person: { id: person },
        place: { platform: "test", community: "c", channel: "quiz", thread },
        said: { kind: "call", call: { command: "quiz.answer", args: { q: item.id, p: choice.key, s: `s${asking}` } } },
      };
    };
    for (let click = turn(); ; ) {
      const said = Promise.withResolvers<string>();
      waiting.set(thread, said.resolve);
      const worker = crew.workers[Math.floor(random() * crew.workers.length)];
      worker?.tell({ turn: click });
      if (random() < DOUBLE_CLICKS) worker?.tell({ turn: turn() });
      const text = await Promise.race([said.promise, pause(PATIENCE_MS)]);
      if (text && !/cannot save answers/.test(text)) break;
      if (random() < 0.5) click = turn();
      else redelivered += 1;
    }
    waiting.delete(thread);
    acknowledged.set(person, (acknowledged.get(person) ?? 0) + 1);
  }
  async function learn(person: string): Promise<void> {
    for (let asking = 0; !over; asking += 1) {
      await answer(person, asking);
      await pause(random() * 40);
    }
  }

  for (let n = 0; n < database.processes; n += 1) crew.start();
  await Promise.all(crew.workers.map(({ ready }) => ready));
  const people = Array.from({ length: learners }, (_, n) => `learner-${n}`);
  const learning = Promise.all(people.map(learn));
  for (let n = 0; n < kills; n += 1) {
    const victim = crew.workers[Math.floor(random() * crew.workers.length)];
    if (!victim) break;
    await victim.ready;
    await pause(random() * LONGEST_LIFE_MS);
    await crew.kill(victim);
    crew.start();
  }
  over = true;
  await learning;
  // What is still held by the dead is answered by the living, and scores nothing twice.
  await pause(2 * (60_000 / SPEED));
  await crew.stop();
  const store = await database.open();
  try {
    let scored = 0;
    let wrong = 0;
    for (const person of people) {
      const key = { platform: "test", community: "c", person } as const;
      const kept = (await store.privacy.export(key)).answer?.length ?? 0;
      const onCards = (await store.learners.cards(key)).reduce((sum, { answers }) => sum + answers, 0);
      scored += kept;
      if (kept !== (acknowledged.get(person) ?? 0) || onCards !== kept) wrong += 1;
    }
    return {
      where: `${database.name}, ${database.processes === 1 ? "one process" : `${database.processes} processes`}`,
      kills,
      clicks,
      redelivered,
      acknowledged: [...acknowledged.values()].reduce((sum, times) => sum + times, 0),
      scored,
      wrong,
    };
  } finally {
    await store.close();
  }
}

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** What was promised and did not hold. */
export const quizFaults = ({ where, acknowledged, scored, wrong }: QuizFigures): readonly string[] => [
  ...promise(`${where}: answers scored`, scored, acknowledged),
  ...promise(`${where}: learners with a wrong score`, wrong, 0),
];

export async function quizzes(kills: number, seed: number): Promise<Outcome> {
  const cacheDir = mkdtempSync(join(tmpdir(), "tutor-chaos-pages-"));
  try {
    const figures = await onBoth(["all"], 4, (database) => quizzesUnderFire(database, cacheDir, kills, seed));
    return {
      faults: figures.flatMap(quizFaults),
      lines: [
        `${LEARNERS} learners answer without a rest while processes are killed with SIGKILL. Who sees no answer in ${PATIENCE_MS} ms presses again, or the platform brings the same click again; one click in ten is a double click.`,
        "",
        ...table(
          [
            "Store",
            "Kills",
            "Clicks",
            "Brought again",
            "Answers acknowledged",
            "Scored",
            "Learners with a wrong score",
          ],
          figures.map((f) => [f.where, f.kills, f.clicks, f.redelivered, f.acknowledged, f.scored, f.wrong]),
        ),
      ],
    };
  } finally {
    rmSync(cacheDir, { recursive: true, force: true });
  }
}
