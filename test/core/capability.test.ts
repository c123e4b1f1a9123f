/** A command is declared once; menus, usage and refusals are derived from it. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { command } from "../../src/core/capability.ts";
import { TutorError } from "../../src/core/errors.ts";
import { about } from "../../src/core/reply.ts";
import { turn } from "../support/tutor.ts";

const heard: object[] = [];
const quiz = command({
  name: "quiz",
  summary: "Ask me something",
  args: z.object({
    topic: z.string().min(2).describe("A topic, such as volume"),
    level: z.enum(["beginner", "advanced"]).describe("How hard").optional(),
    count: z.coerce.number().int().min(1).max(9).default(3),
  }),
  run: async (args) => {
    heard.push(args);
    return { blocks: [], about: about("chat") };
  },
});

const refusal = async (args: Record<string, string>): Promise<TutorError> => {
  const error = await quiz.run(args, turn("")).catch((caught: unknown) => caught);
  if (!(error instanceof TutorError)) throw new Error(`not refused: ${JSON.stringify(args)}`);
  return error;
};

describe("what is derived from a command's arguments", () => {
  test("options with description, choices and whether they are required", () => {
    expect(quiz.options).toEqual([
      { name: "topic", description: "A topic, such as volume", required: true },
      { name: "level", description: "How hard", required: false, choices: ["beginner", "advanced"] },
      { name: "count", description: "count", required: false },
    ]);
  });

  test("how it is used", () => {
    expect(quiz.usage).toBe("<topic> [level] [count]");
  });

  test("words typed after the name are its first argument; no words are no argument", () => {
    expect(quiz.parse("bind mounts")).toEqual({ topic: "bind mounts" });
    expect(quiz.parse("")).toEqual({});
  });

  test("it is listed, answers everyone and has no form unless it says otherwise", () => {
    expect(quiz).toMatchObject({ listed: true, audience: "everyone", form: undefined });
  });

  test("completions that fail are no completions", async () => {
    const failing = command({
      name: "x",
      summary: "x",
      args: z.object({}),
      suggest: () => Promise.reject(new Error("index is away")),
      run: async () => ({ blocks: [], about: about("chat") }),
    });
    expect(await failing.suggest("topic", "vol")).toEqual([]);
    expect(await quiz.suggest("topic", "vol")).toEqual([]);
  });
});

describe("arguments", () => {
  test("arrive checked and with their defaults", async () => {
    await quiz.run({ topic: "volume", count: "5" }, turn(""));
    await quiz.run({ topic: "volume" }, turn(""));
    expect(heard).toEqual([
      { topic: "volume", count: 5 },
      { topic: "volume", count: 3 },
    ]);
  });

  test("that are missing are a learner's fault, with what is missing and the cure", async () => {
    const { fault, sentence } = await refusal({});
    expect(fault).toBe("learner");
    expect(sentence).toBe("`quiz` needs a topic. Try `help quiz` for an example.");
  });

  test("that are wrong are named with their value and the cure", async () => {
    const { fault, sentence } = await refusal({ topic: "volume", level: "expert" });
    expect(fault).toBe("learner");
    expect(sentence).toMatch(/`quiz`.*level "expert"/);
    expect(sentence).toMatch(/`help quiz`/);
    expect((await refusal({ topic: "volume", count: "a dozen" })).sentence).toMatch(/count "a dozen"/);
  });

  test("are never said back in a form that pings, formats or fills the screen", async () => {
    const { sentence } = await refusal({ topic: "volume", level: `@everyone <!channel> \`**x**\` ${"y".repeat(500)}` });
    expect(sentence).not.toMatch(/[@<>!*]|`\*/);
    expect(sentence.length).toBeLessThan(150);
  });

  test("that nobody declared are ignored, also __proto__", async () => {
    heard.length = 0;
    await quiz.run(JSON.parse('{"topic":"volume","__proto__":"x","constructor":"y"}'), turn(""));
    expect(heard).toEqual([{ topic: "volume", count: 3 }]);
  });
});
