/** A worker process: claims from the file in the folder it is given until nothing is due, and prints the channels. */
import { openStore } from "../../src/store/open.ts";
import { channels, claim, NOW } from "./store.ts";

const log = { info: () => {}, warn: () => {}, error: () => {} };
const store = await openStore({ dataDir: process.argv[2] ?? "" }, log);
const all: string[] = [];
for (;;) {
  const batch = await claim(store, NOW, 7);
  if (!batch.length) break;
  all.push(...channels(batch));
}
await store.close();
process.stdout.write(JSON.stringify(all));
