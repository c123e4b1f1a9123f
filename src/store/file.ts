/** A SQLite file: opening it with the settings that make it durable, and what its errors mean for an operator. */
import { existsSync, statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Fault, TutorError } from "../core/errors.ts";

/** How long a statement waits for another process: a rest against backups, not a way to share the file. */
export const BUSY_MS = 5000;

const RESTORE = "Stop the tutor and run `npm run restore -- FILE` with a backup.";
const OWNER = "Make the file and its folder writable for the user that runs the tutor.";

/** SQLite's primary result codes (the low byte of an extended one) that are not our own mistakes. */
const MEANINGS: Readonly<Record<number, { readonly says: string; readonly hint: string }>> = {
  5: { says: "is kept busy by another process", hint: "Let only one tutor use the file, or use PostgreSQL." },
  6: { says: "is kept busy by another process", hint: "Let only one tutor use the file, or use PostgreSQL." },
  8: { says: "cannot be written to", hint: OWNER },
  10: { says: "cannot be read or written", hint: "Look at the disk: it is failing, full or gone." },
  11: { says: "is damaged", hint: RESTORE },
  13: { says: "has no more room: the disk is full", hint: "Free some space; the tutor goes on by itself." },
  14: { says: "cannot be opened for writing", hint: OWNER },
  26: { says: "is not a SQLite database, or is damaged", hint: RESTORE },
};
/** A write that was refused: by a full disk, or by one that became read-only, a quota, a limit of the file's size. */
const IOERR_WRITE = 778;
const REFUSED = {
  says: "can no longer be written to: its disk became read-only, or a quota is used up",
  hint: "Look at the disk and its mount; the tutor answers meanwhile and goes on by itself.",
};
/** A full log is written over from its start, so that small writes pass for a while on a full disk. */
export const LEAST_ROOM = 1_048_576;

/** An operator's sentence for an error of SQLite; other errors are bugs and stay what they are. */
export function explained(error: unknown, file: string, fault: Fault): unknown {
  const code = typeof error === "object" && error !== null && "errcode" in error ? Number(error.errcode) : undefined;
  const meaning = code === undefined ? undefined : meaningOf(code, file);
  if (!meaning) return error;
  return new TutorError(fault, `The database ${file} ${meaning.says}.`, { hint: meaning.hint, cause: error });
}

function meaningOf(code: number, file: string) {
  if (code !== IOERR_WRITE) return MEANINGS[code & 0xff];
  const { bavail, bsize } = statfsSync(dirname(file));
  return bavail * bsize < LEAST_ROOM ? MEANINGS[13] : REFUSED;
}

/** Opens a file for reading and writing, or says in one sentence why not. */
export function openFile(file: string): DatabaseSync {
  let handle: DatabaseSync | undefined;
  try {
    handle = new DatabaseSync(file, { timeout: BUSY_MS, enableForeignKeyConstraints: true });
    handle.exec("pragma journal_mode = wal");
    handle.exec("pragma synchronous = full");
    // The log goes into the file within some commit, which then holds the event loop: often and little, not 1,000 pages.
    handle.exec("pragma wal_autocheckpoint = 200");
    // A forgotten person's bytes are overwritten instead of left in free pages.
    handle.exec("pragma secure_delete = on");
    handle.exec("pragma cell_size_check = on");
    assertSound(handle, file);
    // The first statement of a read-only file fails only when it writes.
    handle.exec("begin immediate; create table write_probe (n integer); drop table write_probe; commit");
    return handle;
  } catch (error) {
    close(handle);
    throw explained(error, file, "config");
  }
}

/**
 * quick_check found 290 of 300 damaged files; opening alone found none of 200 damaged pages. SQLite reads a cut last page
 * as if it ended in zeros, so the length is looked at too.
 */
export function assertSound(handle: DatabaseSync, file: string): void {
  const found = handle.prepare("pragma quick_check(1)").get()?.quick_check;
  const fault = found === "ok" ? lacking(handle, file) : String(found).slice(0, 120);
  if (fault) throw new TutorError("config", `The database ${file} is damaged (${fault}).`, { hint: RESTORE });
}

/** What the file is too short by, once its log is in it; another process may keep the log from that. */
function lacking(handle: DatabaseSync, file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const version = () => handle.prepare("pragma data_version").get()?.data_version;
  const before = version();
  const log = handle.prepare("pragma wal_checkpoint(passive)").get();
  if (log?.busy !== 0 || log.log !== log.checkpointed) return undefined;
  const pages = Number(handle.prepare("pragma page_count").get()?.page_count);
  const missing = pages * Number(handle.prepare("pragma page_size").get()?.page_size) - statSync(file).size;
  // What another process commits meanwhile counts as pages before it is in the file.
  return missing > 0 && version() === before ? `${missing} bytes are missing at its end` : undefined;
}

/** True for a file without a byte: a fresh bind mount, or all that a damage left. */
export const isEmptyFile = (file: string): boolean => existsSync(file) && statSync(file).size === 0;

/** Closing what could not be opened must not hide why. */
function close(handle: DatabaseSync | undefined): void {
  try {
    if (handle?.isTransaction) handle.exec("rollback");
    handle?.close();
  } catch {}
}
