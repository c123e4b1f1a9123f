/** The JSONL contract, exactly: three forms of line in, one form of line out, and the run goes on whatever comes. */
import { PassThrough, Readable, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { jsonl } from "../../adapters/jsonl/index.ts";
import type { Tutor } from "../../src/core/tutor.ts";
import { tutor } from "../support/tutor.ts";

interface Out {
  readonly id?: unknown;
  readonly turn?: number;
  readonly answer: string;
  readonly abstained: boolean;
  readonly confidence: number;
  readonly sources: readonly { readonly title: string; readonly href?: string; readonly page: string }[];
  readonly pages: readonly string[];
  readonly concepts: readonly string[];
  readonly error?: string;
  readonly line?: number;
}

async function run(input: string, subject: Tutor = tutor()): Promise<{ code: number; lines: Out[]; raw: string }> {
  const output = new PassThrough();
  const raw = text(output);
  const code = await jsonl(subject, Readable.from([Buffer.from(input)]), output);
  output.end();
  const written = await raw;
  expect(written === "" || written.endsWith("\n")).toBe(true);
  return {
    code,
    raw: written,
    lines: written
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Out),
  };
}
const one = async (value: object): Promise<Out> => {
  const { lines } = await run(`${JSON.stringify(value)}\n`);
  expect(lines).toHaveLength(1);
  const [line] = lines;
  if (!line) throw new Error("unreachable");
  return line;
};

describe("a line in", () => {
  test("may be a question; other fields are ignored", async () => {
    const line = await one({ id: "q1", question: "what is a volume?", expected: "x", turn: 9 });
    expect(Object.keys(line)).toEqual(["id", "answer", "abstained", "confidence", "sources", "pages", "concepts"]);
    expect(line).toMatchObject({ id: "q1", abstained: false, concepts: ["volume"] });
    expect(line.answer).toMatch(/volume/i);
    expect(line.pages[0]).toBe("concepts/storage/volume.md");
    expect(line.pages.length).toBeLessThanOrEqual(10);
  });

  test("may be a request to compare; the table is in the text", async () => {
    const line = await one({ id: "c1", request: "vm container" });
    expect(line.answer).toMatch(/\|\s+\| Virtual machine \| Container \|/);
    expect(line.concepts).toEqual(["vm", "container"]);
    expect(line.pages[0]).toMatch(/^comparisons\//);
  });

  test("may be a thread: each turn is answered with what came before", async () => {
    const turns = [
      { turn: 1, question: "what is a bind mount?" },
      { turn: 2, question: "and its drawbacks?" },
    ];
    const { lines } = await run(JSON.stringify({ id: "d1", turns }));
    expect(lines.map(({ id, turn }) => [id, turn])).toEqual([
      ["d1", 1],
      ["d1", 2],
    ]);
    expect(lines[1]?.concepts).toContain("bind-mount");
  });

  test("is a thread of its own, also where ids repeat", async () => {
    const { lines } = await run(
      `${JSON.stringify({ id: "same", question: "what is a bind mount?" })}\n${JSON.stringify({ id: "same", question: "and its drawbacks?" })}\n`,
    );
    expect(lines[1]?.concepts).not.toContain("bind-mount");
  });

  test("keeps its id as it came", async () => {
    expect((await one({ id: 7, question: "hello" })).id).toBe(7);
    expect((await one({ id: "07", question: "hello" })).id).toBe("07");
    expect((await one({ id: "", question: "hello" })).id).toBe("");
  });

  test("may end in CR LF, or not end at all", async () => {
    const { lines } = await run('{"id":"a","question":"hello"}\r\n\r\n{"id":"b","question":"hello"}');
    expect(lines.map(({ id }) => id)).toEqual(["a", "b"]);
  });
});

describe("a line out", () => {
  test("says where it is from: title, page and address", async () => {
    const { sources, pages } = await one({ id: "q", question: "what is a volume?" });
    expect(sources.length).toBeGreaterThan(0);
    for (const source of sources) {
      expect(source.title).toMatch(/\S/);
      expect(source.page).toMatch(/\.md$/);
      expect(source.href).toMatch(/^https?:/);
    }
    expect(pages).toEqual(expect.arrayContaining(sources.map((source) => source.page)));
  });

  test("abstains on what is out of reach, and still names pages", async () => {
    const line = await one({ id: "x", question: "what is the best SQL index for a date column?" });
    expect(line.abstained).toBe(true);
    expect(line.sources).toEqual([]);
    expect(line.pages.length).toBeGreaterThan(0);
    expect(line.confidence).toBeGreaterThanOrEqual(0);
    expect(line.confidence).toBeLessThanOrEqual(1);
  });

  test.each([
    ["unknown", "container flurble"],
    ["the same twice", "vm virtual machine"],
    ["one", "container"],
    ["three", "vm, container, kubernetes"],
    ["none", ""],
  ])("abstains on a comparison that cannot be made: %s", async (_, request) => {
    const line = await one({ id: "x", request });
    expect(line.abstained).toBe(true);
    expect(line.sources).toEqual([]);
    expect(line.answer).toMatch(/\w{3}/);
    expect(line.answer).not.toMatch(/\|.*\|/);
  });

  test("does not abstain on small talk or on a corrected premise", async () => {
    expect(await one({ id: "x", question: "hello" })).toMatchObject({ abstained: false, sources: [] });
    const line = await one({ id: "x", question: "how do I set --restart=sometimes" });
    expect(line.abstained).toBe(false);
    expect(line.answer).toMatch(/no `?sometimes/);
    expect(line.answer).toMatch(/unless-stopped/);
  });
});

describe("a malformed line", () => {
  test.each([
    "not json",
    "{",
    "null",
    "1",
    '"text"',
    "[]",
    "{}",
    '{"id":"x"}',
    '{"question":"no id"}',
    '{"id":{},"question":"x"}',
    '{"id":"x","question":1}',
    '{"id":"x","turns":[]}',
    '{"id":"x","turns":[{"turn":"1","question":"x"}]}',
    '{"id":"x","turns":[null]}',
    '{"id":"x","turns":{"turn":1}}',
  ])("%s gives an error with its number, and the run goes on", async (bad) => {
    const { lines, code } = await run(`\n${bad}\n{"id":"after","question":"hello"}\n`);
    expect(lines).toHaveLength(2);
    expect(Object.keys(lines[0] ?? {})).toEqual(["error", "line"]);
    expect(lines[0]?.line).toBe(2);
    expect(lines[0]?.error).toMatch(/\w/);
    expect(lines[1]?.id).toBe("after");
    expect(code).toBe(0);
  });

  test("may be any bytes", async () => {
    const output = new PassThrough();
    const raw = text(output);
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0x1b]), Buffer.from('\n{"id":"a","question":"hello"}\n')]);
    expect(await jsonl(tutor(), Readable.from([bytes]), output)).toBe(0);
    output.end();
    expect((await raw).split("\n")).toHaveLength(3);
  });
});

describe("the exit code", () => {
  test("is 0 for nothing at all, and for a run in which anything was read", async () => {
    expect((await run("")).code).toBe(0);
    expect((await run('x\n{"id":"a","question":"hello"}\nx')).code).toBe(0);
  });

  test("is 1 where nothing could be read", async () => {
    expect((await run("x\ny\n")).code).toBe(1);
  });
});

describe("10,000 lines", () => {
  const COUNT = 10_000;

  test("come out in their order, and no faster than they are taken", async () => {
    let given = 0;
    let answered = 0;
    const input = Readable.from(
      (function* () {
        while (given < COUNT) yield Buffer.from(`${JSON.stringify({ id: given++, question: "hello" })}\n`);
      })(),
    );
    const real = tutor();
    const counting: Tutor = {
      ...real,
      answer: (plan) => {
        answered += 1;
        return real.answer(plan);
      },
    };
    const ids: number[] = [];
    let ahead = 0;
    let take: (() => void) | undefined;
    let rest = "";
    const output = new Writable({
      highWaterMark: 1000,
      write(chunk: Buffer, _encoding, done) {
        ahead = Math.max(ahead, given - ids.length);
        rest += chunk.toString();
        const lines = rest.split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) ids.push((JSON.parse(line) as { id: number }).id);
        // The first reader is slow: nothing is taken until the test lets go.
        if (ids.length === 1) take = done;
        else done();
      },
    });
    const code = jsonl(counting, input, output);
    await expect.poll(() => answered).toBeGreaterThan(1);
    for (let i = 0; i < 200; i++) await new Promise((done) => setImmediate(done));
    expect(answered).toBeLessThan(20);
    expect(given).toBeLessThan(COUNT / 2);
    take?.();
    expect(await code).toBe(0);
    expect(ids).toEqual(Array.from({ length: COUNT }, (_, i) => i));
    expect(ahead).toBeLessThan(COUNT / 2);
  });
});
