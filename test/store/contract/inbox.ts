import { describe, expect, test } from "vitest";
import type { Taken } from "../../../src/core/ports.ts";
import type { Store } from "../../../src/core/store.ts";
import { DAY, KEEP, MINUTE, NOW, only, place, turn } from "../../support/store.ts";
import type { Opened } from "../contract.ts";

const take = async (store: Store, event: string, now = NOW): Promise<Taken> => {
  const taken = await store.inbox.claim(event, turn("what is a volume?"), now, MINUTE);
  if (typeof taken === "string") throw new Error(`${event} is ${taken}.`);
  return taken;
};

/** Every event once. */
export function inboxContract(open: () => Promise<Opened>): void {
  describe("inbox", () => {
    test("a redelivered event is busy while it is answered and done once it was", async () => {
      const { store, replica } = await open();
      const taken = await take(store, "e1");
      expect(taken).toMatchObject({ attempts: 1, turn: turn("what is a volume?") });
      expect(await replica.inbox.claim("e1", turn("again"), NOW + 1, MINUTE)).toBe("busy");
      expect(await store.inbox.settle(taken, NOW + 2)).toBe(true);
      expect(await replica.inbox.claim("e1", turn("again"), NOW + DAY, MINUTE)).toBe("done");
    });

    test("fifty claims of one event at once: one may answer", async () => {
      const { store, replica } = await open();
      const claims = await Promise.all(
        Array.from({ length: 50 }, (_, i) => (i % 2 ? store : replica).inbox.claim("e1", turn("hi"), NOW, MINUTE)),
      );
      expect(claims.filter((claim) => claim !== "busy")).toHaveLength(1);
    });

    test("the same event of another community is another event", async () => {
      const { store } = await open();
      await take(store, "e1");
      const elsewhere = { ...turn("hi"), place: place("general", "t1", "other") };
      expect(await store.inbox.claim("e1", elsewhere, NOW, MINUTE)).toMatchObject({ attempts: 1 });
    });

    test("the text is gone once settled, and nobody is named", async () => {
      const { store, query } = await open();
      await store.inbox.settle(await take(store, "e1"), NOW);
      expect(await query("select turn, person from inbox")).toEqual([{ turn: null, person: null }]);
    });

    test("a turn whose worker died goes to one other, who is told that it is the second attempt", async () => {
      const { store, replica } = await open();
      const dead = await take(store, "e1");
      expect(await store.inbox.abandoned(NOW + MINUTE - 1, MINUTE, 10)).toEqual([]);
      const [a, b] = await Promise.all([store, replica].map((each) => each.inbox.abandoned(NOW + MINUTE, MINUTE, 10)));
      const second = only([...(a ?? []), ...(b ?? [])]);
      expect(second).toEqual({ key: dead.key, turn: dead.turn, posting: false, attempts: 2 });
      expect(await store.inbox.settle(dead, NOW + MINUTE)).toBe(false);
      expect(await store.inbox.settle(second, NOW + MINUTE)).toBe(true);
    });

    test("whether an answer was begun is known to whoever takes the turn next; a lost lease begins nothing", async () => {
      const { store, replica } = await open();
      const first = await take(store, "e1");
      expect(first.posting).toBe(false);
      expect(await store.inbox.posting(first, true)).toBe(true);
      const second = only(await replica.inbox.abandoned(NOW + MINUTE, MINUTE, 10));
      expect(second).toMatchObject({ attempts: 2, posting: true });
      expect(await store.inbox.posting(first, false)).toBe(false);
      expect(await replica.inbox.posting(second, false)).toBe(true);
      expect(await store.inbox.claim("e1", turn("again"), NOW + 2 * MINUTE, MINUTE)).toMatchObject({
        attempts: 3,
        posting: false,
      });
    });

    test("an event answered without its claim is closed, whether or not the claim landed", async () => {
      const { store, replica, query } = await open();
      const key = store.inbox.key("e1", place("general"));
      expect((await take(store, "e1")).key).toBe(key);
      for (const event of ["e1", "e2"]) {
        await replica.inbox.close(event, place("general"), NOW + 1);
        expect(await store.inbox.claim(event, turn("again"), NOW + DAY, MINUTE)).toBe("done");
      }
      expect(await store.inbox.abandoned(NOW + DAY, MINUTE, 10)).toEqual([]);
      expect(await query("select turn, person from inbox where turn is not null or person is not null")).toEqual([]);
    });

    test("abandoned turns come oldest first, and no more than asked for", async () => {
      const { store } = await open();
      for (const n of [1, 2, 3]) await take(store, `e${n}`, NOW + n);
      const two = await store.inbox.abandoned(NOW + DAY, MINUTE, 2);
      const first = await take(store, "e1", NOW + DAY).catch(() => undefined);
      expect(first).toBeUndefined();
      expect(two).toHaveLength(2);
      expect(await store.inbox.abandoned(NOW + DAY, MINUTE, 2)).toHaveLength(1);
    });

    test("a turn that its workers die of is given up", async () => {
      const { store } = await open();
      await take(store, "e1");
      let attempts = 1;
      for (let n = 1; (await store.inbox.abandoned(NOW + n * MINUTE, MINUTE, 10)).length; n += 1) attempts += 1;
      expect(attempts).toBe(5);
      expect(await store.inbox.claim("e1", turn("hi"), NOW + DAY, MINUTE)).toBe("done");
    });

    test("an unanswered text is gone after 24 hours, and its key a retention later", async () => {
      const { store, query } = await open();
      await take(store, "e1");
      await store.privacy.sweep(NOW + DAY, { ...KEEP, keys: 3 * DAY });
      expect(await query("select turn from inbox where turn is not null")).toHaveLength(1);
      await store.privacy.sweep(NOW + DAY + 1, { ...KEEP, keys: 3 * DAY });
      expect(await query("select turn, person from inbox")).toEqual([{ turn: null, person: null }]);
      expect(await store.inbox.claim("e1", turn("hi"), NOW + DAY + 2, MINUTE)).toBe("done");
      await store.privacy.sweep(NOW + 3 * DAY + 1, { ...KEEP, keys: 3 * DAY });
      expect(await query("select key from inbox")).toEqual([]);
    });
  });
}
