/** A tutor that says what a test of an adapter needs: every block kind, long answers, slow ones, hostile words. */
import { z } from "zod";
import { type Capability, command } from "../../src/core/capability.ts";
import type { Desk } from "../../src/core/desk.ts";
import type { Post } from "../../src/core/post.ts";
import { about, type Block, type Reply, remark } from "../../src/core/reply.ts";
import type { Store } from "../../src/core/store.ts";
import { createTutor, type Tutor } from "../../src/core/tutor.ts";
import { deskOver } from "./desk.ts";
import { keptLog, memoryStore } from "./tutor.ts";

/** One block of each kind, each with a fact that must be readable wherever it is shown. */
export const KINDS: readonly Block[] = [
  { kind: "heading", text: "Fact heading" },
  {
    kind: "text",
    line: [
      "Fact text with ",
      { kind: "strong", text: "fact strong" },
      ", ",
      { kind: "code", text: "fact --code" },
      " and ",
      { kind: "link", text: "fact link", href: "https://example.org/fact" },
      ".",
    ],
  },
  {
    kind: "list",
    ordered: true,
    start: 3,
    items: [
      { depth: 0, line: ["fact three"] },
      { depth: 1, line: ["fact below"] },
      { depth: 0, line: ["fact four"] },
    ],
  },
  { kind: "code", language: "dockerfile", text: "FROM fact:1\nRUN echo `fact` *bold* <b>" },
  {
    kind: "table",
    head: ["", "Fact A", "Fact B"],
    rows: [
      [["Fact aspect"], ["fact cell ", { kind: "code", text: "one" }], ["fact cell two"]],
      [["Fact size"], ["fact cell 3 < 4"], ["fact cell | bar"]],
    ],
  },
  { kind: "note", tone: "warning", line: ["fact warning"] },
  { kind: "note", tone: "tip", line: ["fact tip"] },
  { kind: "figure", diagram: "fact", alt: "fact figure: a box above a box" },
  { kind: "buttons", buttons: [{ label: "Fact button", call: { command: "echo", args: { words: "pressed" } } }] },
  { kind: "sources", sources: [{ title: "Fact page > Fact source", href: "https://example.org/s", page: "f.md" }] },
];

/** What each kind must still say on any platform. */
export const FACTS: readonly string[] = [
  "Fact heading",
  "fact strong",
  "fact --code",
  "fact link",
  "fact three",
  "fact below",
  "fact four",
  "FROM fact:1",
  "RUN echo `fact` *bold* <b>",
  "Fact A",
  "Fact B",
  "Fact aspect",
  "fact cell two",
  "3 < 4",
  "fact warning",
  "fact tip",
  "fact figure: a box above a box",
  "Fact page > Fact source",
];

/** Words that would ring everybody's phone if they left as they are. */
export const HOSTILE =
  "@everyone @here <!channel> <!here> <!everyone> <!subteam^S1|all> <@U0BOSS> <@123456789012345678> <@&987654321098765432> <#C1|general>";

export const LONG_WORDS = 2000;
/** Ten thousand characters and more: numbered words, then numbered lines of code. */
export const LONG: readonly Block[] = [
  { kind: "heading", text: "Long" },
  ...Array.from(
    { length: 20 },
    (_, p): Block => ({
      kind: "text",
      line: [Array.from({ length: LONG_WORDS / 20 }, (_, w) => `w${p * (LONG_WORDS / 20) + w}`).join(" ")],
    }),
  ),
  { kind: "code", language: "sh", text: Array.from({ length: 300 }, (_, i) => `echo line${i} done`).join("\n") },
];

const reply = (blocks: readonly Block[]): Reply => ({ blocks, about: about("chat") });

export interface Scripted {
  readonly tutor: Tutor;
  readonly store: Store;
  readonly log: ReturnType<typeof keptLog>;
  /** A desk whose late answers are posted through `post`. */
  desk(post: Post): Desk;
  /** The command `slow` waits until this is called. */
  open(): void;
  /** How many commands are being answered right now, or were. */
  readonly begun: () => number;
  /** A restart: the same store, a new process. */
  restarted(): Scripted;
}

const words = z.object({ words: z.string().describe("What to say") });
const PNG = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
  (c) => c.charCodeAt(0),
);

/** Commands: `echo`, `ask` (falls to echo), `secret` (asker, with a form), `menu`, `kinds`, `long`, `slow`, `hostile`. */
export async function scripted(kept?: Store): Promise<Scripted> {
  const store = kept ?? (await memoryStore(Date.now));
  return over(store);
}

function over(store: Store): Scripted {
  let gate = Promise.withResolvers<void>();
  let begun = 0;
  const log = keptLog();
  const say = (text: string) => {
    begun += 1;
    return remark([text]);
  };
  const script: Capability = {
    name: "script",
    examples: [],
    commands: [
      command({ name: "echo", summary: "Say it back", args: words, run: async ({ words }) => say(`Echo: ${words}.`) }),
      command({
        name: "ask",
        summary: "Answer a question",
        args: z.object({ question: z.string().describe("Your question") }),
        form: {
          title: "Ask the tutor",
          fields: [{ arg: "question", label: "Your question", kind: "text", required: true }],
        },
        run: async ({ question }) => say(`Asked: ${question}.`),
      }),
      command({
        name: "secret",
        summary: "For one",
        args: z.object({ word: z.string().describe("A word"), tone: z.string().describe("How").optional() }),
        audience: "asker",
        form: {
          title: "Which word?",
          fields: [
            { arg: "word", label: "Word", kind: "line", required: true },
            { arg: "tone", label: "Tone", kind: "choice", choices: ["soft", "loud"], required: false },
          ],
        },
        run: async ({ word, tone }) => say(`Between us: ${word}${tone ? ` (${tone})` : ""}.`),
      }),
      command({
        name: "menu",
        summary: "Buttons",
        args: z.object({}),
        run: async () =>
          remark(
            ["Menu."],
            [
              { label: "Say more", call: { command: "echo", args: { words: "more" } } },
              { label: "Tell me", call: { command: "secret", args: {} } },
            ],
          ),
      }),
      command({ name: "kinds", summary: "All kinds", args: z.object({}), run: async () => reply(KINDS) }),
      command({ name: "long", summary: "Long", args: z.object({}), run: async () => reply(LONG) }),
      command({
        name: "longest",
        summary: "Three times as long",
        args: z.object({}),
        run: async () => reply([...LONG, ...LONG, ...LONG, { kind: "text", line: ["the end"] }]),
      }),
      command({
        name: "hostile",
        summary: "Pings",
        args: z.object({}),
        run: async () =>
          reply([
            { kind: "heading", text: HOSTILE },
            { kind: "text", line: [HOSTILE, " ", { kind: "strong", text: HOSTILE }, " after"] },
            { kind: "list", ordered: false, items: [{ depth: 0, line: [HOSTILE] }] },
            { kind: "note", tone: "tip", line: [{ kind: "code", text: HOSTILE }] },
            { kind: "code", language: "", text: HOSTILE },
            { kind: "table", head: ["", HOSTILE, "b"], rows: [[["c"], [HOSTILE], ["d"]]] },
            { kind: "sources", sources: [{ title: HOSTILE, page: "x.md" }] },
          ]),
      }),
      command({
        name: "slow",
        summary: "Waits",
        args: z.object({}),
        run: async () => {
          begun += 1;
          await gate.promise;
          gate = Promise.withResolvers<void>();
          return remark(["Slow answer."]);
        },
      }),
    ],
    hear(text) {
      const [, name = "", rest = ""] = /^([a-z]+)\s*(.*)$/s.exec(text.trim()) ?? [];
      const found = script.commands.find((each) => each.name === name);
      return found
        ? { command: name, args: found.parse(rest) }
        : { command: "ask", args: text.trim() ? { question: text.trim() } : {} };
    },
  };
  const tutor = createTutor({
    capabilities: [script],
    conversations: store.conversations,
    log,
    diagram: async () => ({ svg: "<svg/>", png: PNG, alt: "fact figure: a box above a box" }),
  });
  return {
    tutor,
    store,
    log,
    desk: (post) => deskOver({ tutor, store, log }, post),
    open: () => gate.resolve(),
    begun: () => begun,
    restarted: () => over(store),
  };
}
