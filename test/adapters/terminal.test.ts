/** The chat in a terminal, through streams: what is typed is answered, in its order, and nothing else reaches the screen. */
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { terminal } from "../../adapters/terminal/index.ts";
import { renderText } from "../../adapters/terminal/render.ts";
import { about, type Block, type Reply } from "../../src/core/reply.ts";
import type { Plan, Tutor } from "../../src/core/tutor.ts";
import { openLibrary } from "../../src/library/open.ts";
import { folder } from "../support/folder.ts";
import { keptLog, tutor as realTutor } from "../support/tutor.ts";

const ESC = "\u001b";
type Screen = PassThrough & { isTTY?: boolean; columns?: number };

interface Opened {
  readonly type: (lines: string) => void;
  readonly end: () => void;
  /** All that was shown, once the chat is closed. */
  readonly shown: Promise<string>;
  readonly adapter: ReturnType<typeof terminal>;
}

async function open(
  look: { tutor?: Tutor; tty?: boolean; columns?: number; environment?: Record<string, string> } = {},
): Promise<Opened> {
  const input: Screen = new PassThrough();
  const output: Screen = new PassThrough();
  if (look.tty) {
    input.isTTY = true;
    output.isTTY = true;
  }
  if (look.columns) output.columns = look.columns;
  const shown = text(output);
  const adapter = terminal({ input, output, environment: look.environment ?? {} });
  await adapter.start(look.tutor ?? realTutor());
  void adapter.closed.then(() => output.end());
  return { type: (lines) => void input.write(lines), end: () => void input.end(), shown, adapter };
}

/** Pipes the lines in and reads everything that comes out. */
async function chat(lines: readonly string[], look: Parameters<typeof open>[0] = {}): Promise<string> {
  const { type, end, shown } = await open(look);
  type(lines.map((line) => `${line}\n`).join(""));
  end();
  return shown;
}

/** A tutor over one page of somebody's own. */
function tutorOver(page: string): Tutor {
  const open = openLibrary({ own: [folder({ "page.md": page })] }, keptLog());
  return realTutor({ library: open.current });
}

/** A tutor whose answers wait until they are let go. */
function slowTutor() {
  const waiting: { readonly plan: Plan; readonly go: () => void }[] = [];
  const real = realTutor();
  const tutor: Tutor = {
    ...real,
    answer: (plan) =>
      new Promise<Reply>((done) => {
        waiting.push({
          plan,
          go: () => done({ blocks: [{ kind: "text", line: [`answer ${waiting.length}`] }], about: about("chat") }),
        });
      }),
  };
  return { tutor, waiting };
}

describe("a conversation", () => {
  test("begins with a welcome that says how to ask and how to leave", async () => {
    expect(await chat([])).toMatch(/^Container Tutor: .*`help`.*Ctrl-C leaves/);
  });

  test("answers a question with its source", async () => {
    const shown = await chat(["what is a volume?"]);
    expect(shown).toMatch(/volume/i);
    expect(shown).toMatch(/Source: .*Volume/);
  });

  test("a number presses the button of the answer before", async () => {
    const shown = await chat(["compare", "1"]);
    const [, label] = /\[1\] (.+?) {3}/.exec(shown) ?? [];
    expect(label).toMatch(/ or /);
    const after = shown.slice(shown.indexOf("[1]"));
    expect(after).toMatch(/Kernel|kernel/);
    expect(after).toMatch(/Source: /);
  });

  test("a number without a button is a question like any other", async () => {
    expect(await chat(["42"])).toMatch(/\S/);
    expect(await chat(["compare", "[99]"])).not.toMatch(/undefined/);
  });

  test("goes on in one thread: a follow-up knows what was spoken of", async () => {
    expect(await chat(["what is a bind mount?", "and how do I make it read-only?"])).toMatch(/:ro\b|readonly|ro /);
  });

  test("answers piped lines one after the other, in their order", async () => {
    const lines = ["what is a volume?", "hello", "what is an image?", "compare vm container", "thanks"];
    const shown = await chat(lines);
    const at = [/Source: .*Volume/, /Hello!/, /Source: .*[Ii]mage/, /Virtual machine/, /welcome/].map((pattern) =>
      shown.search(pattern),
    );
    expect(at.every((position) => position > 0)).toBe(true);
    expect(at).toEqual([...at].sort((a, b) => a - b));
  });

  test("skips empty lines and stops at `exit`", async () => {
    const shown = await chat(["", "   ", "exit", "what is a volume?"]);
    expect(shown).not.toMatch(/Source/);
  });
});

describe("leaving", () => {
  test("waits for the answer that is running, and shows it", async () => {
    const { tutor, waiting } = slowTutor();
    const { type, end, shown, adapter } = await open({ tutor });
    type("one\ntwo\n");
    end();
    await new Promise((done) => setImmediate(done));
    let closed = false;
    void adapter.closed.then(() => {
      closed = true;
    });
    await new Promise((done) => setImmediate(done));
    expect(adapter.health()).toBe("down");
    expect([closed, waiting.length]).toEqual([false, 1]);
    waiting[0]?.go();
    await expect.poll(() => waiting.length).toBe(2);
    expect(closed).toBe(false);
    waiting[1]?.go();
    expect(await shown).toMatch(/answer 1[\s\S]*answer 2/);
    expect(closed).toBe(true);
  });

  test("by Ctrl-C in a real terminal closes cleanly", async () => {
    const { type, shown, adapter } = await open({ tty: true });
    type("\u0003");
    await adapter.closed;
    expect(await shown).toMatch(/Container Tutor/);
    expect(adapter.health()).toBe("down");
  });

  test("by stop waits for the running answer as well", async () => {
    const { tutor, waiting } = slowTutor();
    const { type, shown, adapter } = await open({ tutor });
    type("one\n");
    await expect.poll(() => waiting.length).toBe(1);
    const stopped = adapter.stop();
    waiting[0]?.go();
    await stopped;
    expect(await shown).toMatch(/answer 1/);
  });
});

describe("what is delivered unasked", () => {
  const place = { platform: "terminal", community: "local", channel: "terminal" } as const;
  const tip: Reply = { blocks: [{ kind: "note", tone: "tip", line: ["pin your tags"] }], about: about("chat") };

  test("is shown once for one key, and later where nobody is there", async () => {
    const { adapter, end, shown } = await open();
    expect(await adapter.deliver(place, tip, "k")).toEqual({ kind: "sent" });
    expect(await adapter.deliver(place, tip, "k")).toEqual({ kind: "sent" });
    end();
    expect((await shown).match(/pin your tags/g)).toHaveLength(1);
    expect(await adapter.deliver(place, tip, "k2")).toMatchObject({ kind: "later" });
  });
});

describe("how it looks", () => {
  test("is plain where the output is no terminal, where NO_COLOR asks for it and where TERM is dumb", async () => {
    const lines = ["what is a volume?"];
    expect(await chat(lines)).not.toContain(ESC);
    const coloured = await chat([...lines, "exit"], { tty: true });
    expect(coloured).toContain(`${ESC}[1m`);
    // The line editor may move the cursor; colours end in m.
    for (const environment of [{ NO_COLOR: "1" }, { TERM: "dumb" }])
      expect(await chat([...lines, "exit"], { tty: true, environment })).not.toMatch(/\u001b\[[\d;]*m/);
    expect(await chat([...lines, "exit"], { tty: true, environment: { NO_COLOR: "" } })).toMatch(/\u001b\[[\d;]*m/);
  });

  test.each([{ columns: 40 }, { environment: { COLUMNS: "40" } }])("keeps to 40 columns: %o", async (look) => {
    const shown = await chat(["what is a volume?", "compare vm container"], look);
    const answers = shown.slice(shown.indexOf("\n\n"));
    // Code is never broken and buttons stand in one row; everything else is wrapped.
    const prose = answers.split("\n").filter((row) => !row.startsWith("    ") && !/\[\d\] /.test(row));
    expect(prose.length).toBeGreaterThan(20);
    for (const row of prose.filter((each) => each.includes(" "))) expect(row.length, row).toBeLessThanOrEqual(40);
    expect(answers).toMatch(/kernel/i);
  });

  const everything: Block[] = [
    { kind: "heading", text: "Heading" },
    {
      kind: "text",
      line: ["plain ", { kind: "strong", text: "strong" }, { kind: "link", text: "site", href: "https://a.org" }],
    },
    {
      kind: "list",
      ordered: true,
      start: 3,
      items: [
        { depth: 0, line: ["three"] },
        { depth: 1, line: ["below it ", "stands a longer line"] },
        { depth: 0, line: ["four"] },
      ],
    },
    { kind: "code", language: "sh", text: "docker ps\n  -a" },
    { kind: "table", head: ["", "VM"], rows: [[["Kernel"], ["its own"]]] },
    { kind: "note", tone: "warning", line: ["careful"] },
    { kind: "figure", diagram: "x", alt: "a drawing" },
    { kind: "sources", sources: [{ title: "Volume > Lead", page: "v.md" }] },
    { kind: "buttons", buttons: [{ label: "One", call: { command: "help", args: {} } }] },
  ];

  test("says the facts of every kind of block", () => {
    const look = { width: 24, colour: false, firstButton: 1 };
    expect(renderText(everything, look)).toBe(
      [
        "Heading",
        "plain strongsite\n(https://a.org)",
        "3. three\n  - below it stands a\n    longer line\n4. four",
        "    docker ps\n      -a",
        "Kernel\n  VM: its own",
        "Warning: careful",
        "[Figure] a drawing",
        "Source: Volume > Lead",
        "[1] One",
      ].join("\n\n"),
    );
    const wide = renderText(everything, { ...look, width: 80 });
    expect(wide).toContain("        VM\nKernel  its own");
  });
});

describe("control characters", () => {
  const hostile = `${ESC}[2J${ESC}]0;owned\u0007\u009b31m\b\r\u0000\u202e\u2066`;

  test("in any block never reach the output", () => {
    const line = [hostile, { kind: "link" as const, text: hostile, href: `https://a.org/${hostile}` }];
    const blocks: Block[] = [
      { kind: "heading", text: hostile },
      { kind: "text", line },
      { kind: "note", tone: "tip", line },
      { kind: "list", ordered: false, items: [{ depth: 0, line }] },
      { kind: "code", language: "sh", text: hostile },
      { kind: "table", head: [hostile], rows: [[line]] },
      { kind: "figure", diagram: "x", alt: hostile },
      { kind: "buttons", buttons: [{ label: hostile, call: { command: "help", args: {} } }] },
      { kind: "sources", sources: [{ title: hostile, page: "x" }] },
    ];
    const controls = /(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;
    expect(renderText(blocks, { width: 60, colour: false, firstButton: 1 })).not.toMatch(controls);
    const coloured = renderText(blocks, { width: 60, colour: true, firstButton: 1 });
    expect(coloured.replace(/\u001b\[\d+m/g, "")).not.toMatch(controls);
  });

  test("in somebody's page or question never reach the output", async () => {
    const title = `# Coffee ${ESC}[31m machine`;
    const page = `${title}\n\n## Cleaning\nUse the brush ${hostile.replace("\u0000", "")} every Friday.\n`;
    const shown = await chat(["how do I clean the coffee machine?", `read ${ESC}[2Jzzz`, `compare ${hostile} coffee`], {
      tutor: tutorOver(page),
    });
    expect(shown).toMatch(/every Friday/);
    expect(shown).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
  });
});
