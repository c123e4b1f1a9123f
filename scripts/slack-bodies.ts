/** `npm run slack:bodies -- [n] [seed]`: how many generated replies Slack would refuse; into docs/evidence/slack.md. */
import { slackFaults } from "../test/support/slack/faults.ts";
import { bodies } from "./reach/bodies.ts";

bodies("slack", slackFaults, process.argv.slice(2));
