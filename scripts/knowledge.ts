/** `npm run knowledge [-- folder or file ...]`: checks the pages; one line a fault, with file, line and cure. */
import { join, relative, resolve } from "node:path";
import { sandbox } from "../src/learning/sandbox.ts";
import { checkPages } from "../src/library/check.ts";
import { loadAspects, tryBuiltin } from "../src/library/load.ts";
import { fault } from "../src/library/matter.ts";

const folder = join(import.meta.dirname, "../knowledge");
const { pages, faults } = tryBuiltin(folder);
const { fatal, advice } = checkPages(pages, loadAspects(folder));
const wanted = process.argv.slice(2).map((name) => relative(folder, resolve(name)).replace(/\\/g, "/"));
const about = (message: string) => wanted.length === 0 || wanted.some((name) => message.startsWith(name));
const unsafe = pages.flatMap(({ path, trials = [] }) =>
  sandbox(trials.map((one) => ({ output: "", ...one }))).dropped.map((command) =>
    fault(path, 2, `try: \`${command.split("\n")[0]}\` is not known to be safe.`, "See `try` in knowledge/README.md."),
  ),
);
const shown = [...faults, ...fatal, ...advice, ...unsafe].filter((fault) => about(fault.message));
for (const fault of shown) console.log(`knowledge/${fault.sentence}`);
const count = (kind: string) => pages.filter((page) => page.kind === kind).length;
console.log(
  `${pages.length} pages: ${count("concept")} concepts, ${count("comparison")} comparisons, ${count("command")} commands, ${count("error")} errors; ${shown.length} to mend.`,
);
process.exitCode = shown.length ? 1 : 0;
