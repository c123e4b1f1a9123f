/** Discord under fire: drops, op 7, op 9 and zombies with mentions in the gaps. `npm run chaos:discord -- [drops]`; into docs/evidence/discord.md. */

import { until } from "../test/adapters/contract.ts";
import { readable } from "../test/support/discord/readable.ts";
import { discordStage } from "../test/support/discord/stage.ts";
import { BOT } from "../test/support/discord/world.ts";
import { scripted } from "../test/support/scripted.ts";
import { tally } from "../test/support/tally.ts";
import { record } from "./reach/evidence.ts";

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
const counted = () =>
  tally(
    world.messages.filter(({ author }) => author === BOT).map(({ body }) => readable(body).text),
    asked,
  );
await until(() => counted().lost === 0, "the last answers").catch(() => undefined);
const { lost, twice } = counted();
const told = script.log.lines.filter(({ fields }) => "mayBeMissed" in fields).length;
const faults = stage.server.rest.faults.length;
const rows = {
  mentions: asked,
  "sessions resumed": gateway.resumed(),
  "sessions begun anew": begunAnew,
  "of these said how much may be missed": told,
  lost,
  "answered twice": twice,
  "refused bodies": faults,
  seconds: Math.round((performance.now() - began) / 1000),
};
const lines = ["| | |", "|---|---|", ...Object.entries(rows).map(([name, value]) => `| ${name} | ${value} |`)];
process.stdout.write(`${lines.join("\n")}\n`);
record("discord", "Faults", `npm run chaos:discord -- ${DROPS}`, undefined, [
  `${DROPS} drops, ${DROPS / 5} times op 7, ${DROPS / 5} times op 9 (half of them not resumable), ${DROPS / 20} zombies; mentions around`,
  "each fault and into its gap. After a session that cannot be resumed only what came later is asked for.",
  "",
  ...lines,
]);
process.exitCode = lost || twice || faults || told < begunAnew ? 1 : 0;
await stage.close();
await script.store.close();
