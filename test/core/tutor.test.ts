/** The tutor hears, plans and answers; whatever goes wrong inside becomes a reply that a person can act on. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type Capability, command } from "../../src/core/capability.ts";
import { TutorError } from "../../src/core/errors.ts";
import type { ConversationStore } from "../../src/core/ports.ts";
import { about, plainText, type Reply } from "../../src/core/reply.ts";
import { createTutor } from "../../src/core/tutor.ts";
import { ask, keptLog, memoryStore, place, turn } from "../support/tutor.ts";

const kept = await memoryStore();
const SECRET = "my password is hunter2";
const said = (text: string): Reply => ({
  blocks: [{ kind: "text", line: [text] }],
  about: about("answered", { concepts: ["volume"], sections: ["volume.md#"] }),
});

/** One command that runs `run`, whatever is said. */
function tutorThat(run: () => Promise<Reply>, conversations: ConversationStore = kept.conversations) {
  const log = keptLog();
  const capability: Capability = {
    name: "ask",
    examples: [],
    commands: [
      command({
        name: "ask",
        summary: "Ask",
        args: z.object({ question: z.string() }),
        form: { title: "Ask", fields: [{ arg: "question", label: "Question", kind: "text", required: true }] },
        run,
      }),
    ],
  };
  const tutor = createTutor({ capabilities: [capability], conversations, log, diagram: async () => undefined });
  return { tutor, log };
}
const throwing = (error: unknown) =>
  tutorThat(async () => {
    throw error;
  });

describe("the error boundary", () => {
  test("a bug is an apology with an incident number that the log knows, with its stack and without the words said", async () => {
    const { tutor, log } = throwing(new TypeError("cannot read properties of undefined"));
    const reply = await ask(tutor, SECRET);
    const incident = /incident ([0-9a-f]{8})/.exec(plainText(reply.blocks))?.[1];
    expect(incident).toBeDefined();
    expect(plainText(reply.blocks)).not.toMatch(/TypeError|undefined|hunter2/);
    expect(reply.about.outcome).toBe("abstained");
    const [line, more] = log.lines;
    expect(more).toBeUndefined();
    expect(line).toMatchObject({ level: "error", message: "bug", fields: { incident, command: "ask" } });
    const { err } = (line?.fields ?? {}) as { err?: Error };
    expect(err?.stack).toMatch(/tutor\.test\.ts/);
    expect(JSON.stringify(log.lines)).not.toMatch(/hunter2/);
  });

  test.each([
    ["a string", "boom"],
    ["nothing", undefined],
    ["null", null],
    ["an object", { code: 1 }],
  ])("%s that is thrown is a bug as well", async (_, thrown) => {
    const { tutor, log } = throwing(thrown);
    expect(plainText((await ask(tutor, "x")).blocks)).toMatch(/incident [0-9a-f]{8}/);
    expect(log.lines.map((line) => line.level)).toEqual(["error"]);
  });

  test("a learner's fault is said with its cure and is no error in the log", async () => {
    const { tutor, log } = throwing(
      new TutorError("learner", "I have no page on that.", { hint: "Try `help read` for more." }),
    );
    const reply = await ask(tutor, SECRET);
    expect(reply.blocks).toEqual([
      { kind: "text", line: ["I have no page on that. Try ", { kind: "code", text: "help read" }, " for more."] },
    ]);
    expect(log.lines.map((line) => line.level)).toEqual(["info"]);
    expect(JSON.stringify(log.lines)).not.toMatch(/hunter2/);
  });

  test.each(["dependency", "platform", "config", "knowledge"] as const)(
    "a fault of the %s is a request to try again, and a warning with its cause",
    async (fault) => {
      const { tutor, log } = throwing(new TutorError(fault, "connection to db.internal:5432 refused"));
      const text = plainText((await ask(tutor, "x")).blocks);
      expect(text).toMatch(/try again/);
      expect(text).not.toMatch(/db\.internal/);
      expect(log.lines).toMatchObject([{ level: "warn", fields: { fault } }]);
    },
  );

  test("a store that is down costs the next question its context, never this answer", async () => {
    const down: ConversationStore = {
      recall: () => Promise.reject(new Error("database is gone")),
      remember: () => Promise.reject(new Error("database is gone")),
    };
    const { tutor, log } = tutorThat(async () => said("A volume is a folder."), down);
    expect(plainText((await ask(tutor, SECRET)).blocks)).toBe("A volume is a folder.");
    expect(log.lines.map((line) => line.level)).toEqual(["warn"]);
    expect(JSON.stringify(log.lines)).not.toMatch(/hunter2/);
  });

  test("a button of a command that is gone gets a polite reply", async () => {
    const { tutor, log } = tutorThat(async () => said("x"));
    const text = plainText((await ask(tutor, { command: "quiz.<!channel>", args: {} })).blocks);
    expect(text).toMatch(/no longer have "quiz. channel"/);
    expect(text).toMatch(/help/);
    expect(log.lines.map((line) => line.level)).toEqual(["info"]);
  });

  test.each(["constructor", "__proto__", "toString", ""])("a command called %j is no command", async (name) => {
    const { tutor } = tutorThat(async () => said("x"));
    expect(plainText((await ask(tutor, { command: name, args: {} })).blocks)).toMatch(/no longer have/);
  });
});

describe("a plan", () => {
  test("asks for a form where a required argument is missing, and only then", () => {
    const { tutor } = tutorThat(async () => said("x"));
    expect(tutor.hear(turn({ command: "ask", args: {} })).form?.title).toBe("Ask");
    expect(tutor.hear(turn({ command: "ask", args: { question: "x" } })).form).toBeUndefined();
  });

  test("is a question where no capability wants the words", () => {
    const { tutor } = tutorThat(async () => said("x"));
    expect(tutor.hear(turn("anything")).call).toEqual({ command: "ask", args: { question: "anything" } });
  });

  test("goes to the first capability that wants it", () => {
    const hears = (name: string, pattern: RegExp): Capability => ({
      name,
      examples: [],
      commands: [],
      hear: (text) => (pattern.test(text) ? { command: name, args: {} } : undefined),
    });
    const tutor = createTutor({
      capabilities: [hears("first", /a/), hears("second", /a|b/)],
      conversations: kept.conversations,
      log: keptLog(),
      diagram: async () => undefined,
    });
    expect(["a", "b", "c"].map((text) => tutor.hear(turn(text)).call.command)).toEqual(["first", "second", "ask"]);
  });

  test("of an unknown command is for the asker alone", () => {
    const { tutor } = tutorThat(async () => said("x"));
    expect(tutor.hear(turn({ command: "gone", args: {} })).audience).toBe("asker");
  });
});

describe("what threads have been about", () => {
  const of = (...concepts: string[]) => about("answered", { concepts });

  test("is kept newest first, each once and at most four", async () => {
    const store = (await memoryStore()).conversations;
    for (const each of [["a"], ["b", "a"], ["c"], ["d"], ["e"]]) await store.remember(place("t"), of(...each));
    expect((await store.recall(place("t")))?.concepts).toEqual(["e", "d", "c", "b"]);
  });

  test("is apart for each thread, and small talk leaves it as it is", async () => {
    const store = (await memoryStore()).conversations;
    await store.remember(place("one"), of("volume"));
    await store.remember(place("one"), about("chat", { concepts: ["x"] }));
    expect((await store.recall(place("one")))?.concepts).toEqual(["volume"]);
    expect(await store.recall(place("two"))).toBeUndefined();
  });
});
