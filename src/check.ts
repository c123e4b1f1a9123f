/** `npm start -- --check`: would it start? Configuration, pages and database are looked at; nothing is started or changed. */
import type { Config } from "./config.ts";
import type { Log } from "./core/ports.ts";
import type { OpenLibrary } from "./library/open.ts";
import { refuseSeparateFiles, shardingOf, slackOf } from "./platforms.ts";
import { lookAtStore } from "./store/look.ts";

/** Says what is there, one line each; throws what a start would throw. */
export async function check(config: Config, library: () => OpenLibrary, log: Log): Promise<readonly string[]> {
  refuseSeparateFiles(config);
  const slack = slackOf(config);
  if (config.DISCORD_TOKEN) shardingOf(config);
  const platforms = [
    ...(slack ? [`Slack (${slack.transport.mode})`] : []),
    ...(config.DISCORD_TOKEN ? ["Discord"] : []),
  ];
  const pages = library().current().pages.length;
  const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir } = config;
  const database = await lookAtStore({ dataDir, ...(databaseUrl ? { databaseUrl } : {}) }, log);
  return [
    platforms.length ? `The tutor would start on ${platforms.join(" and ")}.` : NO_PLATFORM,
    `The library has ${pages} pages, all of them valid.`,
    database,
  ];
}

const NO_PLATFORM = "No platform is configured: set SLACK_BOT_TOKEN or DISCORD_TOKEN (docs/run.md).";
