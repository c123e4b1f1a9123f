/** Feedback on answers, sections taken out, and gaps. */
import { describe, expect, test } from "vitest";
import { createLibrary } from "../../src/library/library.ts";
import { CHANNEL, cast, MEMBER, MODERATOR } from "../support/cast.ts";
import { library } from "../support/tutor.ts";

const DAY = 86_400_000;
const BOB = { id: "bob" };
const COMMUNITY = { platform: "test", community: "c" } as const;

/** The real library with one page changed. */
function changed(path: string) {
  const { pages, aspects, cli } = library();
  return createLibrary({
    pages: pages.map((page) =>
      page.path === path
        ? {
            ...page,
            sections: page.sections.map((section) => ({ ...section, markdown: `${section.markdown}\n\nNow correct.` })),
          }
        : page,
    ),
    aspects,
    ...(cli ? { cli } : {}),
    synonyms: [],
    version: "changed",
  });
}

describe("an answer", () => {
  test.each(["what is a volume", "compare vm container", "how do I set --restart=sometimes?"])(
    "%s ends with two buttons for feedback",
    async (text) => {
      const { say } = await cast();
      const { buttons } = await say(MEMBER, text);
      expect(buttons.slice(-2)).toEqual(["Helpful", "Not helpful"]);
      expect(buttons.length).toBeLessThanOrEqual(5);
    },
  );

  test.each(["what is the best SQL index for a date column", "hello", "compare vm with xyzzy", "help"])(
    "%s has none",
    async (text) => {
      const { say } = await cast();
      expect((await say(MEMBER, text)).buttons).not.toContain("Helpful");
    },
  );

  test("is rated by each person once, the last word counts, privately and without text", async () => {
    const { say, press, restart, store } = await cast();
    const { reply } = await say(MEMBER, "what is a volume");
    restart();
    const { text, audience } = await press(MEMBER, "Helpful");
    expect([text, audience]).toEqual(["Noted: that helped. Thank you.", "asker"]);
    await say(MEMBER, { command: "feedback", args: { id: reply.about.id, helpful: "no" } });
    await say(BOB, { command: "feedback", args: { id: reply.about.id, helpful: "yes" } });
    const mine = await store.privacy.export({ ...COMMUNITY, person: "ann" });
    expect(mine.feedback).toEqual([expect.objectContaining({ helpful: 0, reason: null })]);
    expect(JSON.stringify(mine)).not.toMatch(/what is a volume/);
  });

  test("that did not help takes a reason in a form", async () => {
    const { say, press, form, store } = await cast();
    const { reply } = await say(MEMBER, "what is a volume");
    const { buttons } = await press(MEMBER, "Not helpful");
    expect(buttons).toEqual(["Say why"]);
    const call = { command: "feedback.why", args: { id: reply.about.id } };
    expect(form(MEMBER, call)).toEqual(["reason"]);
    const filled = { ...call, args: { ...call.args, reason: "too long for a phone" } };
    expect((await say(MEMBER, filled)).text).toMatch(/^Thank you/);
    const mine = await store.privacy.export({ ...COMMUNITY, person: "ann" });
    expect(mine.feedback).toEqual([expect.objectContaining({ helpful: 0, reason: "too long for a phone" })]);
  });

  test("that is too old for its buttons says so", async () => {
    const { say } = await cast();
    expect((await say(MEMBER, { command: "feedback", args: { id: "gone", helpful: "yes" } })).text).toMatch(
      /keep that for a day.*Ask again/,
    );
    expect((await say(MEMBER, "feedback")).text).toMatch(/Helpful and Not helpful/);
  });

  test("is given without buttons while the database is away", async () => {
    const { say, store } = await cast();
    await store.close();
    const { text, buttons } = await say(MEMBER, "what is a volume");
    expect(text).toMatch(/volume/i);
    expect(buttons).not.toContain("Helpful");
  });
});

describe("a section marked wrong", () => {
  test("is not shown again in this community until its page changes", async () => {
    let shelf = library();
    const { say, press, go } = await cast({ library: () => shelf });
    const { reply } = await say(MEMBER, "what is a volume");
    const [wrong = ""] = reply.about.sections;
    await press(MODERATOR, "Not helpful");
    expect((await press(MODERATOR, "Mark as wrong")).text).toMatch(/^Taken out: Volume/);
    const after = (await say(MEMBER, "what is a volume", { ...CHANNEL, thread: "t2" })).reply.about;
    expect(after.sections).not.toContain(wrong);
    const elsewhere = { ...CHANNEL, community: "other", thread: "t3" };
    expect((await say(MEMBER, "what is a volume", elsewhere)).reply.about.sections).toContain(wrong);
    shelf = changed(library().section(wrong)?.page.path ?? "");
    go(31_000);
    expect((await say(MEMBER, "what is a volume", { ...CHANNEL, thread: "t4" })).reply.about.sections).toContain(wrong);
  });

  test("may be a comparison: then the pages themselves are compared", async () => {
    const { say, press } = await cast();
    const before = await say(MEMBER, "compare vm container");
    await press(MODERATOR, "Not helpful");
    expect((await press(MODERATOR, "Mark as wrong")).text).toMatch(/^Taken out: /);
    const after = await say(MEMBER, "compare vm container");
    expect(after.text).not.toBe(before.text);
    expect(after.reply.about.pages).not.toContain(before.reply.about.pages[0]);
  });

  test("is the moderators' to mark, button or not", async () => {
    const { say, press, store } = await cast();
    const { reply } = await say(MEMBER, "what is a volume");
    expect((await press(MEMBER, "Not helpful")).buttons).not.toContain("Mark as wrong");
    const call = { command: "feedback.wrong", args: { id: reply.about.id } };
    expect((await say(MEMBER, call)).text).toMatch(/Only moderators/);
    expect(await store.feedback.wrong(COMMUNITY)).toEqual([]);
  });

  test("heads the gaps", async () => {
    const { say, press } = await cast();
    for (const who of [MEMBER, BOB]) await say(who, "what is frobnicate quux in blorbing");
    await say(MEMBER, "what is a volume");
    await press(MODERATOR, "Not helpful");
    await press(MODERATOR, "Mark as wrong");
    const { text } = await say(MODERATOR, "gaps");
    expect(text).toMatch(/Volume[^\n]*: marked wrong.*frobnicate/s);
  });
});

describe("gaps", () => {
  const STRANGE = "what is frobnicate quux in blorbing";

  test("list what several people asked, with unknown words and no names; one-off questions are dropped", async () => {
    const { say } = await cast();
    expect((await say(MODERATOR, "gaps")).text).toMatch(/^Nothing in 30 days/);
    for (const who of [MEMBER, BOB]) expect((await say(who, STRANGE)).reply.about.outcome).toBe("abstained");
    await say({ id: "cy" }, "what is my zanzibar wobble");
    const { text, audience, buttons } = await say(MODERATOR, "what could you not answer?");
    expect(audience).toBe("asker");
    expect(text).toMatch(/"frobnicate"/);
    expect(text).toMatch(/asked 2 times/);
    expect(text).not.toMatch(/ann|bob|cy|zanzibar/);
    expect(buttons).toEqual(["As text for an issue", "Weekly digest here"]);
  });

  test("the same person on two days counts, twice on one day does not", async () => {
    const { say, go } = await cast();
    await say(MEMBER, STRANGE);
    await say(MEMBER, STRANGE);
    expect((await say(MODERATOR, "gaps")).text).toMatch(/^Nothing/);
    go(DAY);
    await say(MEMBER, STRANGE);
    expect((await say(MODERATOR, "gaps")).text).toMatch(/frobnicate/);
  });

  test("show the reasons that people wrote, in the list and in the issue, without who and without mentions", async () => {
    const { say } = await cast();
    const { reply } = await say(MEMBER, "what is a volume");
    const reason = "<@U0ANN> it lacks\nan example, see https://example.org/x";
    await say(MEMBER, { command: "feedback.why", args: { id: reply.about.id, reason } });
    for (const text of ["gaps", "gaps issue"]) {
      const said = (await say(MODERATOR, text)).text;
      expect(said).toMatch(
        /Volume: one person found the answer not helpful.*Somebody wrote: it lacks an example, see/s,
      );
      expect(said).not.toMatch(/ann|U0|https:\/\/example/i);
    }
  });

  test("become the text of an issue", async () => {
    const { say, press } = await cast();
    for (const who of [MEMBER, BOB]) await say(who, STRANGE);
    await say(MODERATOR, "gaps");
    const { text, reply } = await press(MODERATOR, "As text for an issue");
    expect(reply.blocks.map(({ kind }) => kind)).toEqual(["code"]);
    expect(text).toMatch(/# Close one gap in the knowledge pages\n\n- \[ \] .*"frobnicate".*knowledge\/README\.md/s);
  });

  test("keep no numbers, addresses or secrets out of a question", async () => {
    const { say, store, now } = await cast();
    for (const who of [MEMBER, BOB])
      await say(who, "xylograph hunter2 ann@example.org 4111111111111111 sk_live_abcdef zzz9");
    const [gap] = await store.feedback.gaps(COMMUNITY, now() - DAY, 10);
    expect(gap?.words).toContain("xylograph");
    expect(gap?.words.every((word) => /^[a-z][a-z-]*$/.test(word))).toBe(true);
    expect(JSON.stringify(gap)).not.toMatch(/hunter2|4111|example\.org|sk_live/);
  });

  test("are for moderators", async () => {
    const { say } = await cast();
    expect((await say(MEMBER, "gaps")).text).toMatch(/Only moderators/);
  });

  test("of a comparison with something unknown are noted too", async () => {
    const { say } = await cast();
    for (const who of [MEMBER, BOB]) await say(who, "compare container frobnicator");
    expect((await say(MODERATOR, "gaps")).text).toMatch(/Container with "frobnicator": asked 2 times/);
  });
});
