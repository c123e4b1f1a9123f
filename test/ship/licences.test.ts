/** Everything that is shipped may be shipped: the lockfile's licences against a list of those that are free to give on. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const ALLOWED = new Set([
  "MIT",
  "ISC",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "0BSD",
  "BlueOak-1.0.0",
  "PSF-2.0",
]);
/** Used while building and testing only; never in the image. */
const ALSO_FOR_TOOLS = new Set(["MPL-2.0", "CC-BY-4.0", "CC0-1.0", "Unlicense", "Bitstream-Vera", "OFL-1.1"]);

/** Read by hand: a package whose licence field is a sentence. Bitstream Vera's, free to use, change and give on. */
const READ = new Map([["node_modules/dejavu-fonts-ttf", "SEE LICENSE IN README.md AND LICENSE"]]);

interface Locked {
  readonly license?: string;
  readonly dev?: boolean;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
}

const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
  packages: Record<string, Locked>;
};
const locked = Object.entries(packages).filter(([path]) => path);

/** "(MIT OR Apache-2.0)": one of them is enough; "AND": all. */
const isAllowed = (licence: string, list: ReadonlySet<string>): boolean =>
  licence
    .replace(/[()]/g, "")
    .split(" OR ")
    .some((option) => option.split(" AND ").every((each) => list.has(each)));

test("no shipped package has a licence that is not on the list", () => {
  const shipped = locked.filter(([, { dev }]) => !dev);
  expect(shipped.length).toBeGreaterThan(50);
  expect(
    shipped
      .filter(([, { license = "none" }]) => !isAllowed(license, ALLOWED))
      .map(([path, each]) => [path, each.license]),
  ).toEqual([]);
});

test("nor has a tool", () => {
  const list = new Set([...ALLOWED, ...ALSO_FOR_TOOLS]);
  expect(
    locked
      .filter(([path, { license = "none" }]) => !isAllowed(license, list) && READ.get(path) !== license)
      .map(([path, each]) => [path, each.license]),
  ).toEqual([]);
});

test("no shipped package runs code when it is installed, or holds machine code", () => {
  expect(locked.filter(([, each]) => !each.dev && each.hasInstallScript).map(([path]) => path)).toEqual([]);
});
