/** A process that answers turns until it is killed: a real desk over a real tutor, the platform at the other end. */
import { quiz } from "../../src/capabilities/quiz.ts";
import { createDesk } from "../../src/core/desk.ts";
import type { Turn } from "../../src/core/turn.ts";
import { createTutor } from "../../src/core/tutor.ts";
import { openLibrary } from "../../src/library/open.ts";
import { openStore } from "../../src/store/open.ts";
import { sayBack } from "../../test/support/echo.ts";
import type { Database } from "./database.ts";
import { openLine } from "./line.ts";
import { type Memory, postOver } from "./platform.ts";
import { clockOf, type Pace, pause } from "./time.ts";

export interface DeskData {
  readonly options: Database["options"];
  readonly pace: Pace;
  readonly memory: Memory;
  readonly subject: "quiz" | "echo";
  /** The pages that a quiz asks about, and where their index is kept. */
  readonly builtin: string;
  readonly cacheDir: string;
}

const echo = { name: "ask", examples: [], commands: [sayBack] };

const line = openLine<DeskData>();
const { options, pace, memory, subject, builtin, cacheDir } = line.data;
const clock = clockOf(pace);
const log = { info: () => {}, warn: () => {}, error: () => {} };
const store = await openStore({ ...options, clock }, log);
const tutor = createTutor({
  capabilities: [subject === "echo" ? echo : quiz({ ...store, library: pages(), clock })],
  conversations: store.conversations,
  log,
  diagram: async () => undefined,
});
const post = postOver(line, memory);
const desk = createDesk({
  ...store,
  tutor,
  limits: { person: [], channel: [], community: [] },
  post,
  clock,
  log,
});
line.hear(({ turn }) => {
  // Only the experiment sends, and only turns.
  const heard = turn as Turn;
  void desk.receive(heard, {
    async acknowledge() {
      line.tell({ what: "acknowledged", of: heard.id });
      return "answer";
    },
    post: (reply, _plan, key) => post(heard.place, reply, key),
  });
});
line.tell({ what: "ready" });
for (;;) {
  // As in the service: a database that is away for a moment ends nothing.
  await desk.recover().catch(() => undefined);
  await pause(50);
}

function pages() {
  return openLibrary({ builtin, own: [], cacheDir }, log).current;
}
