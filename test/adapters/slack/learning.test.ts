/** Quizzes, tips, reminders and drawings end to end in Slack, in both modes. */
import { describe, expect, onTestFinished, test } from "vitest";
import { remark } from "../../../src/core/reply.ts";
import { directPlace } from "../../../src/core/turn.ts";
import { tipDeliveries } from "../../../src/tips/run.ts";
import { type RealOptions, realSlack } from "../../support/slack/real.ts";
import type { Json } from "../../support/slack/server.ts";
import { CHANNEL, PERSON } from "../../support/slack/stage.ts";
import { library, memoryStore } from "../../support/tutor.ts";
import { until } from "../contract.ts";

const BOB = "U0BOB";
const HOUR = 3_600_000;
type Real = Awaited<ReturnType<typeof realSlack>>;

const answers = async ({ store }: Real, person: string): Promise<number> =>
  (await store.privacy.export({ platform: "slack", community: "T0TEAM", person })).answer?.length ?? 0;

/** Of the newest question: what its buttons say. */
const options = (slack: Real): readonly string[] => {
  const labels = slack.posted().at(-1)?.buttons ?? [];
  return labels.filter((label) => /^[A-D]\b/.test(label));
};

for (const mode of ["socket", "http"] as const)
  describe(`in ${mode} mode`, () => {
    async function quizzed(rest: RealOptions = {}) {
      const slack = await realSlack({ mode, ...rest });
      await slack.slash("quiz volume");
      await until(() => slack.posted().length === 1, "the question");
      const [first = "", second = ""] = options(slack);
      return { slack, first, second };
    }

    test("an open quiz is for everyone; each one's answer is their own and for their eyes only", async () => {
      const { slack, first, second } = await quizzed();
      expect(slack.posted()[0]?.audience).toBe("everyone");
      await slack.clickOn(first);
      await until(() => slack.posted().length === 2, "the verdict");
      await slack.clickOn(second, BOB);
      await until(() => slack.posted().length === 3, "the other's verdict");
      expect(slack.server.posts.slice(1).map(({ method, user }) => [method, user])).toEqual([
        ["chat.postEphemeral", PERSON],
        ["chat.postEphemeral", BOB],
      ]);
      expect([await answers(slack, PERSON), await answers(slack, BOB)]).toEqual([1, 1]);
    });

    test("a double click, and a change of mind, score once", async () => {
      const { slack, first, second } = await quizzed();
      await Promise.all([slack.clickOn(first), slack.clickOn(first)]);
      await until(() => slack.posted().length === 3, "both clicks' answers");
      await slack.clickOn(second);
      await until(() => slack.posted().length === 4, "the third");
      expect(await answers(slack, PERSON)).toBe(1);
    });

    test("a question is answered after a restart and after an hour, through no address that ends", async () => {
      let now = Date.now();
      const clock = () => now;
      const store = await memoryStore(clock);
      onTestFinished(() => store.close());
      const { slack, first } = await quizzed({ store, clock });
      await slack.stop();
      now += HOUR;
      const second = await realSlack({ mode, store, clock });
      second.server.posts.push(...slack.server.posts);
      await second.clickOn(first);
      await until(() => second.posted().length === 2, "the verdict");
      expect(second.server.posts.at(-1)?.method).toBe("chat.postEphemeral");
      expect(await answers(second, PERSON)).toBe(1);
    });

    test("a tip comes at the channel's time, once a date over a restart; a channel that is gone is told once and paused", async () => {
      let now = Temporal.Instant.from("2026-11-24T08:00Z").epochMilliseconds;
      const clock = () => now;
      const slack = await realSlack({ mode, admins: [PERSON], clock });
      await slack.slash("tips here at 09:00 Europe/Berlin");
      await until(() => slack.posted().length === 1, "the confirmation");
      const parts = { ...slack.store, library, commands: () => [], post: slack.adapter.deliver, clock, log: slack.log };
      const tick = () => tipDeliveries(parts).tick(now);
      const tips = () => slack.server.posts.filter(({ channel, user }) => channel === CHANNEL && user === undefined);
      const before = tips().length;
      now += 24 * HOUR - 1;
      await tick();
      expect(tips()).toHaveLength(before);
      now += 1;
      await tick();
      await tick();
      expect(tips()).toHaveLength(before + 1);
      expect(tips().at(-1)?.text).toMatch(/Tip: /);
      slack.server.members.joined = (channel) => channel !== CHANNEL;
      for (let day = 0; day < 3; day += 1) {
        now += 24 * HOUR;
        await tick();
      }
      const told = slack.server.posts.filter(({ channel }) => channel === PERSON);
      expect(told.map(({ text }) => text)).toEqual([
        expect.stringMatching(/can no longer post.*not_in_channel.*paused/s),
      ]);
      expect(tips()).toHaveLength(before + 1);
    });

    test("a person's direct messages are opened by their id", async () => {
      const slack = await realSlack({ mode });
      const place = directPlace({ platform: "slack", community: "T0TEAM", person: PERSON });
      expect(await slack.adapter.deliver(place, remark(["Practice is due."]), "k1")).toEqual({ kind: "sent" });
      expect(slack.server.posts[0]?.channel).toBe(PERSON);
    });

    const drawing = async () => ({ svg: "<svg/>", png: new Uint8Array([1, 2, 3]), alt: "A box in a box." });
    const figured = {
      ...remark(["See:"]),
      blocks: [{ kind: "figure", diagram: "boxes", alt: "A box in a box." }] as const,
    };
    const place = { platform: "slack", community: "T0TEAM", channel: CHANNEL } as const;
    const called = (slack: Real, method: string) => slack.server.calls.filter((call) => call.method === method);

    test("a drawing is uploaded once, with its words, and shown by its file", async () => {
      const slack = await realSlack({ mode, diagram: drawing });
      for (const key of ["k1", "k2"])
        expect(await slack.adapter.deliver(place, figured, key)).toEqual({ kind: "sent" });
      expect(called(slack, "files.getUploadURLExternal").map(({ args }) => args.alt_txt)).toEqual(["A box in a box."]);
      const shown = slack.server.posts.map(({ blocks }) => blocks[0]);
      const image: Json = { type: "image", slack_file: { id: "F0FILE" }, alt_text: "A box in a box." };
      expect(shown).toEqual([expect.objectContaining(image), expect.objectContaining(image)]);
      expect(slack.server.posts[0]?.text).toContain("A box in a box.");
    });

    test("without files:write, or when the upload fails, the drawing is told in words, and the log says the cure", async () => {
      const bare = await realSlack({ mode, diagram: drawing, scopes: ["chat:write", "app_mentions:read"] });
      expect(await bare.adapter.deliver(place, figured, "k1")).toEqual({ kind: "sent" });
      await bare.adapter.deliver(place, figured, "k2");
      expect(bare.posted().map(({ text }) => text)).toEqual(Array(2).fill("Figure: A box in a box."));
      expect(called(bare, "files.getUploadURLExternal")).toHaveLength(1);
      const said = bare.log.lines.map(({ message }) => message).join("\n");
      expect(said).toMatch(/files:write is missing: drawings are told in words\. Add it under OAuth & Permissions/);
      const failing = await realSlack({ mode, diagram: drawing });
      failing.server.fate("files.completeUploadExternal", { kind: "status", status: 500 });
      expect(await failing.adapter.deliver(place, figured, "k1")).toEqual({ kind: "sent" });
      expect(failing.posted()[0]?.text).toBe("Figure: A box in a box.");
    });

    test("a call that is never answered ends by itself, and its channel goes on", async () => {
      const slack = await realSlack({ mode, parts: { timeoutMs: 100 }, scopes: ["chat:write"] });
      slack.server.fate("chat.postMessage", { kind: "silent" });
      expect(await slack.adapter.deliver(place, remark(["Lost."]), "k1")).toEqual({ kind: "unsure" });
      expect(await slack.adapter.deliver(place, remark(["Next."]), "k2")).toEqual({ kind: "sent" });
    });
  });
