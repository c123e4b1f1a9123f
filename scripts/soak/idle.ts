/** What the compiled tutor holds while nothing happens, connected to a Slack and a Discord on 127.0.0.1. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { loopback } from "../../test/support/discord/server.ts";
import { TOKEN } from "../../test/support/discord/world.ts";
import { openSlack } from "../../test/support/slack/server.ts";
import { type Row, writeEvidence } from "./evidence.ts";

const DIST = join(import.meta.dirname, "../../dist");
const OPS_PORT = 39_190;
const READY_WITHIN_MS = 60_000;

export async function idle(seconds: number): Promise<boolean> {
  if (!existsSync(join(DIST, "bin/tutor.mjs"))) throw new Error("dist/ is not there: run `npm run build` first.");
  const slack = await openSlack({ mode: "socket" });
  const discord = await loopback({});
  const forSlack = {
    SLACK_BOT_TOKEN: "xoxb-loopback-1",
    SLACK_APP_TOKEN: "xapp-1-loopback",
    SLACK_API_URL: slack.apiUrl,
  };
  const forDiscord = { DISCORD_TOKEN: TOKEN, DISCORD_API_URL: discord.api };
  const measured: (readonly [string, Awaited<ReturnType<typeof measure>>, number])[] = [];
  for (const [name, environment, aim] of [
    ["no platform", {}, 130],
    ["Slack", forSlack, 130],
    ["Discord", forDiscord, 130],
    ["both", { ...forSlack, ...forDiscord }, 150],
  ] as const)
    measured.push([name, await measure(environment, seconds), aim]);
  await slack.close();
  await discord.close();
  writeEvidence(
    "idle",
    "Memory while nothing happens",
    `Compiled JavaScript as in the image, connected, ${seconds} seconds after it was ready; resident memory, of it anonymous (the rest is mostly the mapped node binary, which the system can take back).`,
    measured.map(
      ([name, { resident, anonymous, readyMs }, aim]): Row => [
        name,
        `${resident.toFixed(0)} MiB, anonymous ${anonymous.toFixed(0)} MiB; ready after ${readyMs.toFixed(0)} ms`,
        `<= ${aim} MiB`,
      ],
    ),
  );
  return measured.every(([, { resident }, aim]) => resident <= aim);
}

async function measure(environment: Readonly<Record<string, string>>, seconds: number) {
  const dataDir = mkdtempSync(join(tmpdir(), "tutor-soak-"));
  const from = performance.now();
  const child = spawn(
    process.execPath,
    ["--max-old-space-size=160", "--max-semi-space-size=2", join(DIST, "bin/tutor.mjs"), "start"],
    {
      env: {
        PATH: process.env.PATH,
        NODE_ENV: "production",
        NODE_DISABLE_COMPILE_CACHE: "1",
        DATA_DIR: dataDir,
        OPS_PORT: String(OPS_PORT),
        ...environment,
      },
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  try {
    while (!(await isReady())) {
      if (child.exitCode !== null || performance.now() - from > READY_WITHIN_MS)
        throw new Error("It did not become ready.");
      await pause(20);
    }
    const readyMs = performance.now() - from;
    await pause(seconds * 1000);
    const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
    const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1]) / 1024;
    return { resident: field("VmRSS"), anonymous: field("RssAnon"), readyMs };
  } finally {
    child.kill("SIGTERM");
    await new Promise((done) => child.once("exit", done));
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const isReady = (): Promise<boolean> =>
  fetch(`http://127.0.0.1:${OPS_PORT}/ready`).then(
    (response) => response.ok,
    () => false,
  );
