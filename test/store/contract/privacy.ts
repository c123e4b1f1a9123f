import { describe, expect, test } from "vitest";
import type { Store } from "../../../src/core/store.ts";
import { NAMING, unnamed } from "../../../src/store/personal.ts";
import { MARKER, plant } from "../../support/marked.ts";
import { COMMUNITY, claim, MINUTE, NOW, person, place, subscription, turn } from "../../support/store.ts";
import type { Opened } from "../contract.ts";

/** Tables that hold a person's rows or name the person in rows that stay. */
const EXPORTED: readonly string[] = [
  "answer",
  "answer_about",
  "audit",
  "card",
  "conversation",
  "delivery",
  "feedback",
  "gap",
  "inbox",
  "learner_note",
  "reminder",
  "setting",
  "subscription",
  "tip_used",
  "wrong_section",
];

/** Everything of a person's: shown, or gone. */
export function privacyContract(open: () => Promise<Opened>): void {
  describe("privacy", () => {
    test("every text column of every table says whether it can name people", async () => {
      const { columns, query } = await open();
      expect(unnamed(await columns())).toEqual([]);
      await query("create table later (person text)");
      try {
        expect(unnamed(await columns())).toEqual(["later.person"]);
      } finally {
        await query("drop table later");
      }
    });

    test("the marked person is found in every table that can hold one, and in none once forgotten", async () => {
      const { store, columns, query } = await open();
      const found = async () => {
        const places: string[] = [];
        for (const { table, column } of await columns()) {
          const rows = await query(`select ${column} as said from ${table}`);
          if (rows.some(({ said }) => String(said).toLowerCase().includes(MARKER.toLowerCase())))
            places.push(`${table}.${column}`);
        }
        return places;
      };
      await plant(store);
      const before = await found();
      const mayName = Object.entries(NAMING).flatMap(([table, { person, by = [], mentions = [] }]) =>
        [...(person ? [person] : []), ...by, ...mentions].map((column) => `${table}.${column}`),
      );
      expect(mayName.filter((column) => !before.includes(column))).toEqual([]);
      const exported = await store.privacy.export(person(MARKER));
      expect(
        Object.keys(exported)
          .filter((table) => table !== "limiter_hit")
          .sort(),
      ).toEqual(EXPORTED);
      expect(JSON.stringify(exported)).not.toContain("said so");
      expect(await store.privacy.forget(person(MARKER), NOW)).toBeGreaterThan(EXPORTED.length);
      expect(await found()).toEqual([]);
      expect(await store.privacy.export(person(MARKER))).toEqual({});
      expect(await store.privacy.forget(person(MARKER), NOW)).toBe(0);
    });

    test("the person is gone from all communities of the platform, but on another platform is another person", async () => {
      const { store, query } = await open();
      await plant(store);
      const there = { ...person(MARKER), community: "elsewhere" };
      await store.learners.note(there, "board", "on");
      await store.feedback.gap(there, ["volume"], ["zfs"], NOW);
      await store.settings.set(place("general", undefined, "elsewhere"), "channel", "level", MARKER, there, NOW);
      await store.learners.note({ ...there, platform: "terminal" }, "board", "on");
      const exported = await store.privacy.export(person(MARKER));
      expect(exported.gap).toHaveLength(2);
      expect(exported.learner_note).toHaveLength(2);
      await store.privacy.forget(person(MARKER), NOW);
      expect(await store.privacy.export(there)).toEqual({});
      expect(await query("select value from setting where community = 'elsewhere'")).toEqual([{ value: "someone" }]);
      expect(await store.learners.notes({ ...there, platform: "terminal" })).toEqual({ board: "on" });
    });

    test("what is not the person's stays", async () => {
      const { store } = await open();
      await plant(store);
      await plant(store, "U0OTHER");
      const before = await theirs(store, "U0OTHER");
      await store.privacy.forget(person(MARKER), NOW);
      expect(await theirs(store, "U0OTHER")).toEqual(before);
      expect(await store.tips.subscription(place("general"))).toMatchObject({ setBy: "U0OTHER" });
      expect(await store.settings.get(place("general"), "may-set-tips")).toBe("bob, U0OTHER");
      expect(await store.feedback.wrong(COMMUNITY)).toHaveLength(1);
      expect(await store.learners.notes(person("bob"))).toEqual({ rival: "I want to beat U0OTHER!" });
    });

    test("a short id is replaced as a word only", async () => {
      const { store } = await open();
      await store.settings.set(place("general"), "community", "may-set-tips", "a, abba, bob", person("bob"), NOW);
      await store.privacy.forget(person("a"), NOW);
      expect(await store.settings.get(place("general"), "may-set-tips")).toBe("someone, abba, bob");
    });

    test("the event that asked to forget is not answered again", async () => {
      const { store } = await open();
      const event = await store.inbox.claim("e1", turn("forget me", "ann"), NOW, MINUTE);
      await store.privacy.forget(person("ann"), NOW);
      expect(typeof event === "string" || (await store.inbox.settle(event, NOW))).toBe(false);
      expect(await store.inbox.claim("e1", turn("forget me", "ann"), NOW + 2 * MINUTE, MINUTE)).toBe("done");
    });

    test("a community named after the person is the person's", async () => {
      const { store, query } = await open();
      await store.tips.subscribe(subscription("dm", { place: place("dm", undefined, MARKER), setBy: MARKER }), NOW);
      await claim(store);
      await store.privacy.forget(person(MARKER), NOW);
      expect(await query("select * from subscription")).toEqual([]);
      expect(await query("select * from delivery")).toEqual([]);
    });

    test("sweeping takes more rows than one batch", async () => {
      const { store, query } = await open();
      for (let n = 0; n < 450; n += 1) await store.feedback.gap(person(`p${n}`), ["volume"], [], 0);
      expect(await store.privacy.sweep(NOW, { conversations: 1, keys: 1, quiz: 1, audit: 1 })).toBe(450);
      expect(await query("select * from gap")).toEqual([]);
    });
  });
}

const theirs = async (store: Store, id: string): Promise<object> => ({
  cards: await store.learners.cards(person(id)),
  notes: await store.learners.notes(person(id)),
  reminder: await store.learners.reminder(person(id)),
  subscription: await store.tips.subscription(place(id)),
});
