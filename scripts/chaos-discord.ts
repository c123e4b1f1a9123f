/** Discord under fire: drops, op 7, op 9 and zombies with mentions in the gaps. `npm run chaos:discord [drops]`; prints one table. */

import { until } from "../test/adapters/contract.ts";
import { readable } from "../test/support/discord/readable.ts";
import { discordStage } from "../test/support/discord/stage.ts";
import { BOT } from "../test/support/discord/world.ts";
import { scripted } from "../test/support/scripted.ts";

const DROPS = Number(process.argv[2] ?? 100);
const PER_FAULT = 4;

const script = await scripted();
const stage = await discordStage(script, { heartbeatMs: 1000 });
const { gateway, world } = stage.server;
const began = performance.now();
let asked = 0;
let begunAnew = 0;

/** Mentions around a fault; only those of a session that cannot be resumed may be lost. */
async function under(fault: () => void, back: () => boolean): Promise<void> {
  for (let i = 0; i < PER_FAULT; i++) {
    if (i === 1) fault();
    await stage.mention(`echo question${++asked} `);
  }
  await until(back, "the connection to come back");
}
const resumes = (fault: () => void) => {
  const before = gateway.resumed();
  return under(fault, () => gateway.resumed() > before && gateway.online() > 0);
};

for (let i = 0; i < DROPS; i++) await resumes(() => gateway.drop());
for (let i = 0; i < DROPS / 5; i++) await resumes(() => gateway.askReconnect());
for (let i = 0; i < DROPS / 10; i++) await resumes(() => gateway.invalidate(true));
for (let i = 0; i < DROPS / 20; i++) await resumes(() => gateway.zombie(true)).then(() => gateway.zombie(false));
for (let i = 0; i < DROPS / 10; i++) {
  const before = gateway.identified();
  gateway.invalidate(false);
  await until(() => gateway.identified() > before && stage.adapter.health() === "up", "a new session");
  begunAnew += 1;
  await stage.mention(`echo question${++asked} `);
}
const times = new Map<string, number>();
const counted = () => {
  times.clear();
  for (const { author, body } of world.messages) {
    const name = author === BOT ? /question(\d+)/.exec(readable(body).text)?.[1] : undefined;
    if (name) times.set(name, (times.get(name) ?? 0) + 1);
  }
  return times.size;
};
await until(() => counted() >= asked, "the last answers").catch(() => undefined);
console.table({
  mentions: asked,
  resumed: gateway.resumed(),
  begunAnew,
  lost: asked - counted(),
  twice: [...times.values()].filter((each) => each > 1).length,
  faults: stage.server.rest.faults.length,
  seconds: Math.round((performance.now() - began) / 1000),
});
await stage.close();
await script.store.close();
