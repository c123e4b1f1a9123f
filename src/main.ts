/** The composition root: config -> parts -> start -> stop. Sees everything, decides nothing. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { jsonl } from "../adapters/jsonl/index.ts";
import { terminal } from "../adapters/terminal/index.ts";
import { capabilities } from "./capabilities/index.ts";
import { type Config, readConfig } from "./config.ts";
import { createConversations } from "./core/conversations.ts";
import { TutorError } from "./core/errors.ts";
import { plainText } from "./core/reply.ts";
import { createTutor, type Tutor } from "./core/tutor.ts";
import { type OpenLibrary, openLibrary } from "./library/open.ts";
import { createLog } from "./ops/log.ts";

const KNOWLEDGE = join(import.meta.dirname, "../knowledge");
/** sysexits.h EX_CONFIG: a supervisor sees that restarting will not help. */
const EX_CONFIG = 78;
const LOOK_EVERY_MS = 5000;

type Mode = "start" | "chat" | "ask";

function build(config: Config, mode: Mode): { tutor: Tutor; library: OpenLibrary } {
  const log = createLog(config.LOG_LEVEL ?? (mode === "start" && !process.stdin.isTTY ? "info" : "warn"));
  const library = openLibrary(
    {
      ...(config.KNOWLEDGE_BUILTIN === "on" ? { builtin: KNOWLEDGE } : {}),
      own: config.KNOWLEDGE_DIR,
      ...(config.KNOWLEDGE_URL ? { baseUrl: config.KNOWLEDGE_URL } : {}),
      cacheDir: join(config.DATA_DIR, "cache"),
    },
    log,
  );
  const conversations = createConversations();
  const tutor = createTutor({
    capabilities: capabilities({ library: library.current, conversations }),
    conversations,
    log,
    diagram: async (id) => drawing(id),
  });
  return { tutor, library };
}

/** One of our own drawings; the alternative text is the drawing's own description. */
function drawing(id: string) {
  if (!/^[a-z0-9-]+$/.test(id)) return undefined;
  try {
    const svg = readFileSync(join(KNOWLEDGE, "diagrams", `${id}.svg`), "utf8");
    return {
      svg,
      png: readFileSync(join(KNOWLEDGE, "diagrams", `${id}.png`)),
      alt: /<desc[^>]*>([^<]*)/.exec(svg)?.[1]?.trim() ?? id,
    };
  } catch {
    return undefined;
  }
}

/** Runs until the work is done or a signal asks to stop; resolves to the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const [first = "start", ...rest] = args;
  if (first !== "start" && first !== "chat" && first !== "ask")
    throw new TutorError("config", `There is no "${first}" to run.`, { hint: "Use start, chat or ask." });
  const mode: Mode = first;
  const { tutor, library } = build(readConfig(process.env), mode);
  if (mode === "ask") return ask(tutor, rest);
  const unwatch = library.watch(LOOK_EVERY_MS);
  try {
    return mode === "chat" || process.stdin.isTTY ? await chat(tutor) : await wait();
  } finally {
    unwatch();
  }
}

async function ask(tutor: Tutor, rest: readonly string[]): Promise<number> {
  if (rest.includes("--jsonl")) return jsonl(tutor, process.stdin, process.stdout);
  const text = rest.join(" ");
  if (!text.trim())
    throw new TutorError("config", "`ask` got no question.", { hint: 'Try: npm run ask -- "vm vs container"' });
  const reply = await tutor.answer(
    tutor.hear({
      id: "ask",
      person: { id: "you" },
      place: { platform: "terminal", community: "local", channel: "ask" },
      said: { kind: "text", text },
    }),
  );
  process.stdout.write(`${plainText(reply.blocks)}\n`);
  return 0;
}

async function chat(tutor: Tutor): Promise<number> {
  const adapter = terminal({ input: process.stdin, output: process.stdout, environment: process.env });
  await adapter.start(tutor);
  await adapter.closed;
  return 0;
}

/** No token and no terminal: says what it waits for, and stays until it is asked to stop. */
async function wait(): Promise<number> {
  // Who reads the line may answer it with a signal at once: listen first.
  const asked = new Promise<void>((done) => {
    process.once("SIGTERM", done);
    process.once("SIGINT", done);
  });
  const alive = setInterval(() => {}, 60_000);
  process.stdout.write(
    "Container Tutor is up; no chat platform is configured and there is no terminal, so it waits for SIGTERM.\n",
  );
  await asked;
  clearInterval(alive);
  return 0;
}

/** Says what is wrong in one sentence; the exit code tells a supervisor whether trying again can help. */
export function explain(error: unknown): number {
  if (error instanceof TutorError && (error.fault === "config" || error.fault === "knowledge")) {
    process.stderr.write(`${error.sentence}\n`);
    return EX_CONFIG;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
}
