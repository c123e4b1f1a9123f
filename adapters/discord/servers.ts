/** In which servers the tutor is: what is kept of one that it left goes after a while, unless it comes back. */
import { type Client, Events } from "discord.js";
import type { InstallationStore } from "../../src/core/index.ts";

export type Communities = Pick<InstallationStore, "stays" | "remove">;

type Handle = (what: string, work: () => Promise<void>) => void;

const communityOf = (id: string) => ({ platform: "discord", community: id }) as const;

/** `until` ends what is still going on at the start, when the tutor stops. */
export function watchServers(client: Client, communities: Communities, handle: Handle, until: AbortSignal): void {
  // An outage is no departure: discord.js tells the two apart.
  client.on(Events.GuildDelete, ({ id }) =>
    handle("departure", async () => {
      const now = Date.now();
      await communities.remove(communityOf(id), now, now);
    }),
  );
  client.on(Events.GuildCreate, ({ id }) => handle("return", () => communities.stays(communityOf(id))));
  // Where it came back while it was not running.
  client.once(Events.ClientReady, () =>
    handle("servers", async () => {
      for (const id of [...client.guilds.cache.keys()]) {
        if (until.aborted) return;
        await communities.stays(communityOf(id));
      }
    }),
  );
}
