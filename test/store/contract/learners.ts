import { describe, expect, test } from "vitest";
import type { Click } from "../../../src/core/learners.ts";
import type { PersonKey } from "../../../src/core/ports.ts";
import { COMMUNITY, DAY, KEEP, NOW, person, place } from "../../support/store.ts";
import type { Opened } from "../contract.ts";

const ann = person("ann");

const click = (key: string, question: string, right: boolean, at = NOW, who: PersonKey = ann): Click => ({
  key,
  person: who,
  card: { question, concept: "volume", area: "storage", state: '{"reps":1}', dueAt: at + DAY, right, answers: 1 },
  picked: 2,
  at,
  date: new Date(at).toISOString().slice(0, 10),
});

/** What learners know. */
export function learnerContract(open: () => Promise<Opened>): void {
  describe("learners", () => {
    test("a double click scores once, on whichever replica", async () => {
      const { store, replica } = await open();
      const scores = await Promise.all(
        Array.from({ length: 10 }, (_, i) => (i % 2 ? store : replica).learners.score(click("k1", "q1", true))),
      );
      expect(scores.filter((score) => score === "scored")).toHaveLength(1);
      expect(await store.learners.card(ann, "q1")).toEqual({ ...click("k1", "q1", true).card, answers: 1 });
      expect(await store.learners.score(click("k2", "q1", false, NOW + 1))).toBe("scored");
      expect(await store.learners.card(ann, "q1")).toMatchObject({ right: false, answers: 2 });
    });

    test("another person's click is theirs, also with the same name elsewhere", async () => {
      const { store } = await open();
      await store.learners.score(click("k1", "q1", true));
      await store.learners.score(click("k2", "q1", false, NOW, person("bob")));
      await store.learners.score(click("k1", "q1", false, NOW, person("ann", "other")));
      expect(await store.learners.card(ann, "q1")).toMatchObject({ right: true });
      expect(await store.learners.card(person("bob"), "q1")).toMatchObject({ right: false });
      expect(await store.learners.cards(person("ann", "other"))).toHaveLength(1);
      expect(await store.learners.card(ann, "q2")).toBeUndefined();
    });

    test("practice brings what is due, and only what was missed when asked", async () => {
      const { store } = await open();
      await store.learners.score(click("k1", "q1", true, NOW - 3 * DAY));
      await store.learners.score(click("k2", "q2", false, NOW - 2 * DAY));
      await store.learners.score(click("k3", "q3", false, NOW));
      const ids = (cards: readonly { readonly question: string }[]) => cards.map(({ question }) => question);
      expect(ids(await store.learners.due(ann, NOW, 10))).toEqual(["q1", "q2"]);
      expect(ids(await store.learners.due(ann, NOW, 1))).toEqual(["q1"]);
      expect(ids(await store.learners.missed(ann, 10))).toEqual(["q3", "q2"]);
      expect(ids(await store.learners.cards(ann))).toEqual(["q1", "q2", "q3"]);
    });

    test("days of practice, newest first, each once", async () => {
      const { store } = await open();
      for (const [i, at] of [NOW, NOW, NOW - DAY, NOW - 5 * DAY].entries())
        await store.learners.score(click(`k${i}`, `q${i}`, true, at));
      expect(await store.learners.days(ann, 2)).toEqual(["2026-11-24", "2026-11-23"]);
    });

    test("notes are set, changed and taken away", async () => {
      const { store } = await open();
      await store.learners.note(ann, "level", "beginner");
      await store.learners.note(ann, "level", "advanced");
      await store.learners.note(ann, "path", "storage");
      expect(await store.learners.notes(ann)).toEqual({ level: "advanced", path: "storage" });
      await store.learners.note(ann, "level", undefined);
      expect(await store.learners.notes(ann)).toEqual({ path: "storage" });
    });

    test("the board lists who opted in, with equally long times before and since", async () => {
      const { store } = await open();
      await store.learners.note(ann, "board", "on");
      await store.learners.note(person("cid"), "board", "on");
      await store.learners.note(person("dan"), "board", "off");
      await store.learners.note(person("eve", "other"), "board", "on");
      for (const [i, [who, right, at]] of (
        [
          ["ann", true, NOW - DAY],
          ["ann", true, NOW - 9 * DAY],
          ["ann", true, NOW - 8 * DAY],
          ["ann", true, NOW - 20 * DAY],
          ["ann", false, NOW - DAY],
          ["bob", true, NOW - DAY],
        ] as const
      ).entries())
        await store.learners.score(click(`k${i}`, `q${i}`, right, at, person(who)));
      expect(await store.learners.board(COMMUNITY, NOW - 7 * DAY, NOW)).toEqual([
        { person: "ann", before: 2, since: 1 },
        { person: "cid", before: 0, since: 0 },
      ]);
    });

    test("answers and cards go after their retention", async () => {
      const { store } = await open();
      await store.learners.score(click("k1", "q1", true));
      await store.privacy.sweep(NOW + KEEP.quiz, KEEP);
      expect(await store.learners.cards(ann)).toHaveLength(1);
      await store.privacy.sweep(NOW + KEEP.quiz + 1, KEEP);
      expect(await store.learners.cards(ann)).toEqual([]);
      expect(await store.learners.days(ann, 5)).toEqual([]);
    });

    test("what a learner chose goes after its retention, unless the learner went on", async () => {
      const { store } = await open();
      const bob = person("bob");
      for (const who of [ann, bob]) {
        await store.learners.note(who, "board", "on");
        await store.learners.remind({
          person: who,
          place: place("dm"),
          minute: 600,
          zone: "UTC",
          quietFrom: 0,
          quietTo: 0,
          nextAt: NOW,
        });
      }
      await store.learners.score({ ...click("k1", "q1", true), at: NOW + DAY });
      await store.privacy.sweep(NOW + KEEP.quiz, KEEP);
      expect(await store.learners.notes(bob)).toEqual({ board: "on" });
      await store.privacy.sweep(NOW + KEEP.quiz + 1, KEEP);
      expect(await store.learners.notes(bob)).toEqual({});
      expect(await store.learners.reminder(bob)).toBeUndefined();
      expect(await store.learners.notes(ann)).toEqual({ board: "on" });
      await store.privacy.sweep(NOW + DAY + KEEP.quiz + 1, KEEP);
      expect(await store.learners.notes(ann)).toEqual({});
      expect(await store.learners.reminder(ann)).toBeUndefined();
    });
  });
}
