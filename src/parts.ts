/** Configuration -> the parts of a tutor: library, store, tutor. Read from the disk only once probes are answered. */
import { join } from "node:path";
import { capabilities } from "./capabilities/index.ts";
import { moderatorsFrom } from "./capabilities/moderator.ts";
import { type Config, retentionOf } from "./config.ts";
import type { Log } from "./core/ports.ts";
import type { Store } from "./core/store.ts";
import { createTutor, type Tutor } from "./core/tutor.ts";
import { readDrawing } from "./library/drawings.ts";
import { type OpenLibrary, openLibrary } from "./library/open.ts";
import { countedTutor } from "./ops/counted.ts";
import type { ScrubbedLog } from "./ops/log.ts";
import type { Registered } from "./ops/metrics.ts";
import { openStore } from "./store/open.ts";
import { MEMORY } from "./store/sqlite.ts";

const KNOWLEDGE = join(import.meta.dirname, "../knowledge");
/** The index that the image brings with it; in a working copy there is none. */
const PREPARED = join(import.meta.dirname, "../prepared");

/** Fewer pages are read before anybody could read how many. */
const MANY = 1000;

/** What is run: the service, a chat in the terminal, or one question. */
export type Mode = "start" | "chat" | "ask";

export interface Parts {
  readonly tutor: Tutor;
  readonly library: OpenLibrary;
  readonly store: Store;
  readonly metrics: Registered;
  readonly log: Log;
}

/** The library that the configuration names; without a `cacheDir` it leaves nothing on the disk. */
export const libraryOf = (config: Config, mode: Mode | "check", cacheDir: string | undefined, log: Log): OpenLibrary =>
  openLibrary(
    {
      ...(config.KNOWLEDGE_BUILTIN === "on" ? { builtin: KNOWLEDGE } : {}),
      own: config.KNOWLEDGE_DIR,
      ...(config.KNOWLEDGE_URL ? { baseUrl: config.KNOWLEDGE_URL } : {}),
      ...(cacheDir ? { cacheDir } : {}),
      preparedDir: PREPARED,
      // One question from a script waits for its pages; a conversation begins at once.
      background: mode === "start" || mode === "chat",
      progress: progressLine(mode, log),
    },
    log,
  );

/** How far the pages are read: a line of the log, or one line of a terminal that waits for them. */
function progressLine(mode: Mode | "check", log: Log): (read: number, of: number) => void {
  return (read, of) => {
    if (of < MANY || (read % 500 && read !== of)) return;
    if (mode !== "ask") log.info({ read, of }, "reading knowledge");
    else if (process.stderr.isTTY)
      process.stderr.write(read === of ? "\r\x1b[K" : `\rReading ${read} of ${of} pages ...`);
  };
}

/** Opens library and store, and makes the tutor over both. */
export async function build(
  config: Config,
  mode: Mode,
  { log, metrics, written }: { readonly log: Log; readonly metrics: Registered; readonly written: ScrubbedLog },
): Promise<Parts> {
  const library = libraryOf(config, mode, join(config.DATA_DIR, "cache"), log);
  // One question from a script leaves nothing behind.
  const kept = mode === "ask" ? { dataDir: MEMORY } : { dataDir: config.DATA_DIR };
  const url = mode === "ask" ? undefined : config.DATABASE_URL;
  const tokenKeys = config.TOKEN_KEY ? { tokenKeys: config.TOKEN_KEY } : {};
  const store = await openStore({ ...kept, ...tokenKeys, ...(url ? { databaseUrl: url } : {}) }, log);
  written.saltWith(store.logSalt);
  const tutor = createTutor({
    capabilities: capabilities({
      ...store,
      library: library.current,
      retention: retentionOf(config),
      moderates: moderatorsFrom(config.ADMIN_IDS),
      clock: Date.now,
    }),
    conversations: store.conversations,
    log,
    diagram: async (id) => readDrawing(KNOWLEDGE, id),
  });
  return { tutor: countedTutor(tutor, metrics, () => performance.now() / 1000), library, store, metrics, log };
}
