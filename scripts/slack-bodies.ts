/** How many generated replies Slack would refuse: `node scripts/slack-bodies.ts 100000`. */
import fc from "fast-check";
import { render } from "../adapters/slack/render.ts";
import { faultsOfMessage } from "../test/support/slack/limits.ts";
import { replies } from "../test/support/slack/replies.ts";
import { slackChecks } from "../test/support/slack/schema.ts";

const count = Number(process.argv[2] ?? 1000);
const checks = slackChecks();
const found = new Map<string, number>();
let pages = 0;
const begun = performance.now();
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
for (const blocks of fc.sample(replies, { numRuns: count, seed }))
  for (const page of render(blocks)) {
    pages += 1;
    const faults = [
      ...page.blocks.flatMap((block) => checks.block(block) ?? []),
      ...faultsOfMessage({ text: page.text, blocks: page.blocks.map((block) => ({ ...block })) }),
    ];
    for (const fault of faults) found.set(fault, (found.get(fault) ?? 0) + 1);
  }
const seconds = ((performance.now() - begun) / 1000).toFixed(1);
process.stdout.write(
  `${JSON.stringify({ replies: count, messages: pages, seed, seconds, refused: Object.fromEntries(found) })}\n`,
);
process.exitCode = found.size ? 1 : 0;
