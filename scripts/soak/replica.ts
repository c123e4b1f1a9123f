/** One replica: a process with the whole tutor on PostgreSQL, whose platform is the process that started it. */

import { runEvery } from "../../src/core/every.ts";
import type { Delivered } from "../../src/core/post.ts";
import { countingLog, startTutor, turnOf } from "./tutor.ts";

const databaseUrl = process.argv[2] ?? "";
const log = countingLog();
const waiting = new Map<number, (delivered: Delivered) => void>();
let asked = 0;

/** Posts over there; `again` asks whether it stands there already. */
const say = (key: string, again: boolean): Promise<Delivered> =>
  new Promise((done) => {
    asked += 1;
    waiting.set(asked, done);
    process.send?.({ kind: "post", ask: asked, key, again });
  });

const { desk } = await startTutor({ databaseUrl, dataDir: "" }, log, (_, __, key, how) =>
  say(key, how?.again ?? false),
);
process.on("message", (message: { kind: "event"; n: number } | { kind: "posted"; ask: number }) => {
  if (message.kind === "posted") {
    waiting.get(message.ask)?.({ kind: "sent" });
    waiting.delete(message.ask);
    return;
  }
  const { n } = message;
  void desk
    .receive(turnOf(n), {
      async acknowledge() {
        process.send?.({ kind: "acknowledged", n });
        return "answer";
      },
      post: (_, __, key) => say(key, false),
    })
    .then((outcome) => {
      if (outcome === "repeated") process.send?.({ kind: "acknowledged", n });
    });
});
runEvery((_, stopping) => desk.recover(stopping), { name: "recovery", everyMs: 5000, clock: Date.now, log });
process.send?.({ kind: "up" });
