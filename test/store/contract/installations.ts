import { describe, expect, test } from "vitest";
import type { Installation } from "../../../src/core/installations.ts";
import { COMMUNITY, claim, DAY, HOUR, KEEP, NOW, person, place, subscription } from "../../support/store.ts";
import type { Opened } from "../contract.ts";

const installation = (rest: Partial<Installation> = {}): Installation => ({
  ...COMMUNITY,
  organisation: false,
  token: "xoxb-first",
  rotation: { refresh: "xoxe-first", expiresAt: NOW + 12 * HOUR },
  botUser: "UBOT",
  botId: "BBOT",
  scopes: ["chat:write", "commands"],
  ...rest,
});
const workspace = (community: string) => ({ platform: "test", community }) as const;

/** Who installed the app, with which tokens, and what is left of those who took it away. */
export function installationContract(open: () => Promise<Opened>): void {
  describe("installations", () => {
    test("an installation comes back as it went in, and a new one takes its place", async () => {
      const { store, replica } = await open();
      expect(await store.installations.of(COMMUNITY)).toBeUndefined();
      await store.installations.save(installation(), NOW);
      expect(await replica.installations.of(COMMUNITY)).toEqual({ ...installation(), generation: 0 });
      await store.installations.save(installation({ token: "xoxb-2", rotation: undefined }), NOW + 1);
      expect(await replica.installations.of(COMMUNITY)).toMatchObject({ token: "xoxb-2", rotation: undefined });
    });

    test("no token stands in the database as it is, and none opens in another row", async () => {
      const { store, query } = await open();
      await store.installations.save(installation(), NOW);
      await store.installations.save(installation({ community: "d", token: "xoxb-other" }), NOW);
      const rows = JSON.stringify(await query("select * from installation"));
      expect(rows).not.toMatch(/xox|first/);
      await query(
        "update installation set bot_token = (select bot_token from installation where community = 'd') where community = 'c'",
      );
      await expect(store.installations.of(COMMUNITY)).rejects.toMatchObject({ fault: "dependency" });
    });

    test("an organisation's installation serves the workspaces that were seen in it, and no other", async () => {
      const { store } = await open();
      await store.installations.save(installation({ community: "E1", organisation: true }), NOW);
      expect(await store.installations.of(workspace("T1"))).toBeUndefined();
      await store.installations.belongs(workspace("T1"), "E1");
      expect(await store.installations.of(workspace("T1"))).toMatchObject({ community: "E1", organisation: true });
      expect(await store.installations.of(workspace("T2"))).toBeUndefined();
      // A workspace's own installation stands over its organisation's.
      await store.installations.save(installation({ community: "T1", token: "xoxb-own" }), NOW);
      expect(await store.installations.of(workspace("T1"))).toMatchObject({ token: "xoxb-own" });
    });

    test("of two replicas one renews; who was late with a lost lease changes nothing", async () => {
      const { store, replica } = await open();
      await store.installations.save(installation(), NOW);
      const seen = await store.installations.of(COMMUNITY);
      if (!seen) throw new Error("It is not there.");
      const leases = await Promise.all([
        store.installations.lease(seen, NOW, 1000),
        replica.installations.lease(seen, NOW, 1000),
      ]);
      expect(leases.filter(Boolean)).toHaveLength(1);
      expect(await replica.installations.lease(seen, NOW + 1001, 1000)).toBe(true);
      const tokens = (token: string) => ({ token, rotation: { refresh: `${token}-r`, expiresAt: NOW + DAY } });
      expect(await replica.installations.renew(seen, tokens("xoxb-new"))).toBe(true);
      expect(await store.installations.renew(seen, tokens("xoxb-late"))).toBe(false);
      expect(await store.installations.of(COMMUNITY)).toMatchObject({ token: "xoxb-new", generation: 1 });
      expect(await store.installations.lease(seen, NOW + DAY, 1000)).toBe(false);
    });

    test("a failed renewal frees the lease at once", async () => {
      const { store } = await open();
      await store.installations.save(installation(), NOW);
      const seen = await store.installations.of(COMMUNITY);
      if (!seen) throw new Error("It is not there.");
      expect(await store.installations.lease(seen, NOW, 60_000)).toBe(true);
      expect(await store.installations.renew(seen, undefined)).toBe(true);
      expect(await store.installations.lease(seen, NOW + 1, 60_000)).toBe(true);
    });

    test("taken away: the token at once, everything else after 30 days, other communities never", async () => {
      const { store, query } = await open();
      for (const community of ["c", "d"]) {
        await store.installations.save(installation({ community }), NOW);
        await store.tips.subscribe(subscription("general", { place: place("general", undefined, community) }), NOW);
        await store.learners.note(person("ann", community), "level", "beginner");
      }
      expect(await store.installations.remove(COMMUNITY, NOW + 1, NOW + 1)).toBe(true);
      expect(await store.installations.of(COMMUNITY)).toBeUndefined();
      expect(await query("select community from installation")).toEqual([{ community: "d" }]);
      await store.privacy.sweep(NOW + 29 * DAY, { ...KEEP, quiz: 900 * DAY });
      expect(await store.learners.notes(person("ann"))).toEqual({ level: "beginner" });
      await store.privacy.sweep(NOW + 31 * DAY, { ...KEEP, quiz: 900 * DAY });
      expect(await store.learners.notes(person("ann"))).toEqual({});
      expect(await store.learners.notes(person("ann", "d"))).toEqual({ level: "beginner" });
      expect((await claim(store, NOW + 31 * DAY)).map(({ subscription }) => subscription.place.community)).toEqual([
        "d",
      ]);
      expect(await query("select * from departure")).toEqual([]);
    });

    test("back within the 30 days everything is as it was; an old notice of leaving changes nothing", async () => {
      const { store } = await open();
      await store.installations.save(installation(), NOW);
      await store.learners.note(person("ann"), "level", "beginner");
      await store.installations.remove(COMMUNITY, NOW + 1, NOW + 1);
      await store.installations.save(installation(), NOW + DAY);
      expect(await store.installations.remove(COMMUNITY, NOW + 1, NOW + DAY)).toBe(false);
      await store.privacy.sweep(NOW + 60 * DAY, { ...KEEP, quiz: 900 * DAY });
      expect(await store.installations.of(COMMUNITY)).toBeDefined();
      expect(await store.learners.notes(person("ann"))).toEqual({ level: "beginner" });
      // The same where one token was given by the operator, and nothing is installed.
      await store.installations.remove(workspace("x"), NOW, NOW);
      await store.installations.stays(workspace("x"));
      await store.learners.note(person("ann", "x"), "level", "beginner");
      await store.privacy.sweep(NOW + 60 * DAY, { ...KEEP, quiz: 900 * DAY });
      expect(await store.learners.notes(person("ann", "x"))).toEqual({ level: "beginner" });
    });

    test("an organisation that leaves takes its workspaces along", async () => {
      const { store } = await open();
      await store.installations.save(installation({ community: "E1", organisation: true }), NOW);
      await store.installations.belongs(workspace("T1"), "E1");
      await store.learners.note(person("ann", "T1"), "level", "beginner");
      await store.installations.remove(workspace("E1"), NOW + 1, NOW + 1);
      expect(await store.installations.of(workspace("T1"))).toBeUndefined();
      await store.privacy.sweep(NOW + 31 * DAY, { ...KEEP, quiz: 900 * DAY });
      expect(await store.learners.notes(person("ann", "T1"))).toEqual({});
    });

    test("a state is good for once, on every replica, and forgotten when it ended", async () => {
      const { store, replica, query } = await open();
      const spent = await Promise.all([
        store.installations.spend("state", NOW + 1000),
        replica.installations.spend("state", NOW + 1000),
      ]);
      expect(spent.filter(Boolean)).toHaveLength(1);
      await store.privacy.sweep(NOW + 1001, KEEP);
      expect(await query("select * from spent_state")).toEqual([]);
    });
  });
}
