/** What the image's HEALTHCHECK runs: asks `/health` on this machine and ends with 0 or 1. Loads nothing but node:http. */
import { get } from "node:http";

const PATIENCE_MS = 2500;

/** `environment.OPS_HOST` may be every address; from inside it is reached on the loopback one. */
export function isHealthy(environment: Readonly<Record<string, string | undefined>>): Promise<boolean> {
  const set = environment.OPS_HOST || "127.0.0.1";
  const host = set === "0.0.0.0" ? "127.0.0.1" : set === "::" ? "::1" : set;
  const port = environment.OPS_PORT || 9090;
  return new Promise((done) => {
    const request = get({ host, port, path: "/health", timeout: PATIENCE_MS }, (response) => {
      response.resume();
      done(response.statusCode === 200);
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => done(false));
  });
}

if (import.meta.main) process.exitCode = (await isHealthy(process.env)) ? 0 : 1;
