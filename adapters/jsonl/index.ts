/** One JSON question a line in, one JSON answer a line out: for scripts and evaluation. Constant memory. */
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { plainText, type Reply, type Turn, type Tutor } from "../../src/core/index.ts";

/** The id goes back as it came. */
type Line = { id: string | number; ask: { turn?: number; said: Turn["said"] }[] };

/** Reads a line's three forms; undefined where it is none of them. Other fields are ignored. */
export function parseLine(text: string): Line | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { id, question, request, turns } = value as Record<string, unknown>;
  if (typeof id !== "string" && typeof id !== "number") return undefined;
  if (typeof question === "string") return { id, ask: [{ said: { kind: "text", text: question } }] };
  if (typeof request === "string")
    return { id, ask: [{ said: { kind: "call", call: { command: "compare", args: { a: request } } } }] };
  if (!Array.isArray(turns)) return undefined;
  const ask = turns.flatMap((each: unknown) => {
    const { turn, question: asked } = (each ?? {}) as Record<string, unknown>;
    return typeof turn === "number" && typeof asked === "string"
      ? [{ turn, said: { kind: "text" as const, text: asked } }]
      : [];
  });
  return ask.length && ask.length === turns.length ? { id, ask } : undefined;
}

/** One answer as a line of the contract. */
export function answerLine(id: Line["id"], turn: number | undefined, { blocks, about }: Reply): object {
  const sources = blocks.flatMap((block) => (block.kind === "sources" ? block.sources : []));
  return {
    id,
    ...(turn === undefined ? {} : { turn }),
    answer: plainText(blocks),
    abstained: about.outcome === "abstained",
    confidence: Math.round(about.confidence * 1000) / 1000,
    sources,
    pages: about.pages.slice(0, 10),
    concepts: about.concepts,
  };
}

/** Resolves to the exit code: 0 unless there were lines and none could be read. */
export async function jsonl(tutor: Tutor, input: Readable, output: Writable): Promise<number> {
  let lines = 0;
  let read = 0;
  const write = async (value: object) => {
    if (!output.write(`${JSON.stringify(value)}\n`)) await new Promise((done) => output.once("drain", done));
  };
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    lines += 1;
    if (!text.trim()) continue;
    const line = parseLine(text);
    if (!line) {
      await write({ error: "not a JSON object with id and question, request or turns", line: lines });
      continue;
    }
    read += 1;
    for (const { turn, said } of line.ask) {
      // Each line is a thread of its own: its number, not its id, so that equal ids do not mix.
      const place = { platform: "jsonl" as const, community: "local", channel: "jsonl", thread: String(lines) };
      const reply = await tutor.answer(
        tutor.hear({ id: `${lines}.${turn ?? 0}`, person: { id: "jsonl" }, place, said }),
      );
      await write(answerLine(line.id, turn, reply));
    }
  }
  return lines > 0 && read === 0 ? 1 : 0;
}
