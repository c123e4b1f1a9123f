/** May new work come? What must be there for that, and what only makes it worse. */
import type { Strain } from "./watch.ts";

export interface Checks {
  /** Can the database be written to? */
  database(): Promise<boolean>;
  /** Is there anything to answer from? */
  pages(): number;
  strain(): Strain | undefined;
  /** A platform that is away is waited for; it makes nothing unready. */
  platforms(): readonly { readonly platform: string; readonly health: "up" | "connecting" | "down" }[];
}

export interface State {
  readonly ready: boolean;
  /** Why not, or what is worse than it should be. */
  readonly because: readonly string[];
}

export interface Readiness {
  state(): Promise<State>;
  /** The adapters have started. */
  begin(): void;
  /** Asked to stop: no new work from now on. */
  drain(): void;
}

/** A database that does not say so in time cannot be written to. */
const PATIENCE_MS = 2000;
/** Asking is a write: not more often than this, whoever asks. */
const FRESH_MS = 2000;

export function createReadiness({ database, pages, strain, platforms }: Checks, clock: () => number): Readiness {
  let phase: "starting" | "running" | "draining" = "starting";
  let asked: { readonly at: number; readonly answer: Promise<boolean> } | undefined;

  function databaseAnswers(): Promise<boolean> {
    const age = asked ? clock() - asked.at : Number.POSITIVE_INFINITY;
    // A clock that was set back makes nothing fresh.
    if (!asked || age >= FRESH_MS || age < 0) asked = { at: clock(), answer: inTime(database(), PATIENCE_MS) };
    return asked.answer;
  }

  return {
    async state() {
      const because: string[] = [];
      if (phase !== "running") because.push(phase);
      else if (!(await databaseAnswers())) because.push("database");
      if (pages() === 0) because.push("no pages");
      const strained = strain();
      if (strained) because.push(strained);
      const away = platforms().filter(({ health }) => health !== "up");
      return {
        // It may have been asked to stop while the database was asked.
        ready: because.length === 0 && phase === "running",
        because: [...because, ...away.map(({ platform, health }) => `${platform} ${health}`)],
      };
    },
    begin() {
      if (phase === "starting") phase = "running";
    },
    drain() {
      phase = "draining";
    },
  };
}

async function inTime(answer: Promise<boolean>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((done) => {
    timer = setTimeout(() => done(false), ms);
  });
  try {
    return await Promise.race([answer.catch(() => false), late]);
  } finally {
    clearTimeout(timer);
  }
}
