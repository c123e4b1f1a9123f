/** A process that posts tips until it is killed. */
import { remark } from "../../src/core/reply.ts";
import { openStore } from "../../src/store/open.ts";
import { createDeliveries } from "../../src/tips/deliver.ts";
import type { Database } from "./database.ts";
import { openLine } from "./line.ts";
import { type Memory, postOver } from "./platform.ts";
import { clockOf, type Pace, pause } from "./time.ts";

export interface TipsData {
  readonly options: Database["options"];
  readonly pace: Pace;
  readonly memory: Memory;
}

const line = openLine<TipsData>();
const { options, pace, memory } = line.data;
const clock = clockOf(pace);
const log = { info: () => {}, warn: () => {}, error: () => {} };
const store = await openStore({ ...options, clock }, log);
const deliveries = createDeliveries({
  tips: store.tips,
  post: postOver(line, memory),
  write: async ({ tip }) => ({ id: tip ?? "tip", reply: remark(["A tip."]), newRound: false }),
  tellGone: async () => {},
  clock,
  log,
});
line.tell({ what: "ready" });
for (;;) {
  await deliveries.tick(clock());
  await pause(20);
}
