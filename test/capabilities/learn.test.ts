/** Lessons, the path, progress, the board and home: a learner's way through. */
import { describe, expect, test } from "vitest";
import { plainText } from "../../src/core/reply.ts";
import { bankOf } from "../../src/learning/bank.ts";
import { learner } from "../support/learner.ts";
import { answer, buttonsOf } from "../support/press.ts";
import { DAY, person, subscription } from "../support/store.ts";
import { library, place } from "../support/tutor.ts";

const ANN = { id: "learner", name: "Ann" };

describe("a lesson", () => {
  test("goes from the hook over three ideas and a trial to two checks, a step a message", async () => {
    const ann = await learner();
    expect(await ann.say("lesson on bridge networks")).toMatch(
      /Bridge network \(1 of 7\).*Keep this question in mind/s,
    );
    expect(ann.plan.audience).toBe("everyone");
    for (const label of ["First idea", "Next idea", "Next idea"])
      expect(await ann.press(label)).toMatch(/Idea \d: .*Source: Bridge network/s);
    expect(await ann.press("Try it")).toMatch(
      /try-shop.*What you should see.*PONG.*Clean up.*docker network rm try-shop/s,
    );
    expect(await ann.press("Check")).toMatch(/\(6 of 7\).*A\)/s);
    expect(await ann.answer(false)).toMatch(/Not quite/);
    expect(await ann.press("Go on")).toMatch(/\(7 of 7\)/);
    expect(ann.plan.audience).toBe("asker");
    expect(await ann.answer(true)).toMatch(/^Right/);
    expect(await ann.press("Finish")).toMatch(/\(done\).*The three ideas were/s);
    expect(await ann.store.learners.cards(person("learner"))).toHaveLength(2);
  });

  test("asks at the end what the hook asked at the beginning", async () => {
    const ann = await learner();
    const hook = await ann.say("lesson volumes");
    await ann.say({ command: "lesson", args: { topic: "volume", step: "6" } });
    const item = bankOf(library()).item(answer(ann.reply, true).args.q ?? "");
    expect(hook).toContain(item?.question.question.replaceAll("`", ""));
  });

  test("without commands is tried on paper", async () => {
    const ann = await learner();
    expect(await ann.say({ command: "lesson", args: { topic: "bounded-context", step: "5" } })).toMatch(/on paper/);
  });

  test("without a topic is the next on the path, and of an area its next concept", async () => {
    const ann = await learner();
    expect(await ann.say("lesson")).toMatch(/Lesson: .*1 of 7/);
    expect(await ann.say("lesson networking")).toMatch(/Lesson: .*1 of 7/);
  });

  test("on something unknown is refused, and a question stays a question", async () => {
    const ann = await learner();
    expect(await ann.say("lesson sourdough")).toMatch(/no lesson on "sourdough"/);
    await ann.say("teach me how to write a good Dockerfile for node");
    expect(ann.plan.call.command).toBe("ask");
    await ann.say("lessons learned from moving to microservices");
    expect(ann.plan.call.command).toBe("ask");
    await ann.say("teach me about volumes");
    expect(ann.plan.call).toEqual({ command: "lesson", args: { topic: "volumes" } });
  });

  test("fits a message at every step of every concept", async () => {
    const ann = await learner();
    for (const page of library().pages.filter((each) => each.kind === "concept"))
      for (const step of ["1", "2", "4", "5", "6"]) {
        const text = await ann.say({ command: "lesson", args: { topic: page.id, step } });
        expect(text, page.id).toMatch(/^Lesson: /);
        expect(text.length, `${page.id} step ${step}`).toBeLessThan(1900);
      }
  });
});

describe("the path", () => {
  test("proposes what can be learned now, says why, and leads there", async () => {
    const ann = await learner();
    expect(await ann.say("learn")).toMatch(/Nothing is known about you yet.*Next: .*needs nothing before it/s);
    expect(ann.plan.audience).toBe("asker");
    expect(await ann.press("Lesson:")).toMatch(/1 of 7/);
  });

  test("shows the way to a goal", async () => {
    const ann = await learner();
    expect(await ann.say("learn kubernetes")).toMatch(/4 steps.*1\. Process\n2\. Container\n.*4\. Kubernetes/s);
    expect(await ann.say("learn networking")).toMatch(/Networking +[█░]{10} {2}0\/11/);
    expect(await ann.say({ command: "learn", args: { goal: "sourdough" } })).toMatch(/no way to it/);
  });

  test("the check asks eight questions at most, adapts, and is remembered", async () => {
    const ann = await learner();
    await ann.say("learn check");
    let questions = 0;
    for (; buttonsOf(ann.reply).some(({ label }) => label === "Not sure"); questions++) await ann.answer(true);
    expect(questions).toBeLessThanOrEqual(8);
    expect(ann.text).toMatch(
      /Check done.*I take what they build on, and what is easier beside them, as known too: \d+ of \d+/s,
    );
    const known = Number(/: (\d+) of \d+/.exec(ann.text)?.[1]);
    expect(known).toBeGreaterThan(30);
    expect(await ann.say("learn")).toMatch(new RegExp(`You know ${known} of `));
  });

  test("not sure is no shame: the answer is told and nothing is scored", async () => {
    const ann = await learner();
    await ann.say("learn check");
    const said = [];
    while (buttonsOf(ann.reply).some(({ label }) => label === "Not sure")) said.push(await ann.press("Not sure"));
    expect(said[0]).toMatch(/Good to know/);
    expect(ann.text).toMatch(/at the beginning/);
    expect(await ann.store.learners.cards(person("learner"))).toEqual([]);
  });

  test("a check whose pages changed meanwhile starts anew", async () => {
    const ann = await learner();
    expect(await ann.say({ command: "learn.answer", args: { a: "1", p: "zzz", s: "abc" } })).toMatch(/starts anew/);
  });

  test.each([
    ["what should I learn next?", "learn"],
    ["how do I learn docker quickly", "ask"],
    ["learn how to write a compose file", "ask"],
  ])("%s -> %s", async (said, command) => {
    const ann = await learner();
    await ann.say(said);
    expect(ann.plan.call.command).toBe(command);
  });
});

describe("progress", () => {
  test("begins with an invitation", async () => {
    const ann = await learner();
    expect(await ann.say("progress")).toMatch(/Nothing to show yet.*Only you/);
  });

  test("shows areas as bars, what is due and the rhythm, without scolding", async () => {
    const ann = await learner();
    for (const _ of [1, 2]) {
      await ann.say("quiz me on volumes");
      await ann.answer(true);
    }
    expect(await ann.say("progress")).toMatch(
      /You know 1 of \d+.*Storage +█░+ {2}1\/\d+.*Nothing is due.*1 day of the last 7/s,
    );
    ann.wait(DAY);
    await ann.say("practice");
    await ann.answer(true);
    expect(await ann.say("my progress")).toMatch(/2 days of the last 7, 2 of them in a row/);
    ann.wait(20 * DAY);
    const text = await ann.say("progress");
    expect(text).toMatch(/due now/);
    expect(text).not.toMatch(/streak|lost|broke|0 days/i);
    expect(ann.plan.audience).toBe("asker");
  });

  test("the board is for those who join, by improvement, and shows nobody else", async () => {
    const ann = await learner();
    const answerAs = async (id: string, times: number) => {
      for (let i = 0; i < times; i++) {
        await ann.say("quiz", { id });
        await ann.answer(true, { id });
      }
    };
    await answerAs("ben", 3);
    ann.wait(8 * DAY);
    await answerAs("ben", 1);
    await answerAs("learner", 2);
    await answerAs("eve", 5);
    expect(await ann.say("progress board")).toMatch(/Nobody has joined yet/);
    await ann.say("progress board on", { id: "ben", name: "Ben" });
    const text = await ann.say("progress board on", ANN);
    expect(text).toMatch(/1\. You: 2 more than last week \(2 right\)/);
    expect(text).toMatch(/Also on the board: 1 learner/);
    expect(text).not.toMatch(/Ben|eve/i);
    expect(await ann.say("progress board", { id: "ben" })).toMatch(/1\. Ann: 2 more/);
    expect(await ann.press("Leave", { id: "ben" })).toMatch(/off the board/);
  });
});

describe("home", () => {
  test("is one reply: progress, due, reminder, next step, at most three buttons of commands that exist", async () => {
    const ann = await learner();
    await ann.say("quiz me on volumes");
    await ann.answer(true);
    await ann.say("practice remind 18:00 Europe/London");
    await ann.store.tips.subscribe(subscription("general", { place: place() }), 0);
    const text = await ann.say("home");
    expect(text).toMatch(/You know 0 of \d+.*Nothing is due.*Next step: .*Practice reminder: 18:00 Europe\/London/s);
    const names = new Set(ann.tutor.commands.map((command) => command.name));
    expect(buttonsOf(ann.reply).length).toBeLessThanOrEqual(3);
    for (const { call } of buttonsOf(ann.reply)) expect(names.has(call.command)).toBe(true);
    expect(plainText(ann.reply.blocks).length).toBeLessThan(1200);
  });
});
