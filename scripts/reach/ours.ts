/** The tutor as it is deployed: all pages, the database in a file, the real desk; with one command more, which only waits. */
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { discord } from "../../adapters/discord/index.ts";
import { slack } from "../../adapters/slack/index.ts";
import { capabilities } from "../../src/capabilities/index.ts";
import { type Capability, command } from "../../src/core/capability.ts";
import type { Log } from "../../src/core/ports.ts";
import { remark } from "../../src/core/reply.ts";
import { createTutor } from "../../src/core/tutor.ts";
import { openStore } from "../../src/store/open.ts";
import { deskOver } from "../../test/support/desk.ts";
import { TOKEN } from "../../test/support/discord/world.ts";
import { SECRET } from "../../test/support/slack/server.ts";
import { depsOf } from "../../test/support/tutor.ts";
import type { Medium } from "./sides.ts";

const complain = (fields: object, message: string) => console.error(message, fields);
const log: Log = { info() {}, warn: complain, error: complain };

/** "hold 10": an answer that awaits ten seconds. */
const hold: Capability = {
  name: "hold",
  examples: [],
  commands: [
    command({
      name: "hold",
      summary: "Wait",
      args: z.object({ seconds: z.string().describe("How long") }),
      async run({ seconds }) {
        await pause(Number(seconds) * 1000);
        return remark(["Held."]);
      },
    }),
  ],
  hear(text) {
    const seconds = /^hold (\d+)$/.exec(text)?.[1];
    return seconds ? { command: "hold", args: { seconds } } : undefined;
  },
};

export async function ourTutor(medium: Medium, address: string, folder: string): Promise<number> {
  const store = await openStore({ dataDir: folder, clock: Date.now }, log);
  const tutor = createTutor({
    capabilities: [hold, ...capabilities(depsOf({ store, clock: Date.now }))],
    conversations: store.conversations,
    log,
    diagram: async () => undefined,
  });
  if (medium === "discord") {
    const adapter = discord({ token: TOKEN, apiUrl: address, log });
    await adapter.start(tutor, deskOver({ tutor, store, log }, adapter.deliver));
    return 0;
  }
  const transport =
    medium === "slack-http"
      ? ({ mode: "http", signingSecret: SECRET, host: "127.0.0.1", port: 0 } as const)
      : ({ mode: "socket", appToken: "xapp-1-loopback" } as const);
  const adapter = slack({ botToken: "xoxb-loopback-1", apiUrl: address, transport, admins: [], log });
  await adapter.start(tutor, deskOver({ tutor, store, log }, adapter.deliver));
  return adapter.port() ?? 0;
}
