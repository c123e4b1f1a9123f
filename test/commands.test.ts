/** All commands together: their names, their examples and what help says of them. */
import { describe, expect, test } from "vitest";
import { capabilities } from "../src/capabilities/index.ts";
import { callFits } from "../src/core/turn.ts";
import { ask, depsOf, memoryStore, textOf, turn, tutor } from "./support/tutor.ts";

const all = capabilities(depsOf({ store: await memoryStore() }));
const commands = all.flatMap((capability) => capability.commands);
const listed = commands.filter((command) => command.listed);
// Examples of settings are a moderator's.
const subject = tutor({ admins: ["learner"] });

describe("the commands", () => {
  test("have names of their own, short enough for every platform's menu", () => {
    expect(new Set(commands.map((command) => command.name)).size).toBe(commands.length);
    expect(new Set(all.map((capability) => capability.name)).size).toBe(all.length);
    for (const { name } of commands) expect(name).toMatch(/^[a-z][a-z.]{1,31}$/);
  });

  test.each(listed.map((command) => [command.name, command] as const))(
    "%s says in one line what it does, and so do its options",
    (_, command) => {
      // Discord shows at most 100 characters of a description.
      expect(command.summary).toMatch(/^[A-Z].{4,99}$/);
      expect(command.summary).not.toMatch(/\.$/);
      for (const option of command.options) {
        expect(option.name).toMatch(/^[a-z]{1,32}$/);
        expect(option.description.length).toBeLessThanOrEqual(100);
      }
    },
  );

  test("have forms that ask for their own arguments only", () => {
    for (const command of commands)
      for (const field of command.form?.fields ?? [])
        expect(command.options.map((option) => option.name)).toContain(field.arg);
  });
});

describe("an example", () => {
  const examples = all.flatMap((capability) => capability.examples.map((text) => [text, capability] as const));

  test("is there for each capability", () => {
    expect(all.filter((capability) => !capability.examples.length)).toEqual([]);
  });

  test.each(examples)("is heard by its own capability: %s", (text, capability) => {
    const plan = subject.hear(turn(text));
    expect(capability.commands.map((command) => command.name)).toContain(plan.call.command);
  });

  test.each(examples)("is answered: %s", async (text) => {
    const reply = await ask(subject, text);
    expect(reply.about.outcome).not.toBe("abstained");
    expect(textOf(reply)).toMatch(/\w{3}/);
  });
});

describe("help", () => {
  const inHelp = async () => {
    const { blocks } = await ask(subject, "help");
    return blocks.flatMap((block) =>
      block.kind === "list"
        ? block.items.map(({ line: [first] }) => (typeof first === "object" ? first.text : ""))
        : [],
    );
  };

  test("lists exactly the listed commands, each with how it is used and what it does", async () => {
    expect((await inHelp()).map((text) => text.split(" ")[0])).toEqual(listed.map((command) => command.name));
    const text = textOf(await ask(subject, "help"));
    for (const command of listed) expect(text).toContain(command.summary);
  });

  test.each(listed.map((command) => command.name))("tells of %s, with an example", async (name) => {
    const text = textOf(await ask(subject, `help ${name}`));
    expect(text).toContain(listed.find((command) => command.name === name)?.summary);
    const own = all.find((capability) => capability.commands.some((command) => command.name === name));
    for (const example of own?.examples ?? []) expect(text).toContain(example);
  });

  test.each(["help", "HELP", "/help", "help me", "commands", "help!"])("is heard as %j", (said) => {
    expect(subject.hear(turn(said)).call.command).toBe("help");
  });

  test.each([
    ["/comapre vm container", /Did you mean `?compare/],
    ["/frobnicate", /no command "frobnicate"/],
    ["/docker", /Ask me anything/],
  ])("answers %s", async (said, pattern) => {
    expect(textOf(await ask(subject, said))).toMatch(pattern);
  });

  test("a slip in a command's name is understood where nothing else can be meant", () => {
    expect(subject.hear(turn("comapre vm container")).call.command).toBe("compare");
    expect(subject.hear(turn("heap dumps in a container")).call.command).toBe("ask");
    expect(subject.hear(turn("real containers")).call.command).toBe("ask");
  });
});

describe("the ways to call a command", () => {
  test("typed, slashed and pressed are one", () => {
    const calls = ["compare vm container", "/compare vm container", "/docker compare vm container"].map(
      (text) => subject.hear(turn(text)).call,
    );
    expect(new Set(calls.map((call) => JSON.stringify(call))).size).toBe(1);
    const [call] = calls;
    if (!call) throw new Error("unreachable");
    expect(subject.hear(turn(call)).call).toEqual(call);
  });

  test("every button of an answer calls a command that exists and fits a button", async () => {
    const known = new Set(commands.map((command) => command.name));
    for (const said of ["what is a volume", "compare vm container", "compare vm", "read volume", "x7g", "", "/halp"]) {
      const { blocks } = await ask(subject, said, said);
      for (const block of blocks)
        for (const button of block.kind === "buttons" ? block.buttons : []) {
          expect(known).toContain(button.call.command);
          expect(callFits(button.call)).toBe(true);
          expect(button.label.length).toBeLessThanOrEqual(75);
          expect((await ask(subject, button.call, said)).about.outcome).not.toBe("abstained");
        }
    }
  });
});
