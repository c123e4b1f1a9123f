import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Answer, type Item, score, visible } from "./score.ts";

const read = (name: string): Item[] =>
  readFileSync(new URL(name, import.meta.url), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Item);
const sets = ["questions", "offtopic", "compare", "dialogues"].map((name) => read(`./${name}.jsonl`));

const question: Item = {
  id: "q",
  question: "what on earth is a docker volume",
  topic: "storage",
  pages: ["volume", "docker volume create"],
  facts: [
    { fact: "managed by Docker", any: ["manag"] },
    { fact: "outlives the container", any: ["outliv|surviv"] },
  ],
  must_not: ["part of the image"],
};
const source = (page: string) => ({ title: "t", page });
const right: Answer = {
  id: "q",
  answer: "A **volume** is managed by Docker and `outlives` the container.",
  sources: [source("concepts/storage/volume.md"), source("concepts/running/lifecycle.md")],
  pages: ["comparisons/volume--bind-mount.md"],
};
const ask = (answer: Partial<Answer>) => score([question], [{ ...right, ...answer }]);

test("a right answer earns everything, and citations are judged by their pages", () => {
  const { questions, failures } = ask({});
  expect(questions).toMatchObject({ n: 1, fullyCorrect: 1, factRecall: 1, hitAt1: 1, citationPrecision: 0.5 });
  expect(questions.medianLength).toBe("A volume is managed by Docker and outlives the container.".length);
  expect(failures).toEqual([]);
  const named = { id: "q", answer: "managed, outlives", pages: ["x.md"] };
  expect(score([question], [named], () => "Docker volume create").questions.hitAt1).toBe(1);
  expect(score([question], [named], () => "bind-mount").questions.hitAt1).toBe(0);
});

test("a missing fact, a misconception and silence are failures that say why", () => {
  expect(ask({ answer: "Managed by Docker." }).questions).toMatchObject({ fullyCorrect: 0, factRecall: 0.5 });
  expect(ask({ answer: "Managed by Docker." }).failures[0]).toMatchObject({
    kind: "questions",
    group: "storage",
    why: ["missing: outlives the container"],
  });
  expect(ask({ answer: `${right.answer} It is part of the image.` }).failures[0]?.why).toEqual([
    "states: part of the image",
  ]);
  const often = `## Often said: a volume is part of the image\n${right.answer}`;
  expect(ask({ answer: often }).questions.fullyCorrect).toBe(1);
  expect(score([question], []).failures[0]?.why).toEqual(["no answer"]);
});

test("an abstention earns nothing, even with the right words", () => {
  const { questions } = ask({ abstained: true });
  expect(questions).toMatchObject({ fullyCorrect: 0, factRecall: 0, wrongAbstention: 1, medianLength: 0 });
});

test("an echo and the text after 1,200 characters earn nothing", () => {
  const echo: Item = { id: "q", question: "is it managed so that it outlives me?", facts: question.facts ?? [] };
  expect(score([echo], [{ id: "q", answer: "“Is it managed, so that it outlives me”?" }]).questions.factRecall).toBe(0);
  const short: Item = { id: "q", question: "managed?", facts: [{ any: ["managed"] }] };
  expect(score([short], [{ id: "q", answer: "**Managed?**" }]).questions.fullyCorrect).toBe(0);
  expect(score([short], [{ id: "q", answer: "Yes, managed." }]).questions.fullyCorrect).toBe(1);
  expect(ask({ answer: `Managed. ${"word ".repeat(240)}It outlives the container.` }).questions.factRecall).toBe(0.5);
  expect(ask({ answer: "Managed.\n\nSource: What outlives a container" }).questions.factRecall).toBe(0.5);
});

test("visible text has no markup, but keeps commands and placeholders", () => {
  expect(visible("## Run\n- **Now**: [docs](https://a.b/c_(d))\n```console\n$ docker run <image>\n```")).toBe(
    "Run Now: docs $ docker run <image>",
  );
  expect(visible("| a | b |\n| --- | --- |\n| it’s | `x` |<br>&")).toBe("a b it's x &");
});

test("off-topic lines want an abstention; what else passes depends on what is expected", () => {
  const item = (id: string, expected: string, rest: Partial<Item> = {}): Item => ({
    id,
    question: "how do i use docker teleport",
    category: expected,
    expect: expected,
    ...rest,
  });
  const items = [
    item("1", "abstain"),
    item("2", "smalltalk"),
    item("3", "correct-premise", { accept: ["no .{0,20}docker teleport"] }),
    item("4", "refuse", { allow_answer: true, must_not_raw: ["<!channel>"] }),
  ];
  const say = (answer: Partial<Answer>) =>
    score(
      items,
      items.map(({ id }) => ({ id, ...answer })),
    ).offtopic;
  const cited = { answer: "A volume is …", sources: [source("v.md")] };
  expect(say({ answer: "I don't know.", abstained: true })).toMatchObject({ n: 4, falseAnswers: 0, unsafe: 0 });
  expect(say(cited)).toMatchObject({ falseAnswers: 3, byCategory: { refuse: { n: 1, falseAnswers: 0 } } });
  expect(say({ answer: "Hello!" }).byCategory).toMatchObject({
    abstain: { falseAnswers: 1 },
    smalltalk: { falseAnswers: 0 },
    "correct-premise": { falseAnswers: 1 },
  });
  expect(say({ answer: "Hello! ".repeat(100) }).byCategory.smalltalk?.falseAnswers).toBe(1);
  expect(say({ ...cited, answer: "There is no docker teleport." }).byCategory["correct-premise"]?.falseAnswers).toBe(0);
  expect(say({ answer: "<!channel> hi", abstained: true })).toMatchObject({ falseAnswers: 0, unsafe: 1 });
  expect(score(items, []).offtopic.falseAnswers).toBe(4);
});

test("comparisons: facts for possible ones, a refusal for impossible ones", () => {
  const items: Item[] = [
    { id: "c1", request: "vm container", possible: true, facts: [{ any: ["kernel"] }] },
    { id: "c2", request: "vm bananas", possible: false, reason: "unknown-concept" },
  ];
  const good = score(items, [
    { id: "c1", answer: "| kernel | own | shared |", sources: [source("p.md")] },
    { id: "c2", answer: "I don't know bananas.", abstained: true },
  ]);
  expect(good.compare).toEqual({ possible: { n: 1, fullyCorrect: 1 }, impossible: { n: 1, refused: 1 } });
  const bad = score(items, [
    { id: "c1", answer: "vm container" },
    { id: "c2", answer: "Bananas are yellow.", sources: [source("p.md")] },
  ]);
  expect(bad.compare).toEqual({ possible: { n: 1, fullyCorrect: 0 }, impossible: { n: 1, refused: 0 } });
  expect(bad.failures.map(({ group }) => group)).toEqual(["possible", "unknown-concept"]);
});

test("dialogues count turns, and whole dialogues only when every turn is right", () => {
  const turn = (n: number, fact: string) => ({ turn: n, question: `turn ${n}`, facts: [{ any: [fact] }] });
  const items: Item[] = [{ id: "d", turns: [turn(1, "volume"), turn(2, "docker volume rm")] }];
  const first = { id: "d", turn: 1, answer: "A volume keeps data." };
  expect(score(items, [first, { id: "d", turn: 2, answer: "`docker volume rm` it." }]).dialogues).toEqual({
    n: 1,
    turns: 2,
    fullyCorrect: 2,
    whole: 1,
  });
  const half = score(items, [first, { id: "d", turn: 2, answer: "No idea what it is." }]);
  expect(half.dialogues).toMatchObject({ turns: 2, fullyCorrect: 1, whole: 0 });
  expect(half.failures[0]).toMatchObject({ kind: "dialogues", turn: 2, asked: "turn 2" });
});

test("the sets are sound: unique ids, patterns that compile, accept their own fact and never the question", () => {
  const items = sets.flat();
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  expect(sets.map((set) => set.length)).toEqual([180, 440, 130, 30]);
  const asked = items.flatMap((item) => [item, ...(item.turns ?? [])]);
  const odd = asked.flatMap((each) => {
    const said = each.question ?? ("request" in each ? each.request : "") ?? "";
    return (each.facts ?? []).flatMap(({ fact = "", any }) => {
      const patterns = any.map((pattern) => new RegExp(pattern, "i"));
      const fits = patterns.some((pattern) => pattern.test(fact)) && !patterns.some((pattern) => pattern.test(said));
      return fits && any.length ? [] : [`${said}: ${fact}`];
    });
  });
  expect(odd).toEqual([]);
  for (const { must_not = [], accept = [] } of items) for (const p of [...must_not, ...accept]) new RegExp(p, "i");
  expect(items.filter((item) => item.expect === "correct-premise").every((item) => item.accept?.length)).toBe(true);
});

test("saying nothing at all, and abstaining from everything, have their known scores", () => {
  const items = sets.flat();
  const silent: Answer[] = items.flatMap(({ id, turns }) =>
    turns ? turns.map(({ turn }) => ({ id, ...(turn ? { turn } : {}), abstained: true })) : [{ id, abstained: true }],
  );
  const { questions, offtopic, compare, dialogues } = score(items, silent);
  expect(questions).toMatchObject({ n: 180, fullyCorrect: 0, wrongAbstention: 180 });
  expect(offtopic).toMatchObject({ n: 440, falseAnswers: 0, unsafe: 0 });
  expect(compare).toEqual({ possible: { n: 65, fullyCorrect: 0 }, impossible: { n: 65, refused: 65 } });
  expect(dialogues).toMatchObject({ n: 30, turns: 80, fullyCorrect: 0, whole: 0 });
  expect(score(items, []).failures.length).toBe(180 + 440 + 130 + 80);
});
