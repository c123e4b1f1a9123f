/** One start of the tutor's parts, with the store in a folder or without one; `npm run bench:store` compares them. */
import { join } from "node:path";
import { capabilities } from "../../src/capabilities/index.ts";
import { createTutor } from "../../src/core/tutor.ts";
import { openLibrary } from "../../src/library/open.ts";

const [cacheDir = "", dataDir] = process.argv.slice(2);
const log = { info: () => {}, warn: () => {}, error: () => {} };
const builtin = join(import.meta.dirname, "../../knowledge");
const library = openLibrary({ builtin, own: [], cacheDir }, log);
if (dataDir) {
  const { openStore } = await import("../../src/store/open.ts");
  const store = await openStore({ dataDir }, log);
  const retention = { conversations: 1, keys: 1, quiz: 1, audit: 1 };
  createTutor({
    capabilities: capabilities({
      ...store,
      library: library.current,
      retention,
      moderates: () => false,
      clock: Date.now,
    }),
    conversations: store.conversations,
    log,
    diagram: async () => undefined,
  });
  await store.close();
}
