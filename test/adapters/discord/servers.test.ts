/** Servers come and go, and shards of several processes log in one after the other. */
import { expect, test } from "vitest";
import { pacedBy } from "../../../adapters/discord/identify.ts";
import { discord } from "../../../adapters/discord/index.ts";
import { loopback } from "../../support/discord/server.ts";
import { GUILD, TOKEN } from "../../support/discord/world.ts";
import { scripted } from "../../support/scripted.ts";
import { until } from "../contract.ts";

test("a server that is left is noted, an outage is not, and one that comes back stays", async () => {
  const server = await loopback();
  const script = await scripted();
  const heard: string[] = [];
  const adapter = discord({
    token: TOKEN,
    apiUrl: server.api,
    log: script.log,
    communities: {
      stays: async ({ community }) => void heard.push(`stays ${community}`),
      remove: async ({ community }) => heard.push(`left ${community}`) > 0,
    },
  });
  await adapter.start(script.tutor, script.desk(adapter.deliver));
  await until(() => heard.length === 1, "the server at the start");
  const { gateway, world } = server;
  gateway.emit("GUILD_DELETE", { id: GUILD, guild_id: GUILD, unavailable: true });
  gateway.emit("GUILD_CREATE", { ...world.guild(GUILD), guild_id: GUILD });
  gateway.emit("GUILD_DELETE", { id: GUILD, guild_id: GUILD });
  await until(() => heard.includes(`left ${GUILD}`), "the departure");
  gateway.emit("GUILD_CREATE", { ...world.guild(GUILD), guild_id: GUILD });
  await until(() => heard.length >= 3, "the return");
  expect(heard).toEqual([`stays ${GUILD}`, `left ${GUILD}`, `stays ${GUILD}`]);
  await adapter.stop();
  await server.close();
  await script.store.close();
});

test("logins of one bucket take turns over all processes; those of others do not wait for them", async () => {
  const script = await scripted();
  const log: string[] = [];
  const gate = async (process: string) => {
    const manager = {
      fetchGatewayInformation: async () => ({ session_start_limit: { max_concurrency: 2 } }),
    } as unknown as Parameters<ReturnType<typeof pacedBy>>[0];
    const throttler = await pacedBy(script.store.limiter, async (ms) => {
      log.push(`${process} waits`);
      expect(ms).toBeGreaterThan(0);
      throw new Error("waits");
    })(manager);
    return (shard: number) =>
      throttler.waitForIdentify(shard, new AbortController().signal).then(
        () => void log.push(`${process} ${shard}`),
        () => undefined,
      );
  };
  const [a, b] = await Promise.all([gate("a"), gate("b")]);
  await a(0);
  await b(2);
  await b(3);
  await a(1);
  expect(log).toEqual(["a 0", "b waits", "b 3", "a waits"]);
  await script.store.close();
});
