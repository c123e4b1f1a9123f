#!/usr/bin/env node
// Plain JavaScript that every Node can read: says which Node is missing, else hands over to src/main.ts.
import { enableCompileCache } from "node:module";

const [major] = process.versions.node.split(".").map(Number);
if (major < 26) {
  process.stderr.write(
    `Container Tutor needs Node 26, this is ${process.version}: start it with "npm start", which brings its own.\n`,
  );
  process.exit(78);
}
enableCompileCache();
const { main, explain } = await import("../src/main.ts");
process.exitCode = await main(process.argv.slice(2)).catch(explain);
