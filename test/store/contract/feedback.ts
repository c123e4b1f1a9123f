import { describe, expect, test } from "vitest";
import type { Store } from "../../../src/core/store.ts";
import { answered, COMMUNITY, DAY, KEEP, NOW, person } from "../../support/store.ts";
import type { Opened } from "../contract.ts";

const OTHER = { platform: "test", community: "other" } as const;

const rate = (store: Store, answer: string, who: string, helpful: boolean, concepts: readonly string[], at = NOW) =>
  store.feedback.rate({
    answer,
    person: person(who),
    helpful,
    sections: ["volume#what"],
    concepts,
    reason: undefined,
    at,
  });

/** What people thought of answers. */
export function feedbackContract(open: () => Promise<Opened>): void {
  describe("feedback", () => {
    test("what an answer was about is there for its buttons, in its own community, for a day", async () => {
      const { store, replica } = await open();
      const about = answered(["volume"], ["volume#what"]);
      await store.feedback.keepAbout(COMMUNITY, about, NOW);
      expect(await replica.feedback.about(COMMUNITY, about.id)).toEqual(about);
      expect(await store.feedback.about(OTHER, about.id)).toBeUndefined();
      await store.privacy.sweep(NOW + DAY + 1, KEEP);
      expect(await store.feedback.about(COMMUNITY, about.id)).toBeUndefined();
    });

    test("the last word of a person about an answer counts", async () => {
      const { store, query } = await open();
      await rate(store, "a1", "ann", false, ["volume"]);
      await rate(store, "a1", "ann", true, ["volume"]);
      expect(await query("select helpful from feedback")).toEqual([{ helpful: 1 }]);
    });

    test("a section is wrong in the community that marked it, for one version of its page", async () => {
      const { store } = await open();
      await store.feedback.markWrong("volume#what", "v1", person("mod"), NOW);
      await store.feedback.markWrong("volume#what", "v2", person("mod"), NOW + 1);
      expect(await store.feedback.wrong(COMMUNITY)).toEqual([
        { section: "volume#what", pageVersion: "v2", at: NOW + 1 },
      ]);
      expect(await store.feedback.wrong(OTHER)).toEqual([]);
    });

    test("gaps: asked by two people or on two days, most asked first, one-off ones dropped", async () => {
      const { store } = await open();
      const gap = (who: string, concepts: readonly string[], words: readonly string[], at = NOW) =>
        store.feedback.gap(person(who), concepts, words, at);
      await gap("ann", ["volume"], ["zfs"]);
      await gap("ann", ["volume"], ["zfs"]);
      await gap("bob", ["volume"], ["zfs"]);
      await gap("ann", [], ["buildah", "podman"]);
      await gap("ann", [], ["podman", "buildah"], NOW + DAY);
      await gap("ann", ["image"], ["secret-project"]);
      await gap("ann", ["image"], ["secret-project"]);
      expect(await store.feedback.gaps(COMMUNITY, NOW - DAY, 10)).toEqual([
        { section: undefined, concepts: ["volume"], words: ["zfs"], times: 3, unhelpful: 0, reasons: [] },
        { section: undefined, concepts: [], words: ["buildah", "podman"], times: 2, unhelpful: 0, reasons: [] },
      ]);
      expect(await store.feedback.gaps(COMMUNITY, NOW - DAY, 1)).toHaveLength(1);
      expect(await store.feedback.gaps(COMMUNITY, NOW + 2 * DAY, 10)).toEqual([]);
      expect(await store.feedback.gaps(OTHER, NOW - DAY, 10)).toEqual([]);
    });

    test("sections marked wrong head the gaps, and what several people disliked is among them", async () => {
      const { store } = await open();
      for (const who of ["ann", "bob"]) {
        await store.feedback.gap(person(who), ["image"], ["oci"], NOW);
        await rate(store, "a1", who, false, ["image"]);
        await rate(store, "a2", who, false, ["swarm", "volume"]);
      }
      await rate(store, "a3", "ann", false, ["network"]);
      await store.feedback.markWrong("volume#what", "v1", person("mod"), NOW);
      expect(await store.feedback.gaps(COMMUNITY, NOW - DAY, 10)).toEqual([
        { section: "volume#what", concepts: [], words: [], times: 0, unhelpful: 5, reasons: [] },
        { section: undefined, concepts: ["image"], words: ["oci"], times: 2, unhelpful: 2, reasons: [] },
        { section: undefined, concepts: ["swarm", "volume"], words: [], times: 0, unhelpful: 2, reasons: [] },
      ]);
    });

    test("reasons are shown as plain words, a few of them, newest first, each once, and of one person too", async () => {
      const { store } = await open();
      const say = (answer: string, who: string, reason: string | undefined, at: number, concepts = ["image"]) =>
        store.feedback.rate({
          answer,
          person: person(who),
          helpful: false,
          sections: ["image#layers"],
          concepts,
          reason,
          at,
        });
      await say("a1", "ann", "too\nlong, ask <@U0ANN> or see https://example.org", NOW);
      await say("a2", "bob", "no example", NOW + 1);
      await say("a3", "cy", "no example", NOW + 2);
      await say("a4", "dee", "out of date", NOW + 3);
      await say("a5", "eve", "<!channel>", NOW + 4);
      await say("a6", "fay", "the oldest", NOW - 1);
      // A later click without words leaves them.
      await say("a4", "dee", undefined, NOW + 3);
      await say("b1", "ann", "the only one", NOW, ["network"]);
      const found = await store.feedback.gaps(COMMUNITY, NOW - DAY, 10);
      expect(found.map(({ concepts, reasons }) => ({ concepts, reasons }))).toEqual([
        { concepts: ["image"], reasons: ["out of date", "no example", "too long, ask or see"] },
        { concepts: ["network"], reasons: ["the only one"] },
      ]);
      expect(JSON.stringify(found)).not.toMatch(/ann|bob|U0/i);
      await store.feedback.markWrong("image#layers", "v1", person("mod"), NOW);
      expect((await store.feedback.gaps(COMMUNITY, NOW - DAY, 1))[0]?.reasons).toHaveLength(3);
      await store.privacy.forget(person("bob"), NOW);
      await store.privacy.forget(person("cy"), NOW);
      expect(JSON.stringify(await store.feedback.gaps(COMMUNITY, NOW - DAY, 10))).not.toContain("no example");
    });

    test("who asked is in no row", async () => {
      const { store, query } = await open();
      await store.feedback.gap(person("marker-person"), ["volume"], ["zfs"], NOW);
      expect(JSON.stringify(await query("select * from gap"))).not.toContain("marker-person");
    });
  });
}
