/** A quiz in the terminal: letters and numbers press buttons, and another session is another asking. */
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { terminal } from "../../adapters/terminal/index.ts";
import { learner } from "../support/learner.ts";
import { DAY, person } from "../support/store.ts";

const YOU = { ...person("you", "local"), platform: "terminal" } as const;

async function chat(
  tutor: Parameters<ReturnType<typeof terminal>["start"]>[0],
  ...lines: readonly string[]
): Promise<string> {
  const input = new PassThrough();
  const output = new PassThrough();
  let text = "";
  output.on("data", (chunk) => {
    text += String(chunk);
  });
  const adapter = terminal({ input, output, environment: { COLUMNS: "80" } });
  await adapter.start(tutor);
  input.end(`${lines.join("\n")}\n`);
  await adapter.closed;
  return text;
}

test.each(["B", "b)", "2", "[2]"])("%s answers with the second option", async (typed) => {
  const { tutor, store } = await learner();
  expect(await chat(tutor, "quiz me on volumes", typed)).toMatch(/Right\.|Not quite\./);
  expect(await store.learners.cards(YOU)).toMatchObject([{ answers: 1 }]);
});

test("a letter is no answer where no question was asked", async () => {
  const { tutor } = await learner();
  expect(await chat(tutor, "help", "b")).toMatch(/press its button/);
});

test("the first turn of another session is another asking, and counts", async () => {
  const you = await learner();
  for (let session = 0; session < 4; session++) {
    await chat(you.tutor, "quiz cgroup", "a");
    // Long enough for the same question to be due again.
    you.wait(60 * DAY);
  }
  // A session is chance, and so are the letters: after some right answers in a row another question is more urgent.
  const cards = await you.store.learners.cards(YOU);
  expect(cards.reduce((sum, card) => sum + card.answers, 0)).toBe(4);
});
