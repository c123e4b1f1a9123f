import { describe, expect, test } from "vitest";
import { about } from "../../../src/core/reply.ts";
import { answered, DAY, KEEP, NOW, place } from "../../support/store.ts";
import type { Opened } from "../contract.ts";

/** What threads have been about. */
export function conversationContract(open: () => Promise<Opened>): void {
  describe("conversations", () => {
    test("a follow-up on another replica knows what the thread was about, newest first", async () => {
      const { store, replica } = await open();
      await store.conversations.remember(place("general", "t1"), answered(["volume"], ["volume#what"]));
      await store.conversations.remember(place("general", "t1"), answered(["bind-mount", "volume"]));
      expect(await replica.conversations.recall(place("general", "t1"))).toEqual({
        concepts: ["bind-mount", "volume"],
        sections: ["volume#what"],
      });
      expect(await store.conversations.recall(place("general", "t2"))).toBeUndefined();
      expect(await store.conversations.recall(place("general"))).toBeUndefined();
    });

    test("small talk changes nothing", async () => {
      const { store } = await open();
      await store.conversations.remember(place("general"), about("chat", { concepts: ["volume"] }));
      expect(await store.conversations.recall(place("general"))).toBeUndefined();
    });

    test("a thread is forgotten after its retention", async () => {
      const { store } = await open();
      await store.conversations.remember(place("general"), answered(["volume"]));
      await store.privacy.sweep(NOW + DAY, KEEP);
      expect(await store.conversations.recall(place("general"))).toBeDefined();
      await store.privacy.sweep(NOW + DAY + 1, KEEP);
      expect(await store.conversations.recall(place("general"))).toBeUndefined();
    });
  });
}
