/** Real processes that are killed at any moment and replaced, and the messages between them and the experiment. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A message of a worker's: `n` where it waits for an answer. */
export interface Said {
  readonly what: string;
  readonly n?: number;
  readonly [more: string]: unknown;
}

export interface Worker {
  readonly process: ChildProcess;
  readonly ready: Promise<void>;
  /** Requests that were heard and not answered yet. */
  waiting: number;
  tell(message: object): void;
}

export interface CrewParts {
  /** The worker's program, in this folder. */
  readonly program: string;
  readonly data: object;
  /** Answers a worker's request; what it resolves to goes back, unless the worker is dead by then. */
  hear(said: Said, worker: Worker): Promise<object> | undefined;
}

export function createCrew({ program, data, hear }: CrewParts) {
  const workers: Worker[] = [];

  function start(): Worker {
    const child = fork(join(import.meta.dirname, program), [JSON.stringify(data)], {
      execArgv: [],
      // A worker lives for a moment; most of it would go into reading the same files again.
      env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), "tutor-chaos-compiled") },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const up = Promise.withResolvers<void>();
    const worker: Worker = {
      process: child,
      ready: up.promise,
      waiting: 0,
      tell: (message) => {
        if (child.connected) child.send(message, () => {});
      },
    };
    // A worker that dies takes what was on its way with it: that is the point.
    child.on("error", () => {});
    child.on("exit", () => up.resolve());
    child.on("message", (said: Said) => {
      if (said.what === "ready") return up.resolve();
      const answer = hear(said, worker);
      if (!answer) return;
      worker.waiting += 1;
      void answer.then((message) => {
        worker.waiting -= 1;
        worker.tell({ ...message, n: said.n });
      });
    });
    workers.push(worker);
    return worker;
  }

  return {
    workers: workers as readonly Worker[],
    start,
    /** SIGKILL; resolves once it is dead, to whether it was waiting for an answer. */
    async kill(worker: Worker): Promise<boolean> {
      const busy = worker.waiting > 0;
      const dead = once(worker.process, "exit");
      worker.process.kill("SIGKILL");
      await dead;
      workers.splice(workers.indexOf(worker), 1);
      return busy;
    },
    /** Lets all end by themselves. */
    async stop(): Promise<void> {
      await Promise.all(
        workers.splice(0).map(async (worker) => {
          const ended = once(worker.process, "exit");
          worker.process.disconnect();
          await ended;
        }),
      );
    },
  };
}
