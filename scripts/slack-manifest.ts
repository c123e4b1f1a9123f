/** Prints the Slack app's manifest: `npm run -s slack:manifest -- [--http URL] [--installs URL] [--least]`, each URL as https://tutor.example.org. */
import { parseArgs } from "node:util";
import { manifest } from "../adapters/slack/manifest.ts";
import { capabilities } from "../src/capabilities/index.ts";
import { openStore } from "../src/store/open.ts";

const { values } = parseArgs({
  options: {
    http: { type: "string" },
    installs: { type: "string" },
    least: { type: "boolean", default: false },
  },
});
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const store = await openStore({ dataDir: ":memory:" }, quiet);
const list = capabilities({
  ...store,
  library: () => {
    throw new Error("A manifest asks nothing.");
  },
  retention: { conversations: 0, keys: 0, quiz: 0, audit: 0 },
  moderates: () => false,
  clock: Date.now,
});
const commands = list.flatMap((each) => each.commands);
const { http: url, installs, least } = values;
const made = manifest({ commands, least, ...(url ? { url } : {}), ...(installs ? { installs } : {}) });
process.stdout.write(`${JSON.stringify(made, null, 2)}\n`);
await store.close();
