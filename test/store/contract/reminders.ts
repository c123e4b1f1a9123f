import { describe, expect, test } from "vitest";
import type { Reminder } from "../../../src/core/learners.ts";
import { DAY, MINUTE, NOW, only, person, place } from "../../support/store.ts";
import type { Opened } from "../contract.ts";

const reminder = (who: string, nextAt = NOW): Reminder => ({
  person: person(who),
  place: place("dm", "t1", "two"),
  minute: 600,
  zone: "Europe/Paris",
  quietFrom: 1320,
  quietTo: 420,
  nextAt,
});

/** Reminders to practise. */
export function reminderContract(open: () => Promise<Opened>): void {
  describe("reminders", () => {
    test("one a person, changed and switched off", async () => {
      const { store } = await open();
      await store.learners.remind(reminder("ann"));
      await store.learners.remind({ ...reminder("ann"), minute: 660 });
      expect(await store.learners.reminder(person("ann"))).toEqual({ ...reminder("ann"), minute: 660 });
      await store.learners.remind({ person: person("ann"), off: true });
      expect(await store.learners.reminder(person("ann"))).toBeUndefined();
    });

    test("what is due is claimed once and moves on when settled", async () => {
      const { store, replica } = await open();
      await store.learners.remind(reminder("ann"));
      await store.learners.remind(reminder("bob", NOW + 1));
      const claims = await Promise.all(
        [store, replica, store].map((each) => each.learners.claimReminders(NOW, MINUTE, 10)),
      );
      const taken = only(claims.flat());
      expect(taken).toEqual({ ...reminder("ann"), attempts: 1 });
      expect(await store.learners.settleReminder(taken, NOW + DAY)).toBe(true);
      expect(await store.learners.claimReminders(NOW, MINUTE, 10)).toEqual([]);
      expect(only(await store.learners.claimReminders(NOW + DAY, MINUTE, 1))).toBeDefined();
    });

    test("a slow worker whose lease was taken cannot settle, not even on a later day", async () => {
      const { store } = await open();
      await store.learners.remind(reminder("ann"));
      const slow = only(await store.learners.claimReminders(NOW, MINUTE, 10));
      expect(await store.learners.claimReminders(NOW + MINUTE - 1, MINUTE, 10)).toEqual([]);
      const second = only(await store.learners.claimReminders(NOW + MINUTE, MINUTE, 10));
      expect(second.attempts).toBe(2);
      expect(await store.learners.settleReminder(slow, NOW + 9 * DAY)).toBe(false);
      expect(await store.learners.settleReminder(second, NOW + DAY)).toBe(true);
      const next = only(await store.learners.claimReminders(NOW + DAY, MINUTE, 10));
      expect(next.attempts).toBe(slow.attempts);
      expect(await store.learners.settleReminder(slow, NOW + 9 * DAY)).toBe(false);
    });

    test("what waits or is leased too long comes forward after a clock that ran ahead", async () => {
      const { store } = await open();
      await store.learners.remind(reminder("ann", NOW + 38 * DAY));
      await store.learners.remind(reminder("bob", NOW + DAY));
      await store.learners.remind(reminder("cy", NOW));
      only(await store.learners.claimReminders(NOW, 38 * DAY, 1));
      const due = () => NOW + DAY;
      expect(await store.learners.bringRemindersForward(NOW + 3 * DAY, due)).toBe(2);
      expect(await store.learners.bringRemindersForward(NOW + 3 * DAY, due)).toBe(0);
      expect((await store.learners.reminder(person("ann")))?.nextAt).toBe(NOW + DAY);
      expect(only(await store.learners.claimReminders(NOW, MINUTE, 5)).person.person).toBe("cy");
    });
  });
}
