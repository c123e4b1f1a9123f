/** A sample of the soak: two real processes, two shards, forty servers. */
import { expect, test } from "vitest";
import { slopeOf, soakDiscord } from "../../../scripts/soak/discord.ts";

test("every question of forty servers is answered once, by the process whose shard it is", async () => {
  const soaked = await soakDiscord({
    guilds: 40,
    shards: 2,
    processes: 2,
    chatter: 5,
    questions: 1,
    few: 0,
    pages: "docs",
  });
  expect(soaked).toMatchObject({ events: 240, questions: 40, lost: 0, twice: 0, refused: 0 });
}, 120_000);

test("growth is told from the samples", () => {
  expect(slopeOf([5, 5, 5])).toBe(0);
  expect(slopeOf([1, 2, 3, 4])).toBeCloseTo(3);
});
