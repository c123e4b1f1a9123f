/** Backups of the SQLite file: taken while the tutor runs, checked before they count, and put back. */
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { TutorError } from "../core/errors.ts";
import { assertSound, BUSY_MS, explained } from "./file.ts";
import { refuseNewer } from "./migrate.ts";

/** All pages in one step: a consistent state that writers, who go on in the log, never make it start again. */
const ALL_PAGES = 2_147_483_647;
/** What may lie beside a database file and belongs to it. */
const COMPANIONS = ["-wal", "-shm"] as const;

/** Copies the running tutor's `file` to `target`; a copy that fails leaves an older one as it was. */
export async function backupTo(file: string, target: string): Promise<void> {
  if (!existsSync(file))
    throw new TutorError("config", `There is no database ${file}.`, { hint: "Set DATA_DIR to the tutor's folder." });
  const partial = `${target}.partial`;
  try {
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    const source = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
    try {
      await backup(source, partial, { rate: ALL_PAGES });
    } finally {
      source.close();
    }
    settle(partial);
    renameSync(partial, target);
  } catch (error) {
    for (const suffix of ["", ...COMPANIONS]) rmSync(partial + suffix, { force: true });
    throw explained(error, `${file} or its copy ${target}`, "config");
  }
}

/** Puts a backup in the place of `file`, which is kept beside it; returns where. The tutor must be stopped. */
export function restoreFrom(source: string, file: string): string | undefined {
  if (!existsSync(source))
    throw new TutorError("config", `There is no backup ${source}.`, {
      hint: "Name a file that `npm run backup` made.",
    });
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.restoring`;
  try {
    for (const suffix of COMPANIONS) rmSync(fresh + suffix, { force: true });
    copyFileSync(source, fresh);
    settle(fresh);
  } catch (error) {
    for (const suffix of ["", ...COMPANIONS]) rmSync(fresh + suffix, { force: true });
    throw explained(error, source, "config");
  }
  const kept = existsSync(file) ? setAside(file) : undefined;
  renameSync(fresh, file);
  return kept;
}

/** Makes a copy one whole file without a log of its own, and refuses it if it is damaged, foreign or too new. */
function settle(copy: string): void {
  const handle = new DatabaseSync(copy, { timeout: BUSY_MS });
  try {
    assertSound(handle, copy);
    const known = handle.prepare("select name from sqlite_master where name = 'schema_migration'").get();
    if (!known)
      throw new TutorError("config", `The file ${copy} is not a database of this tutor.`, {
        hint: "Name a file that `npm run backup` made.",
      });
    const row = handle.prepare("select coalesce(max(version), 0) as version from schema_migration").get();
    refuseNewer(Number(row?.version), copy);
    handle.exec("pragma journal_mode = delete");
  } finally {
    handle.close();
  }
}

/** Moves the file away with its log, unless another process uses it. */
function setAside(file: string): string {
  try {
    const handle = new DatabaseSync(file, { timeout: 0 });
    try {
      // Leaving the log mode needs the file alone, and brings the log's rows into it.
      handle.exec("pragma journal_mode = delete");
    } finally {
      handle.close();
    }
  } catch (error) {
    const meaning = explained(error, file, "config");
    const busy = error instanceof Error && "errcode" in error && error.errcode === 5;
    if (busy)
      throw new TutorError("config", `The database ${file} is in use.`, {
        hint: "Stop the tutor first.",
        cause: error,
      });
    // A damaged file is what restoring is for: it is kept as it is.
    if (!(meaning instanceof TutorError)) throw error;
  }
  const kept = free(`${file}.before-restore`);
  for (const suffix of ["", ...COMPANIONS]) if (existsSync(file + suffix)) renameSync(file + suffix, kept + suffix);
  return kept;
}

/** Never writes over the file that an earlier restore kept. */
function free(name: string): string {
  for (let n = 1; ; n += 1) {
    const candidate = n === 1 ? name : `${name}-${n}`;
    if (!existsSync(candidate)) return candidate;
  }
}
