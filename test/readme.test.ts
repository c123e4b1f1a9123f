/** README's tables say what the code says. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { VARIABLES } from "../src/config.ts";
import { tutor } from "./support/tutor.ts";

const ROOT = join(import.meta.dirname, "..");
const readme = readFileSync(join(ROOT, "README.md"), "utf8");

/** First column without backticks -> second column, of the table under a header row. */
function table(header: string): Record<string, string> {
  const rows = readme.split(`| ${header} |`)[1]?.split("\n").slice(2) ?? [];
  const end = rows.findIndex((row) => !row.startsWith("|"));
  const cells = rows.slice(0, end).map((row) => row.slice(2, -2).split(" | "));
  return Object.fromEntries(cells.map(([first = "", ...rest]) => [first.replaceAll("`", ""), rest.join(" | ")]));
}

describe("README", () => {
  test("lists exactly the commands there are", () => {
    const commands = tutor().commands.filter((each) => each.listed);
    expect(table("command | what it does")).toEqual(
      Object.fromEntries(commands.map((each) => [`${each.name} ${each.usage}`.trim(), each.summary])),
    );
  });

  test("lists exactly the variables there are", () => {
    expect(table("variable | meaning")).toEqual(VARIABLES);
  });

  test("names only scripts that exist, and the two commands", () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    const named = [...readme.matchAll(/npm run ([a-z:]+)/g)].map((match) => match[1] ?? "");
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    expect(readme).toContain("npm ci && npm start");
    expect(readme).toContain("npm ci && npm test");
  });

  test("links only to files that exist", () => {
    for (const [, target = ""] of readme.matchAll(/\]\(([^)#:]+)\)/g))
      expect(() => readFileSync(join(ROOT, target)), target).not.toThrow(/ENOENT/);
  });
});
