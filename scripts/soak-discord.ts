/** An hour of Discord over many servers. `npm run soak:discord [servers] [chatter] [questions]`; writes docs/evidence/discord-scale.md. */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { version } from "discord.js";
import { HOUR, soakDiscord } from "./soak/discord.ts";

const { positionals } = parseArgs({ allowPositionals: true });
const [guilds = HOUR.guilds, chatter = HOUR.chatter, questions = HOUR.questions] = positionals.map(Number);
const soaked = await soakDiscord({
  ...HOUR,
  guilds,
  chatter,
  questions,
  few: Math.min(HOUR.few, Math.floor(guilds / 10)),
});
const full = guilds >= HOUR.guilds && chatter >= HOUR.chatter && questions >= HOUR.questions;
const mb = (value: number) => `${value.toFixed(1)} MB`;
const rows: readonly (readonly [string, string | number])[] = [
  ["processes, shards, servers", `${HOUR.processes}, ${HOUR.shards}, ${guilds}`],
  ["events sent, as fast as they are heard", soaked.events],
  ["questions among them", soaked.questions],
  ["not answered", soaked.lost],
  ["answered twice", soaked.twice],
  ["bodies that Discord would refuse", soaked.refused],
  ["resident memory of all processes with few servers", mb(soaked.rssFew)],
  ["and with all of them, before the traffic", mb(soaked.rssFull)],
  ["resident memory per 1,000 servers", mb(soaked.rssPer1000)],
  [
    "heap after a forced collection, at each tenth of the traffic",
    soaked.heap.map((each) => each.toFixed(1)).join(", "),
  ],
  ["growth of that heap over the traffic, by least squares", mb(soaked.slope)],
  ["seconds", soaked.seconds],
];
const cpu = cpus();
const text = `# Discord over many servers
\`npm run soak:discord${positionals.length ? ` ${positionals.join(" ")}` : ""}\`, ${new Date().toISOString().slice(0, 10)}; ${cpu.length} x ${cpu[0]?.model ?? "unknown"}, Node ${process.version}, discord.js ${version}. No chance is involved, so there is no seed.

Real processes (\`npm start\` on one PostgreSQL) against a Discord on the loopback. In each server: ${chatter} messages that are not for the tutor, ${questions} that ask it something. The busiest hour of a day with 2,000 messages and 20 questions has ${HOUR.chatter} and ${HOUR.questions}; ${full ? "this is that hour" : "this run is smaller"}.

| | |
|---|---|
${rows.map(([what, value]) => `| ${what} | ${value} |`).join("\n")}
`;
writeFileSync(join(import.meta.dirname, "../docs/evidence/discord-scale.md"), text);
console.log(text);
