/** Brings a database to this version's schema, in one process at a time; a newer schema is refused. */
import { TutorError } from "../core/errors.ts";
import { type Db, number } from "./db.ts";
import { MIGRATIONS } from "./migrations.ts";

/** How many statements of the list were run before this call. */
export async function migrate(db: Db, now: number, list: readonly string[] = MIGRATIONS): Promise<number> {
  return db.alone(async (sql) => {
    await sql.run(
      "create table if not exists schema_migration (version integer primary key, applied_at bigint not null)",
    );
    const rows = await sql.all("select coalesce(max(version), 0) as version from schema_migration");
    const version = number(rows[0]?.version);
    refuseNewer(version, db.name, list.length);
    for (const [i, statement] of list.entries()) {
      if (i < version) continue;
      await sql.run(statement);
      await sql.run("insert into schema_migration (version, applied_at) values (?, ?)", [i + 1, now]);
    }
    return version;
  });
}

/** An older program would write what the newer one no longer understands. */
export function refuseNewer(version: number, name: string, known: number = MIGRATIONS.length): void {
  if (version <= known) return;
  throw new TutorError(
    "config",
    `The database ${name} has schema ${version}, made by a newer version; this one knows ${known}.`,
    { hint: "Start the newer version, or restore a backup from before the update." },
  );
}
