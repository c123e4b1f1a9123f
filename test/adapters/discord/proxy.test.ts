/** Two processes behind the proxy: Discord's limits are counted once, and everything goes through it. */
import { expect, test } from "vitest";
import { discord } from "../../../adapters/discord/index.ts";
import { serveProxy } from "../../../adapters/discord/proxy.ts";
import { remark } from "../../../src/core/reply.ts";
import { loopback } from "../../support/discord/server.ts";
import { BOT, GENERAL, GUILD, TOKEN } from "../../support/discord/world.ts";
import { scripted } from "../../support/scripted.ts";
import { until } from "../contract.ts";

test("two processes post through one count of Discord's requests a second", async () => {
  const guilds = [GUILD, "2000000000004194305"];
  const server = await loopback({ guilds });
  const script = await scripted();
  const proxy = await serveProxy({
    host: "127.0.0.1",
    port: 0,
    api: server.api,
    requestsPerSecond: 12,
    log: script.log,
  });
  const both = [0, 1].map((shard) =>
    discord({ token: TOKEN, apiUrl: proxy.address, shards: [shard], shardCount: 2, log: script.log }),
  );
  const desks = both.map((each) => script.desk(each.deliver));
  for (const [i, each] of both.entries()) await each.start(script.tutor, desks[i] ?? script.desk(each.deliver));
  for (const [i, guild] of guilds.entries()) server.say(`<@${BOT}> kinds${i}`, { guild, mentions: [BOT] });
  server.interact(2, { id: "1", type: 1, name: "docker", options: [{ type: 1, name: "kinds", options: [] }] });
  const mine = () => server.world.messages.filter(({ author }) => author === BOT);
  await until(() => mine().length === 3, "three answers, one with a drawing");
  expect(mine().some(({ files }) => files.length === 1)).toBe(true);

  const place = { platform: "discord", community: GUILD, channel: GENERAL } as const;
  const posts = Array.from({ length: 16 }, (_, i) =>
    both[i % 2]?.deliver(place, remark([`Post ${i}.`]), `post${i}`.padEnd(22, "x")),
  );
  expect((await Promise.all(posts)).map((each) => each?.kind)).toEqual(posts.map(() => "sent"));
  expect(proxy.waited()).toBeGreaterThan(0);
  expect(mine()).toHaveLength(19);

  // What Discord refuses is refused in its own words, and a response that gets lost is asked for again.
  server.world.refused.set(GENERAL, 50_013);
  expect(await both[0]?.deliver(place, remark(["Refused."]), "r".repeat(22))).toMatchObject({ kind: "gone" });
  server.world.refused.clear();
  server.rest.fates.push({ on: /^POST \/channels/, meets: "lost" });
  expect(await both[1]?.deliver(place, remark(["Lost once."]), "l".repeat(22))).toEqual({ kind: "sent" });
  expect(mine()).toHaveLength(20);

  await Promise.all(both.map((each) => each.stop()));
  await proxy.close();
  await server.close();
  await script.store.close();
  expect(server.rest.faults).toEqual([]);
});
