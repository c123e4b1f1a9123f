/** Everything that goes on while the tutor runs: adapters and the work of the clock; and its end. */
import { join } from "node:path";
import { type Config, limitsOf, retentionOf } from "./config.ts";
import { type Adapter, postThrough } from "./core/adapter.ts";
import { createDesk } from "./core/desk.ts";
import { runEvery } from "./core/every.ts";
import type { Log } from "./core/ports.ts";
import type { Store } from "./core/store.ts";
import { deliverReminders } from "./learning/remind.ts";
import { countedDesk, countedPost } from "./ops/counted.ts";
import type { Front } from "./ops/front.ts";
import { watchProcess } from "./ops/watch.ts";
import type { Parts } from "./parts.ts";
import { pacesOf } from "./platforms.ts";
import { databaseFile } from "./store/open.ts";
import { scheduleBackups } from "./store/schedule.ts";
import { runTips } from "./tips/run.ts";

const LOOK_EVERY_MS = 5000;
const RECOVER_EVERY_MS = 15_000;
const SWEEP_EVERY_MS = 3_600_000;
const REMIND_EVERY_MS = 30_000;
const WATCH_EVERY_MS = 5000;
/** Less than the ten seconds after which Docker kills. */
const STOP_WITHIN_MS = 8000;

export interface Serving {
  /** Resolves when every adapter has started. */
  readonly started: Promise<unknown>;
  /** No new work, running answers to their end, everything closed; false where that took too long. */
  stop(): Promise<boolean>;
}

/** Starts it all; `front` is told when new work may come, and when no more may. */
export function serve(parts: Parts, config: Config, adapters: readonly Adapter[], front: Front): Serving {
  const { tutor, library, store, metrics, log } = parts;
  const { readiness } = front;
  const clock = Date.now;
  const watch = watchProcess(WATCH_EVERY_MS);
  front.show({
    database: () => store.healthy(),
    pages: () => library.current().pages.length,
    strain: watch.strain,
    platforms: () => adapters.map((each) => ({ platform: each.platform, health: each.health() })),
  });
  const post = countedPost(
    postThrough(() => adapters),
    metrics,
  );
  const adapter = (platform: string) => adapters.find((each) => each.platform === platform);
  const seconds = () => performance.now() / 1000;
  const desk = countedDesk(
    createDesk({ ...store, tutor, limits: limitsOf(config), post, clock, log }),
    metrics,
    seconds,
  );
  const started = Promise.all(adapters.map((each) => each.start(tutor, desk))).then(() => readiness.begin());
  const rhythm = (name: string, everyMs: number) => ({ name, everyMs, clock, log });
  const running = [
    runTips({
      ...store,
      library: library.current,
      commands: () => tutor.commands,
      post,
      metrics,
      paces: pacesOf(config),
      clock,
      log,
    }),
    runEvery(
      (now) => deliverReminders({ ...store, library: library.current, adapter, log }, now),
      rhythm("reminders", REMIND_EVERY_MS),
    ),
    runEvery((_, stopping) => desk.recover(stopping), rhythm("recovery", RECOVER_EVERY_MS)),
    runEvery((now) => store.privacy.sweep(now, retentionOf(config)), rhythm("retention", SWEEP_EVERY_MS)),
  ];
  const unwatch = library.watch(LOOK_EVERY_MS);
  const unschedule = backups(config, store, log);

  async function end(): Promise<void> {
    unwatch();
    await unschedule();
    await Promise.all(running.map((each) => each.stop()));
    await Promise.all(adapters.map((each) => each.stop()));
    await desk.stop();
    await store.close();
    watch.stop();
  }

  return {
    started,
    async stop() {
      // Whoever balances the load hears it first.
      readiness.drain();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<false>((done) => {
        timer = setTimeout(() => done(false), STOP_WITHIN_MS);
      });
      const ended = await Promise.race([end().then(() => true as const), late]);
      clearTimeout(timer);
      if (!ended)
        log.warn({ ms: STOP_WITHIN_MS }, "not everything ended in time; kept turns are answered after the start");
      return ended;
    },
  };
}

/** Dated copies of the SQLite file, where they are asked for; PostgreSQL has tools of its own. */
function backups({ BACKUP_EVERY, BACKUP_KEEP, DATA_DIR }: Config, store: Store, log: Log): () => Promise<void> {
  if (!BACKUP_EVERY || store.kind !== "sqlite") return async () => {};
  const schedule = {
    file: databaseFile(DATA_DIR),
    dir: join(DATA_DIR, "backups"),
    everyMs: BACKUP_EVERY,
    keep: BACKUP_KEEP,
  };
  return scheduleBackups(schedule, log);
}
