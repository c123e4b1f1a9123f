/** What Slack would refuse in a reply, or read as a mention in it. */
import { render } from "../../../adapters/slack/render.ts";
import type { Faults } from "../bodies.ts";
import { faultsOfMessage } from "./limits.ts";
import { type Checks, slackChecks } from "./schema.ts";
import { pingsIn } from "./stage.ts";

const PICTURES = new Map([["a", "F0FILE"]]);
let checks: Checks | undefined;

export const slackFaults: Faults = (blocks) => {
  checks ??= slackChecks();
  const { block: fault } = checks;
  return render(blocks, PICTURES).map((page) => [
    ...page.blocks.flatMap((block) => fault(block) ?? []),
    ...faultsOfMessage({ text: page.text, blocks: page.blocks.map((block) => ({ ...block })) }),
    ...pingsIn(page).map((ping) => `pings ${ping}`),
  ]);
};
