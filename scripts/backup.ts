/** `npm run backup -- FILE` copies the running tutor's database; `npm run restore -- FILE` puts one back. */
import { resolve } from "node:path";
import { readConfig } from "../src/config.ts";
import { TutorError } from "../src/core/errors.ts";
import { backupTo, restoreFrom } from "../src/store/backup.ts";
import { databaseFile } from "../src/store/open.ts";

async function run([verb, target]: readonly string[]): Promise<string> {
  if (process.env.DATABASE_URL)
    throw new TutorError("config", "DATABASE_URL is set, and a PostgreSQL database is saved by its own tools.", {
      hint:
        verb === "restore"
          ? 'Use: pg_restore --clean --if-exists -d "$DATABASE_URL" FILE'
          : 'Use: pg_dump -Fc -f FILE "$DATABASE_URL"',
    });
  if ((verb !== "backup" && verb !== "restore") || !target)
    throw new TutorError("config", "No file was named.", { hint: "Use: npm run backup -- FILE" });
  const file = databaseFile(readConfig(process.env).DATA_DIR);
  if (verb === "backup") {
    await backupTo(file, resolve(target));
    return `${file} was copied to ${target} and checked.`;
  }
  const kept = restoreFrom(resolve(target), file);
  return `${target} was checked and is now ${file}.${kept ? ` The file before is kept as ${kept}.` : ""}`;
}

try {
  process.stdout.write(`${await run(process.argv.slice(2))}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof TutorError ? error.sentence : (error as Error).stack}\n`);
  process.exitCode = error instanceof TutorError ? 78 : 1;
}
