/**
 * `npm run chaos:slack -- [drops] [seed]`: sockets that break, rate limits, lost answers and three replicas, against a Slack on
 * 127.0.0.1; into docs/evidence/slack.md.
 */
import { disconnects, limited, type Outcome, replicas, reset } from "../test/support/slack/chaos.ts";
import { tally } from "../test/support/tally.ts";
import { chance } from "../test/support/zones.ts";
import { record } from "./reach/evidence.ts";

const drops = Number(process.argv[2] ?? 100);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
process.stdout.write(`seed ${seed}\n`);
const random = chance(seed);
const rows: string[] = [];
let failed = false;

async function measure(name: string, work: Promise<Outcome>): Promise<void> {
  const began = performance.now();
  const { posts, asked, faults } = await work;
  const { lost, twice } = tally(
    posts.map(({ text }) => text),
    asked,
  );
  const disordered = outOfOrder(posts);
  failed ||= lost + twice + disordered + faults.length > 0;
  const seconds = Math.round((performance.now() - began) / 1000);
  rows.push(`| ${[name, asked, lost, twice, disordered, faults.length, seconds].join(" | ")} |`);
  process.stdout.write(`${rows.at(-1)}\n`);
}

/** Posts that stand above an earlier one of their thread. */
function outOfOrder(posts: Outcome["posts"]): number {
  const last = new Map<string, number>();
  let count = 0;
  for (const { thread, text } of posts) {
    const number = Number(/question(\d+)/.exec(text)?.[1]);
    if (thread !== undefined && number < (last.get(thread) ?? 0)) count += 1;
    last.set(thread ?? "", number);
  }
  return count;
}

await measure(`${drops} sockets broken, ${drops * 5} mentions, each sent twice`, disconnects(drops, drops * 5, random));
await measure(`${drops} posts under ${Math.round(drops * 0.6)} times 429`, limited(drops, Math.round(drops * 0.6)));
await measure(`${drops} posts, half of the responses reset after the server acted`, reset(drops, random));
await measure(`${drops} events, three deliveries each over three replicas`, replicas(drops, 3));
const head = ["what", "asked", "lost", "twice", "out of order", "refused bodies", "seconds"];
record("slack", "Faults", `npm run chaos:slack -- ${drops} ${seed}`, seed, [
  `| ${head.join(" | ")} |`,
  `|${"---|".repeat(head.length)}`,
  ...rows,
]);
process.exitCode = failed ? 1 : 0;
