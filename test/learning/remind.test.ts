/** Reminders: only when something is due, at most one a day, never in quiet hours, and off where messages are closed. */
import { beforeEach, describe, expect, test } from "vitest";
import type { Reminder } from "../../src/core/learners.ts";
import type { Delivered } from "../../src/core/post.ts";
import { plainText, type Reply } from "../../src/core/reply.ts";
import type { Store } from "../../src/core/store.ts";
import type { Place } from "../../src/core/turn.ts";
import { bankOf } from "../../src/learning/bank.ts";
import { grade } from "../../src/learning/card.ts";
import { nextDaily } from "../../src/learning/days.ts";
import { deliverReminders } from "../../src/learning/remind.ts";
import { DAY, HOUR, MINUTE, NOW, person, place } from "../support/store.ts";
import { keptLog, library, memoryStore } from "../support/tutor.ts";

const ANN = person("ann");
const SIX = 18 * 60;
const DUE = Date.UTC(2026, 10, 24, 18, 0);
// Read before the first test: its time is not theirs.
const FIRST = bankOf(library()).items[0];

let store: Store;
let posts: { place: Place; text: string; key: string }[];
let answers: Delivered[];
beforeEach(async () => {
  store = await memoryStore();
  posts = [];
  answers = [];
});

/** A platform that posts, unless a test has an answer for it. */
const platform = {
  async deliver(to: Place, reply: Reply, key: string): Promise<Delivered> {
    const answer = answers.shift() ?? { kind: "sent" as const };
    if (answer.kind === "sent" || answer.kind === "unsure")
      posts.push({ place: to, text: plainText(reply.blocks), key });
    return answer;
  },
};
const tick = (now: number, adapter: typeof platform | undefined = platform) =>
  deliverReminders({ learners: store.learners, library, adapter: () => adapter, log: keptLog() }, now);

async function annAsks(rest: Partial<Reminder> = {}): Promise<void> {
  const reminder = {
    person: ANN,
    place: place("general"),
    minute: SIX,
    zone: "Europe/London",
    quietFrom: 1320,
    quietTo: 420,
  };
  await store.learners.remind({ ...reminder, nextAt: nextDaily(SIX, "Europe/London", NOW), ...rest });
}
async function annHasDue(): Promise<void> {
  const item = FIRST;
  if (!item) throw new Error("no question");
  const card = { question: item.id, concept: item.page.id, area: item.page.area, right: false, answers: 1 };
  const click = { key: "ann 1", person: ANN, picked: 0, at: NOW, date: "2026-11-24" };
  await store.learners.score({ ...click, card: { ...card, ...grade(undefined, false, NOW) } });
}

describe("a reminder", () => {
  test("comes as a direct message with a way to stop it", async () => {
    await annAsks();
    await annHasDue();
    expect(await tick(DUE - MINUTE)).toMatchObject({ sent: 0, skipped: 0 });
    expect(await tick(DUE)).toMatchObject({ sent: 1 });
    expect(posts).toMatchObject([{ place: { channel: "@ann" }, text: expect.stringMatching(/1 question is ready/) }]);
    expect(posts[0]?.key.length).toBeLessThanOrEqual(25);
  });

  test("comes once a day, however often it is looked at, and again the next day", async () => {
    await annAsks();
    await annHasDue();
    for (const later of [0, 1, 30, 60, 600]) await tick(DUE + later * MINUTE);
    expect(posts).toHaveLength(1);
    await tick(DUE + DAY);
    expect(posts.map((post) => post.key)).toHaveLength(2);
    expect(new Set(posts.map((post) => post.key)).size).toBe(2);
  });

  test("comes once although it is set to a later time on the same day", async () => {
    await annAsks();
    await annHasDue();
    await tick(DUE);
    await annAsks({ minute: SIX + 60, nextAt: DUE + HOUR });
    await tick(DUE + HOUR);
    expect(posts).toHaveLength(1);
  });

  test("does not come when nothing is due", async () => {
    await annAsks();
    expect(await tick(DUE)).toMatchObject({ skipped: 1 });
    expect(posts).toEqual([]);
    expect((await store.learners.reminder(ANN))?.nextAt).toBe(DUE + DAY);
  });

  test("does not come hours late, nor in quiet hours", async () => {
    await annAsks();
    await annHasDue();
    expect(await tick(DUE + 3 * HOUR)).toMatchObject({ skipped: 1 });
    await annAsks({ minute: 21 * 60 + 30, nextAt: DUE + DAY + 210 * MINUTE });
    expect(await tick(DUE + DAY + 250 * MINUTE)).toMatchObject({ skipped: 1 });
    expect(posts).toEqual([]);
  });

  test("is not repeated when the worker died after it posted", async () => {
    await annAsks();
    await annHasDue();
    const { learners } = store;
    const dying = { ...learners, settleReminder: () => Promise.reject(new Error("killed")) };
    await deliverReminders({ learners: dying, library, adapter: () => platform, log: keptLog() }, DUE);
    expect(posts).toHaveLength(1);
    expect(await tick(DUE + 10 * MINUTE)).toMatchObject({ skipped: 1 });
    expect(posts).toHaveLength(1);
  });

  test("waits when the platform asks for it, and still comes once", async () => {
    await annAsks();
    await annHasDue();
    answers = [{ kind: "later", afterMs: 5 * MINUTE }];
    expect(await tick(DUE)).toMatchObject({ later: 1 });
    expect(await tick(DUE + MINUTE)).toMatchObject({ sent: 0 });
    expect(await tick(DUE + 5 * MINUTE)).toMatchObject({ sent: 1 });
    await tick(DUE + 30 * MINUTE);
    expect(posts).toHaveLength(1);
    expect((await store.learners.reminder(ANN))?.nextAt).toBe(DUE + DAY);
  });

  test("is off where direct messages are closed, and that is told once where it was switched on, naming nobody", async () => {
    await annAsks();
    await annHasDue();
    answers = [{ kind: "gone", reason: "cannot message this user" }];
    expect(await tick(DUE)).toMatchObject({ gone: 1 });
    expect(posts).toMatchObject([{ place: { channel: "general" }, text: expect.stringMatching(/turned it off/) }]);
    expect(posts[0]?.text).not.toMatch(/ann/i);
    expect(await store.learners.reminder(ANN)).toBeUndefined();
    await tick(DUE + DAY);
    expect(posts).toHaveLength(1);
  });

  test.each([1, 38])(
    "comes again although the clock ran ahead by %i days and was set back, once a date",
    async (days) => {
      await annAsks();
      await annHasDue();
      await tick(DUE);
      await tick(DUE + days * DAY);
      await tick(DUE + MINUTE);
      expect(posts).toHaveLength(days > 2 ? 1 : 2);
      expect((await store.learners.reminder(ANN))?.nextAt).toBe(DUE + (days > 2 ? DAY : 2 * DAY));
      for (let day = 1; day < 4; day++) await tick(DUE + day * DAY);
      expect(new Set(posts.map((post) => post.key)).size).toBe(posts.length);
      expect(posts).toHaveLength(4);
    },
  );

  test("of one learner does not stop the others when it fails", async () => {
    await annAsks();
    await annAsks({ person: person("ben") });
    await annHasDue();
    const failing = { deliver: () => Promise.reject(new Error("socket closed")) };
    expect(await tick(DUE, failing)).toMatchObject({ later: 1, skipped: 1 });
  });
});
