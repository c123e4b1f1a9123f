/** A quiz as people take it: asked, answered, explained, and scored once. */
import { describe, expect, test } from "vitest";
import { encodeCall } from "../../src/core/turn.ts";
import { bankOf } from "../../src/learning/bank.ts";
import { openLibrary } from "../../src/library/open.ts";
import { openStore } from "../../src/store/open.ts";
import { concept, folder, knowledge } from "../support/folder.ts";
import { learner } from "../support/learner.ts";
import { answer, buttonsOf, optionsOf, press } from "../support/press.ts";
import { MINUTE, person } from "../support/store.ts";
import { keptLog, library } from "../support/tutor.ts";

const BEN = { id: "ben" };

describe("asking for a quiz", () => {
  test.each([
    ["quiz", {}],
    ["quiz me", {}],
    ["/quiz networking", { topic: "networking" }],
    ["quiz me on volumes", { topic: "volumes" }],
    ["Test me on docker compose!", { topic: "docker compose" }],
    ["another question", {}],
  ])("%s", async (said, args) => {
    const ann = await learner();
    await ann.say(said);
    expect(ann.plan.call).toEqual({ command: "quiz", args });
    expect(ann.plan.audience).toBe("everyone");
    expect(optionsOf(ann.reply).length).toBeGreaterThanOrEqual(3);
  });

  test("is about what was named: an area, a concept, not the instruction of the same name", async () => {
    const ann = await learner();
    const asked = async (said: string) => {
      await ann.say(said);
      return bankOf(library()).item(answer(ann.reply, true).args.q ?? "")?.page;
    };
    expect((await asked("quiz networking"))?.area).toBe("networking");
    expect((await asked("quiz me on volumes"))?.id).toBe("volume");
    expect((await asked("quiz k8s"))?.id).toBe("kubernetes");
  });

  test("about something else is refused with the nearest", async () => {
    const ann = await learner();
    expect(await ann.say("quiz me on sourdough baking")).toMatch(/no questions on "sourdough baking"/);
    expect(await ann.say("quiz volumez")).not.toMatch(/no questions/);
  });

  test.each(["what is a quiz", "how do I test my Dockerfile", "quizzes for docker certification?"])(
    "%s is a question, not a quiz",
    async (said) => {
      const ann = await learner();
      await ann.say(said);
      expect(ann.plan.call.command).toBe("ask");
    },
  );

  test("shows the same question the same way when the same turn is answered again, and shuffles for others", async () => {
    const ann = await learner();
    const turn = {
      id: "event-1",
      person: { id: "ann" },
      place: { platform: "test", community: "c", channel: "x" },
    } as const;
    const said = { kind: "text", text: "quiz me on volumes" } as const;
    const labels = async (id: string) =>
      buttonsOf(await ann.tutor.answer(ann.tutor.hear({ ...turn, id, said }))).map(({ call }) => encodeCall(call));
    expect(await labels("event-1")).toEqual(await labels("event-1"));
    const orders = await Promise.all(["a", "b", "c", "d", "e", "f", "g", "h"].map(labels));
    expect(new Set(orders.map((each) => each.join().replace(/&s=\w+/g, ""))).size).toBeGreaterThan(2);
  });
});

describe("an answer", () => {
  test("that is wrong names the belief, refutes it, gives the right one and where it is written", async () => {
    const ann = await learner();
    await ann.say("quiz me on volumes");
    const call = answer(ann.reply, false);
    const item = bankOf(library()).item(call.args.q ?? "");
    const wrong = item?.choices.find((choice) => choice.key === call.args.p);
    const text = (await ann.say(call)).replaceAll("`", "");
    expect(ann.plan.audience).toBe("asker");
    expect(text).toMatch(/^Not quite\./);
    for (const part of [wrong?.belief, wrong?.why, item?.choices.find((choice) => choice.right)?.text])
      expect(text).toContain((part ?? "?").replaceAll("`", ""));
    expect(text).toContain(`Source: Volume > ${item?.question.read}`);
    expect(buttonsOf(ann.reply).map(({ label }) => label)).toEqual([
      "Next question",
      "Read the page",
      "Five-minute lesson",
    ]);
    expect(await ann.press("Read the page")).toMatch(/folder that Docker manages/);
  });

  test.each(["next", "Next!", "another one", "go on please"])(
    "then %s alone gives the next question, on the same thing, for the learner alone",
    async (said) => {
      const ann = await learner();
      await ann.say("quiz me on volumes");
      await ann.answer(true);
      expect(await ann.say(said)).toMatch(/Quiz: storage[\s\S]*A\)/);
      expect(ann.plan.audience).toBe("asker");
    },
  );

  test("next where nothing was asked is a question on anything", async () => {
    const ann = await learner();
    expect(await ann.say("next")).toMatch(/Quiz: [\s\S]*A\)/);
    await ann.say("next generation containers");
    expect(ann.plan.call.command).toBe("ask");
  });

  test("that is right says so, and the next question is another one", async () => {
    const ann = await learner();
    await ann.say("quiz me on volumes");
    const first = answer(ann.reply, true).args.q;
    expect(await ann.answer(true)).toMatch(/^Right\./);
    await ann.press("Next");
    expect(ann.plan.audience).toBe("asker");
    expect(answer(ann.reply, true).args.q).not.toBe(first);
  });

  test("is not followed by the same question at once, though it is due", async () => {
    const ann = await learner();
    await ann.say("quiz me on volumes");
    const first = answer(ann.reply, true).args.q;
    await ann.answer(false);
    ann.wait(5 * MINUTE);
    await ann.press("Next");
    expect(answer(ann.reply, true).args.q).not.toBe(first);
  });

  test("scores once: a double click, another option after it, and the same click delivered again", async () => {
    const ann = await learner();
    await ann.say("quiz me on volumes");
    const [right, wrong] = [answer(ann.reply, true), answer(ann.reply, false)];
    await ann.say(right);
    expect(await ann.say(right)).toMatch(/first answer counts/);
    expect(await ann.say(wrong)).toMatch(/first answer counts/);
    const [card, more] = await ann.store.learners.cards(person("learner"));
    expect(more).toBeUndefined();
    expect(card).toMatchObject({ right: true, answers: 1 });
  });

  test("two clicks at the same moment score once", async () => {
    const ann = await learner();
    await ann.say("quiz me on volumes");
    const call = answer(ann.reply, true);
    await Promise.all([ann.say(call), ann.say(call), ann.say(call)]);
    expect(await ann.store.learners.cards(person("learner"))).toMatchObject([{ answers: 1 }]);
  });

  test("in an open quiz is everybody's own", async () => {
    const ann = await learner();
    await ann.say("quiz me on volumes");
    const [right, wrong] = [answer(ann.reply, true), answer(ann.reply, false)];
    await ann.say(wrong);
    expect(await ann.say(right, BEN)).toMatch(/^Right\.(?!.*first answer)/s);
    expect(await ann.store.learners.cards(person("learner"))).toMatchObject([{ right: false, answers: 1 }]);
    expect(await ann.store.learners.cards(person("ben"))).toMatchObject([{ right: true, answers: 1 }]);
  });

  test("asked anew counts anew", async () => {
    const ann = await learner();
    await ann.say("quiz me on volumes");
    const call = answer(ann.reply, true);
    await ann.say(call);
    await ann.say({ ...call, args: { ...call.args, s: "zzzzzz" } });
    expect(await ann.store.learners.cards(person("learner"))).toMatchObject([{ answers: 2 }]);
  });

  test("works after a restart and weeks later, and still scores once", async () => {
    const dataDir = folder();
    const open = () => openStore({ dataDir }, keptLog());
    const before = await open();
    const ann = await learner({ store: before });
    await ann.say("quiz me on volumes");
    const call = answer(ann.reply, true);
    await ann.say(call);
    await before.close();
    const after = await open();
    const again = await learner({ store: after });
    again.wait(30 * 24 * 60 * MINUTE);
    expect(await again.say(call)).toMatch(/first answer counts/);
    expect(await again.say(call, BEN)).toMatch(/^Right\./);
    expect(await after.learners.cards(person("learner"))).toMatchObject([{ answers: 1 }]);
    await after.close();
  });

  test("to a question that is gone says so politely, scores nothing and offers another", async () => {
    const ann = await learner();
    const text = await ann.say({ command: "quiz.answer", args: { q: "volume.gone00", p: "abc", s: "x" } });
    expect(text).toMatch(/rewritten or removed.*nothing was scored/);
    expect(await ann.store.learners.cards(person("learner"))).toEqual([]);
    await ann.press("Question on Volume");
    expect(optionsOf(ann.reply).length).toBeGreaterThan(2);
  });

  test("to an option that was reworded is not taken for another", async () => {
    const ann = await learner();
    await ann.say("quiz me on volumes");
    const call = answer(ann.reply, true);
    expect(await ann.say({ ...call, args: { ...call.args, p: "zzz" } })).toMatch(/nothing was scored/);
  });

  test("is explained while the database is away, and not called counted", async () => {
    const ann = await learner();
    await ann.say("quiz me on volumes");
    const call = answer(ann.reply, true);
    const { TutorError } = await import("../../src/core/errors.ts");
    const away = () => Promise.reject(new TutorError("dependency", "the database is away"));
    const store = {
      ...ann.store,
      learners: { ...ann.store.learners, card: away, cards: away, notes: away, score: away },
    };
    const ben = await learner({ store });
    expect(await ben.say("quiz")).toMatch(/A\)/);
    expect(await ben.say(call)).toMatch(/^Right\..*cannot save answers/s);
  });
});

test("a letter typed without a question to it says what to do", async () => {
  const ann = await learner();
  expect(await ann.say("B")).toMatch(/press its button/);
});

test("pages without questions have no quiz", async () => {
  const pages = openLibrary(
    { builtin: knowledge({ "concepts/containers/a.md": concept({ id: "a" }) }), own: [] },
    keptLog(),
  ).current();
  const ann = await learner({ pages: () => pages });
  expect(await ann.say("quiz")).toMatch(/no quiz questions/);
});

test("every belief and reason of every question can be shown", async () => {
  const ann = await learner();
  for (const item of bankOf(library()).items.filter((_, at) => at % 20 === 0))
    for (const choice of item.choices) {
      const text = await ann.say({ command: "quiz.answer", args: { q: item.id, p: choice.key, s: "s" } });
      expect(text).toMatch(choice.right ? /^Right\./ : /^Not quite\./);
      expect(text.length).toBeLessThan(900);
      expect(() => press(ann.reply, "Next")).not.toThrow();
    }
});
