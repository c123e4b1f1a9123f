/** What the environment may say about Discord, and the sentence where it says it wrongly. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConfig } from "../../../src/config.ts";
import { shardingOf } from "../../../src/platforms.ts";
import { folder } from "../../support/folder.ts";

test("the token comes from the variable or from a file, never from both", () => {
  const file = join(folder({ token: "from-a-file\n" }), "token");
  expect(readConfig({ DISCORD_TOKEN: "plain" }).DISCORD_TOKEN).toBe("plain");
  expect(readConfig({ DISCORD_TOKEN_FILE: file }).DISCORD_TOKEN).toBe("from-a-file");
  expect(() => readConfig({ DISCORD_TOKEN: "a", DISCORD_TOKEN_FILE: file })).toThrow("both set");
  expect(() => readConfig({ DISCORD_TOKEN_FILE: "/not/there" })).toThrow("cannot be read");
});

test("shards are a list, or a pod's number", () => {
  const sharding = (environment: Record<string, string>) => shardingOf(readConfig(environment));
  expect(sharding({})).toEqual({});
  expect(sharding({ SHARDS: "0,2-3", SHARD_COUNT: "4" })).toEqual({ shards: [0, 2, 3], shardCount: 4 });
  expect(sharding({ SHARDS: "ordinal", SHARD_COUNT: "4", HOSTNAME: "tutor-2" })).toEqual({
    shards: [2],
    shardCount: 4,
  });
  expect(() => sharding({ SHARDS: "0" })).toThrow("SHARD_COUNT");
  expect(() => sharding({ SHARDS: "0-4", SHARD_COUNT: "4" })).toThrow("has shard 4");
  expect(() => sharding({ SHARDS: "ordinal", SHARD_COUNT: "4", HOSTNAME: "laptop" })).toThrow("HOSTNAME");
  expect(() => sharding({ SHARDS: "first", SHARD_COUNT: "4" })).toThrow("list of shards");
});

test("addresses and ids are checked", () => {
  expect(() => readConfig({ DISCORD_API_URL: "http://proxy:8080" })).toThrow("does not end in /api");
  expect(() => readConfig({ DISCORD_DEV_GUILD: "my server" })).toThrow("no server id");
});
