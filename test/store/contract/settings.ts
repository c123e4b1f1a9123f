import { describe, expect, test } from "vitest";
import { COMMUNITY, KEEP, NOW, person, place } from "../../support/store.ts";
import type { Opened } from "../contract.ts";

const mod = person("mod");

/** Settings and who changed them. */
export function settingsContract(open: () => Promise<Opened>): void {
  describe("settings", () => {
    test("a channel's own setting stands over the community's", async () => {
      const { store } = await open();
      await store.settings.set(place("a"), "community", "follow-up", "on", mod, NOW);
      await store.settings.set(place("a"), "community", "level", "beginner", mod, NOW);
      await store.settings.set(place("a"), "channel", "follow-up", "off", mod, NOW);
      expect(await store.settings.get(place("a", "thread"), "follow-up")).toBe("off");
      expect(await store.settings.get(place("b"), "follow-up")).toBe("on");
      expect(await store.settings.get(place("b"), "threads")).toBeUndefined();
      expect(await store.settings.all(place("a"))).toEqual({ "follow-up": "off", level: "beginner" });
      await store.settings.set(place("a"), "channel", "follow-up", undefined, mod, NOW);
      expect(await store.settings.get(place("a"), "follow-up")).toBe("on");
      expect(await store.settings.all(place("a", undefined, "other"))).toEqual({});
    });

    test("each change has its audit line, newest first; no change has none", async () => {
      const { store } = await open();
      await store.settings.set(place("a"), "community", "level", "beginner", mod, NOW);
      await store.settings.set(place("a"), "community", "level", "beginner", mod, NOW + 1);
      await store.settings.set(place("a"), "channel", "level", "advanced", person("ann"), NOW + 2);
      await store.settings.set(place("a"), "channel", "level", undefined, mod, NOW + 3);
      const line = { setting: "level", by: "mod", channel: "a", before: undefined, after: undefined };
      expect(await store.settings.audit(COMMUNITY, 10)).toEqual([
        { ...line, at: NOW + 3, before: "advanced" },
        { ...line, at: NOW + 2, by: "ann", after: "advanced" },
        { ...line, at: NOW, channel: undefined, after: "beginner" },
      ]);
      expect(await store.settings.audit(COMMUNITY, 1)).toHaveLength(1);
      await store.privacy.sweep(NOW + KEEP.audit + 1, KEEP);
      expect(await store.settings.audit(COMMUNITY, 10)).toHaveLength(2);
    });
  });
}
