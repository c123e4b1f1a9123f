/** `npm run discord:bodies -- [n] [seed]`: how many generated replies Discord would refuse; into docs/evidence/discord.md. */
import { discordFaults } from "../test/support/discord/faults.ts";
import { bodies } from "./reach/bodies.ts";

bodies("discord", discordFaults, process.argv.slice(2));
