/** Who may import whom (docs/design.md, section 6). Reads import lines; no compiler is needed. */
import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const files = globSync("{src,adapters,scripts}/**/*.ts", { cwd: ROOT }).map((file) => file.replaceAll("\\", "/"));

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const imports: Import[] = files.flatMap((from) =>
  [
    ...readFileSync(join(ROOT, from), "utf8").matchAll(/^(import|export)\s+(type\s)?[^;]*?from\s+"([^"]+)"/gm),
    ...readFileSync(join(ROOT, from), "utf8").matchAll(/(import)\(\s*()"([^"]+)"\s*\)/g),
  ].map((match) => {
    const target = match[3] ?? "";
    return {
      from,
      to: target.startsWith(".") ? normalize(join(dirname(from), target)).replaceAll("\\", "/") : target,
      typeOnly: Boolean(match[2]),
    };
  }),
);

/** Folder -> what its files may import: folders of ours, packages and `node:` modules. */
const RULES: Record<string, readonly RegExp[]> = {
  "src/core": [/^src\/core\//, /^zod$/, /^markdown-it$/],
  "src/library": [/^src\/(library|core)\//, /^(zod|yaml|minisearch|stemmer)$/],
  "src/answering": [/^src\/(answering|library|core)\//],
  "src/time": [/^src\/(time|library|core)\//],
  "src/tips": [/^src\/(tips|time|library|core)\//],
  "src/learning": [/^src\/(learning|library|core)\//, /^ts-fsrs$/],
  "src/capabilities": [/^src\/(capabilities|answering|learning|tips|time|library|core)\//, /^zod$/],
  "src/store": [/^src\/(store|core)\//, /^node:/, /^(pg|rate-limiter-flexible)$/],
  "src/ops": [/^src\/(ops|core)\//, /^node:/, /^(pino|prom-client)$/],
  "src/config.ts": [/^src\/(core\/|(slack-variables|secrets)\.ts$)/, /^zod$/],
  "src/secrets.ts": [/^src\/(core\/|slack-variables\.ts$)/, /^node:/],
  "src/slack-variables.ts": [/^zod$/],
  "src/check.ts": [/^src\/(config|platforms)\.ts$/, /^src\/(core|library|store)\//],
  "src/parts.ts": [/^src\//, /^node:path$/],
  "src/serve.ts": [/^src\//, /^node:path$/],
  "src/platforms.ts": [/^src\/(config\.ts|core\/|tips\/pace\.ts)/],
  "src/main.ts": [/./],
  "adapters/terminal": [/^src\/core\/index\.ts$/, /^adapters\/terminal\//, /^node:(readline|stream|util)$/],
  "adapters/jsonl": [/^src\/core\/index\.ts$/, /^adapters\/jsonl\//, /^node:(readline|stream)$/],
  "adapters/slack": [/^src\/core\/index\.ts$/, /^adapters\/slack\//, /^node:(http|crypto)$/, /^@slack\/(bolt|oauth)$/],
  "adapters/discord": [
    /^src\/core\/index\.ts$/,
    /^adapters\/discord\//,
    /^(discord\.js|@discordjs\/(proxy|rest))$/,
    /^node:(http|net|timers\/promises)$/,
  ],
  scripts: [/./],
};
/** The files of pure folders that may read the disk. */
const WITH_IO = ["files", "load", "open", "cache", "thread", "worker", "drawings"].map(
  (name) => `src/library/${name}.ts`,
);

const ruleOf = (file: string) => Object.keys(RULES).find((folder) => file === folder || file.startsWith(`${folder}/`));

describe("architecture", () => {
  test("every file lies in a folder with a rule", () => {
    expect(files.filter((file) => !ruleOf(file))).toEqual([]);
  });

  test("no file imports what its folder may not", () => {
    const wrong = imports.filter(({ from, to }) => {
      const allowed = RULES[ruleOf(from) ?? ""] ?? [];
      const io = WITH_IO.includes(from) && to.startsWith("node:");
      return !io && !allowed.some((pattern) => pattern.test(to));
    });
    expect(wrong).toEqual([]);
  });

  test("only main.ts imports adapters, and only composition reads process", () => {
    expect(
      imports.filter(
        ({ from, to }) =>
          to.startsWith("adapters/") &&
          !from.startsWith("adapters/") &&
          from !== "src/main.ts" &&
          !from.startsWith("scripts/"),
      ),
    ).toEqual([]);
    const readers = files.filter(
      (file) =>
        /\bprocess\.(env|argv|stdin)/.test(readFileSync(join(ROOT, file), "utf8")) && !file.startsWith("scripts/"),
    );
    // The image's health check is a program of its own.
    expect(readers.toSorted()).toEqual(["src/main.ts", "src/ops/health.ts"]);
  });

  test("no import cycle", () => {
    const next = new Map<string, string[]>();
    for (const { from, to } of imports)
      if (!to.startsWith("node:") && to.includes("/")) next.set(from, [...(next.get(from) ?? []), to]);
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, trail: readonly string[]) => {
      if (trail.includes(file)) cycles.push([...trail.slice(trail.indexOf(file)), file].join(" -> "));
      if (done.has(file) || trail.includes(file)) return;
      for (const to of next.get(file) ?? []) visit(to, [...trail, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  test("imports end in .ts and there is no default export", () => {
    expect(imports.filter(({ to }) => /^(src|adapters)\//.test(to) && !to.endsWith(".ts"))).toEqual([]);
    expect(files.filter((file) => /^export default/m.test(readFileSync(join(ROOT, file), "utf8")))).toEqual([]);
  });

  test("files stay readable in one sitting", () => {
    const long = files
      .map((file) => ({ file, lines: readFileSync(join(ROOT, file), "utf8").split("\n").length }))
      .filter(({ lines }) => lines > 260);
    expect(long).toEqual([]);
  });
});
