/** Samples of `npm run chaos:slack`, which runs ten times as much. */
import { expect, test } from "vitest";
import { limited, type Outcome, replicas, reset } from "../../support/slack/chaos.ts";
import { tally } from "../../support/tally.ts";
import { chance } from "../../support/zones.ts";

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const counts = ({ posts, asked }: Outcome) =>
  tally(
    posts.map(({ text }) => text),
    asked,
  );
const once = (asked: number) => ({ answered: asked, lost: 0, twice: 0 });

test("three processes on one store, every event three times: each answered once", async () => {
  expect(counts(await replicas(10, 3))).toEqual(once(10));
});

test("posts into five threads under rate limits: each once, in order within its thread", async () => {
  const outcome = await limited(20, 12);
  expect(counts(outcome)).toEqual(once(20));
  for (const thread of new Set(outcome.posts.map((post) => post.thread))) {
    const numbers = outcome.posts
      .filter((post) => post.thread === thread)
      .map(({ text }) => Number(/question(\d+)/.exec(text)?.[1]));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  }
});

test(`responses that are lost after Slack acted: nothing twice (SEED=${seed})`, async () => {
  expect(counts(await reset(20, chance(seed)))).toEqual(once(20));
});
