/**
 * `npm run build`: what the image runs, in dist/: JavaScript, the pages, and their index, ready to be read. A working
 * copy needs none of it: there Node strips the types by itself.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
const DIST = join(ROOT, "dist");

rmSync(DIST, { recursive: true, force: true });
const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
const compiled = spawnSync(process.execPath, [tsc, "-p", join(ROOT, "tsconfig.build.json")], { stdio: "inherit" });
if (compiled.status !== 0) process.exit(1);

for (const name of ["knowledge", "package.json", "LICENSE"])
  cpSync(join(ROOT, name), join(DIST, name), { recursive: true });

// The compiled program makes the index, because an index belongs to the very code that reads it.
const { prepareIndex } = (await import(join(DIST, "src/library/open.js"))) as typeof import("../src/library/open.ts");
const prepared = join(DIST, "prepared");
prepareIndex(join(DIST, "knowledge"), prepared);
if (!existsSync(prepared) || readdirSync(prepared).length !== 2) throw new Error("The index was not made.");
console.log(`dist/ is ready: start it with "node dist/bin/tutor.mjs".`);
