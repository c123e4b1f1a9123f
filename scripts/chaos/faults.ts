/** Disks, files and servers that fail: answers go on, the fault is told, nothing acknowledged is lost, and it recovers. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TutorError } from "../../src/core/errors.ts";
import { openStore } from "../../src/store/open.ts";
import { startPostgres } from "../../test/support/postgres.ts";
import { person } from "../../test/support/store.ts";
import { ask, tutor } from "../../test/support/tutor.ts";
import { damagedFiles } from "./damage.ts";
import { frozenServer } from "./frozen.ts";
import { mounts, unmount } from "./mount.ts";
import { type Outcome, promise, table } from "./report.ts";

const quiet = { info: () => {}, warn: () => {}, error: () => {} };
/** A freeze of a minute belongs to a hundred damaged files. */
const SECONDS_A_FILE = 0.6;

interface Part {
  readonly rows: readonly (readonly [string, string | number])[];
  readonly faults: readonly string[];
}

const sentence = (error: unknown): string => (error instanceof TutorError ? error.sentence : String(error));

/** Writes until the disk is full, answers, frees some space, goes on. */
async function fullDisk(dir: string): Promise<Part> {
  const disk = join(dir, "small");
  mkdirSync(disk);
  if (process.getuid?.() !== 0 || !mounts("-t", "tmpfs", "-o", "size=4m", "tmpfs", disk))
    return { rows: [["full disk", "skipped: mounting a small disk needs root"]], faults: [] };
  try {
    const store = await openStore({ dataDir: disk }, quiet);
    const ballast = join(disk, "ballast");
    writeFileSync(ballast, Buffer.alloc(3_200_000));
    const acknowledged: string[] = [];
    let refusal: unknown;
    const write = async (name: string) => {
      await store.learners.note(person("ann"), name, "x".repeat(2000));
      acknowledged.push(name);
    };
    for (let n = 0; n < 5000 && !refusal; n += 1)
      await write(`n${n}`).catch((error: unknown) => {
        refusal = error;
      });
    const { about } = await ask(tutor({ store, log: quiet }), "what is a volume?");
    const whileFull = await store.healthy();
    rmSync(ballast);
    const after = await store.healthy();
    for (let n = 0; n < 20; n += 1) await write(`after${n}`);
    await store.close();
    const again = await openStore({ dataDir: disk }, quiet);
    const kept = Object.keys(await again.learners.notes(person("ann"))).length;
    await again.close();
    return {
      rows: [
        ["full disk: told as", sentence(refusal)],
        ["full disk: a question meanwhile", about.outcome],
        ["full disk: acknowledged / kept", `${acknowledged.length} / ${kept}`],
      ],
      faults: [
        ...promise("full disk: kept", kept, acknowledged.length),
        ...(about.outcome === "answered" ? [] : ["full disk: a question was not answered"]),
        ...(whileFull ? ["full disk: called healthy"] : []),
        ...(after ? [] : ["full disk: not healthy once there is room"]),
      ],
    };
  } finally {
    unmount(disk);
  }
}

async function readOnly(dir: string): Promise<Part> {
  const disk = join(dir, "read-only");
  mkdirSync(disk);
  await (await openStore({ dataDir: disk }, quiet)).close();
  if (process.getuid?.() !== 0 || !mounts("--bind", "-o", "bind,ro", disk, disk))
    return { rows: [["read-only file", "skipped: mounting needs root"]], faults: [] };
  try {
    const error: unknown = await openStore({ dataDir: disk }, quiet).then(
      (store) => store.close(),
      (refused: unknown) => refused,
    );
    const clear = error instanceof TutorError && error.fault === "config";
    return {
      rows: [["read-only file: refused at the start as", sentence(error)]],
      faults: clear ? [] : ["read-only file: not refused"],
    };
  } finally {
    unmount(disk);
  }
}

async function damaged(dir: string, count: number, seed: number): Promise<Part> {
  const home = join(dir, "damaged");
  mkdirSync(home);
  const { refused, faults } = await damagedFiles(home, count, seed);
  return {
    rows: [[`${count} damaged files: refused with the cure / sound all the same`, `${refused} / ${count - refused}`]],
    faults,
  };
}

async function frozen(seconds: number): Promise<Part> {
  if (process.platform !== "linux")
    return { rows: [["frozen PostgreSQL", "skipped: only Linux tells a server's processes"]], faults: [] };
  const server = await startPostgres();
  try {
    const f = await frozenServer(server, seconds);
    return {
      rows: [
        [
          `PostgreSQL frozen for ${f.seconds} s, then a backend killed: questions asked / answered`,
          `${f.asked} / ${f.answered}`,
        ],
        ["answered twice", f.twice],
        ["slowest acknowledgement, ms", f.slowest],
        ["slowest acknowledgement once the freeze was noticed, ms", f.slowestLater],
        ["writes acknowledged / lost", `${f.acknowledged} / ${f.lost}`],
        ["called healthy while frozen", f.healthyWhileFrozen],
        ["told as", f.error],
        ["healthy again after, ms", f.recoveredMs],
      ],
      faults: [
        ...promise("frozen: questions answered", f.answered, f.asked),
        ...promise("frozen: questions answered twice", f.twice, 0),
        ...promise("frozen: acknowledged writes lost", f.lost, 0),
        ...promise("frozen: called healthy", f.healthyWhileFrozen, 0),
      ],
    };
  } finally {
    await server.stop();
  }
}

export async function faults(count: number, seed: number): Promise<Outcome> {
  const dir = mkdtempSync(join(tmpdir(), "tutor-faults-"));
  try {
    const parts = [
      await fullDisk(dir),
      await readOnly(dir),
      await damaged(dir, count, seed),
      await frozen(Math.max(5, Math.round(count * SECONDS_A_FILE))),
    ];
    return {
      faults: parts.flatMap((part) => part.faults),
      lines: table(
        ["Fault", "Found"],
        parts.flatMap((part) => part.rows),
      ),
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
