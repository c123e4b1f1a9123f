/** `npm run pictures`: a question and a comparison, drawn from the blocks and components that the bot sends; into docs/pictures. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ask, tutor } from "../test/support/tutor.ts";
import { discordPicture } from "./pictures/discord.ts";
import { slackPicture } from "./pictures/slack.ts";

const FOLDER = join(import.meta.dirname, "../docs/pictures");
const SAID = { question: "what is a volume?", comparison: "compare vm container" };

mkdirSync(FOLDER, { recursive: true });
for (const [name, said] of Object.entries(SAID)) {
  const { blocks } = await ask(tutor(), said);
  for (const [platform, draw] of Object.entries({ slack: slackPicture, discord: discordPicture })) {
    const png = draw(blocks);
    writeFileSync(join(FOLDER, `${platform}-${name}.png`), png);
    console.log(`${platform}-${name}.png: ${Math.ceil(png.length / 1024)} KB`);
  }
}
