/** Socket Mode: Bolt's receiver, its state as health, and a small server where workspaces install the app themselves. */
import { type App, SocketModeReceiver } from "@slack/bolt";
import { createGate, type Door } from "./gate.ts";
import { createListener, type Pages, refuse } from "./http.ts";
import type { Logger } from "./logger.ts";

export interface SocketOptions {
  readonly appToken: string;
  readonly apiUrl: string | undefined;
  readonly logger: Logger;
  readonly clientPingTimeout: number | undefined;
  /** Where workspaces install the app themselves, and where that is listened for. */
  readonly pages: { readonly answer: Pages; readonly host: string; readonly port: number } | undefined;
}

export function socketDoor({ appToken, apiUrl, logger, clientPingTimeout, pages }: SocketOptions): Door {
  // No retryConfig here: without the socket's own retries one bad answer at a reconnect would leave it closed for ever.
  const inner = new SocketModeReceiver({
    appToken,
    logger,
    ...(clientPingTimeout ? { clientPingTimeout } : {}),
    installerOptions: { clientOptions: { ...(apiUrl ? { slackApiUrl: apiUrl } : {}) } },
  });
  const gate = createGate();
  const listening = createListener((request, response) => {
    const found = request.method === "GET" && pages ? pages.answer(request, response) : Promise.resolve(false);
    void found.then((there) => there || refuse(response, 404)).catch(() => refuse(response, 500));
  });
  let state: "up" | "connecting" | "down" = "connecting";
  const becomes = (next: typeof state) => () => {
    state = next;
  };
  inner.client.on("connected", becomes("up"));
  inner.client.on("connecting", becomes("connecting"));
  inner.client.on("reconnecting", becomes("connecting"));
  inner.client.on("close", becomes("connecting"));
  inner.client.on("disconnected", becomes("down"));
  return {
    receiver: {
      init: (app) => inner.init(gate.guard(app) as App),
      async start() {
        if (pages) await listening.open(pages.host, pages.port);
        return inner.start();
      },
      stop: () => inner.stop(),
    },
    health: () => state,
    drain: gate.drain,
    async close() {
      state = "down";
      await inner.stop();
      if (pages) await listening.close();
    },
    port: listening.port,
  };
}
