/**
 * `npm run bench:adapters -- [n] [discord]`: how soon the tutor acknowledges and answers in Slack and Discord, as ratios to
 * the least that the same SDK needs, both asked in turn against loopback servers. Writes docs/evidence/adapters.md where all
 * of them were asked.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { record } from "./reach/evidence.ts";
import { milliseconds, quantile, times } from "./reach/quantile.ts";
import { type Bot, openRace } from "./reach/race.ts";
import type { Medium, Side } from "./reach/sides.ts";

const COUNT = Number(process.argv[2] ?? 300);
const WARM = Math.min(100, COUNT);
const REST_MS = 10;
const MEDIA: readonly { readonly medium: Medium; readonly name: string; readonly holdS: number }[] = [
  { medium: "slack-socket", name: "Slack, Socket Mode", holdS: 10 },
  { medium: "slack-http", name: "Slack, HTTP", holdS: 10 },
  { medium: "discord", name: "Discord", holdS: 5 },
];
const SIDES: readonly Side[] = ["ours", "bare"];
const questions = readFileSync(join(import.meta.dirname, "../test/eval/questions.jsonl"), "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => (JSON.parse(line) as { question: string }).question);
const question = (i: number): string => questions[i % questions.length] ?? "";

type Times = Record<Side, number[]>;

/** Ours and the bare one by turns, so that both meet the same noise. */
async function inTurn(count: number, bots: Record<Side, Bot>, ask: (bot: Bot, i: number) => Promise<number>) {
  const taken: Times = { ours: [], bare: [] };
  for (let i = 0; i < count; i++)
    for (const side of SIDES) {
      taken[side].push(await ask(bots[side], i));
      // What is done after the post is done before the next question.
      await pause(REST_MS);
    }
  return taken;
}

/** Acknowledgements while an answer of ours is held; as many windows of that as it takes. */
async function whileHeld(count: number, bots: Record<Side, Bot>, holdS: number): Promise<Times> {
  const all: Times = { ours: [], bare: [] };
  while (all.ours.length < count) {
    const until = performance.now() + (holdS - 1) * 1000;
    await bots.ours.begin(`hold ${holdS}`);
    while (performance.now() < until && all.ours.length < count) {
      const some = await inTurn(1, bots, (bot) => bot.acknowledge(question(all.ours.length)));
      for (const side of SIDES) all[side].push(...some[side]);
    }
  }
  return all;
}

const rows: string[] = [];
let missed = false;
function tell(name: string, { ours, bare }: Times, q: number, most: number): void {
  const ratio = quantile(ours, q) / quantile(bare, q);
  if (ratio > most) missed = true;
  const label = q === 0.5 ? "median" : "p99";
  const cells = [`${name}, ${label}`, milliseconds(quantile(ours, q)), milliseconds(quantile(bare, q)), times(ratio)];
  const row = `| ${cells.join(" | ")} | ${q === 0.5 && most > 1.5 ? "" : `<= ${times(most)}`} | ${ours.length} |`;
  rows.push(row);
  process.stdout.write(`${row}\n`);
}

const only = process.argv[3];
for (const { medium, name, holdS } of MEDIA.filter((each) => !only || each.medium.startsWith(only))) {
  const folder = mkdtempSync(join(tmpdir(), "tutor-bench-"));
  const bots = await openRace(medium, folder, question(0));
  try {
    await inTurn(WARM, bots, (bot, i) => bot.mention(question(i)));
    const posted = await inTurn(COUNT, bots, (bot, i) => bot.mention(question(i)));
    tell(`${name}: mention to posted answer`, posted, 0.5, 1.3);
    tell(`${name}: mention to posted answer`, posted, 0.99, 1.3);
    await inTurn(WARM, bots, (bot, i) => bot.acknowledge(question(i)));
    const held = await whileHeld(COUNT, bots, holdS);
    tell(`${name}: acknowledged while an answer awaits ${holdS} s`, held, 0.5, 2);
    tell(`${name}: acknowledged while an answer awaits ${holdS} s`, held, 0.99, 2);
    for (const side of SIDES)
      if (bots[side].faults().length) throw new Error(`${name}, ${side}: ${bots[side].faults().join("; ")}`);
  } finally {
    await Promise.all(SIDES.map((side) => bots[side].close()));
    rmSync(folder, { recursive: true, force: true });
  }
}
if (!only)
  record("adapters", "Speed of the adapters", "npm run bench:adapters", undefined, [
    "| | tutor | bare SDK | ratio | aim | times |",
    "|---|---|---|---|---|---|",
    ...rows,
    "",
    "The tutor: all pages, the real desk, SQLite in a file; each turn is claimed there, and the claim on the disk,",
    "before it is acknowledged. The bare bot: the same SDK posting one constant message, of the size of a usual answer. Each in a process of its",
    "own against a loopback server of its own; asked in turn, one question at a time.",
  ]);
process.exitCode = missed ? 1 : 0;
