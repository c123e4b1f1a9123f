/**
 * A bot in a process of its own, for `npm run bench:adapters`: the tutor as it is deployed, or the least that the SDK needs to
 * echo. Its parent is the platform. `node bot.ts ours|bare slack-socket|slack-http|discord <address> <folder>`.
 */
import { bareDiscord, bareSlack } from "./bare.ts";
import { ourTutor } from "./ours.ts";
import type { Medium, Side } from "./sides.ts";

const [side, medium, address = "", folder = ""] = process.argv.slice(2) as [Side, Medium, string?, string?];
const open = side === "ours" ? ourTutor : medium === "discord" ? bareDiscord : bareSlack;
const port = await open(medium, address, folder);
// The parent is gone: nobody is left to talk to.
process.on("disconnect", () => process.exit(0));
process.send?.({ port });
