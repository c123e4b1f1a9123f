/** What is there first and last: metrics, readiness and the port on which probes ask, while the rest is still being read. */
import type { Log } from "../core/ports.ts";
import { type OpsServer, serveOps } from "./http.ts";
import type { Registered } from "./metrics.ts";
import { type Checks, createReadiness, type Readiness } from "./readiness.ts";

const OPS_PORT = 9090;
const SERVED = "health, readiness and metrics are served";

export interface Front {
  readonly metrics: Registered;
  readonly readiness: Readiness;
  /** From now on this is what readiness and metrics look at. */
  show(checks: Checks): void;
  stop(): Promise<void>;
}

export interface Listening {
  readonly host: string;
  /** Undefined: the usual one, or none where that is taken. */
  readonly port: number | "off" | undefined;
}

/** Opens it; nothing is listened for where `listening` is undefined, since nobody probes a chat. */
export async function openFront(listening: Listening | undefined, metrics: Registered, log: Log): Promise<Front> {
  let shown: Checks | undefined;
  const readiness = createReadiness(
    {
      database: async () => (await shown?.database()) ?? false,
      pages: () => shown?.pages() ?? 0,
      strain: () => shown?.strain(),
      platforms: () => shown?.platforms() ?? [],
    },
    Date.now,
  );
  metrics.watch({
    ready: async () => (await readiness.state()).ready,
    platforms: () => shown?.platforms().map(({ platform, health }) => ({ platform, up: health === "up" })) ?? [],
    pages: () => shown?.pages() ?? 0,
  });
  const server = listening ? await listen(listening, { readiness, metrics }, log) : undefined;
  return {
    metrics,
    readiness,
    show(checks) {
      shown = checks;
      // Not before: a start that is refused says why in one line.
      if (listening && server) log.info({ host: listening.host, port: server.port }, SERVED);
    },
    stop: async () => server?.stop(),
  };
}

/** A port that nobody chose and that is taken is no reason not to start. */
async function listen(
  { host, port: chosen }: Listening,
  parts: Pick<Front, "readiness" | "metrics">,
  log: Log,
): Promise<OpsServer | undefined> {
  if (chosen === "off") return undefined;
  try {
    return await serveOps({ ...parts, host, port: chosen ?? OPS_PORT });
  } catch (error) {
    if (chosen !== undefined) throw error;
    log.warn({ err: error }, "health, readiness and metrics are not served");
    return undefined;
  }
}
