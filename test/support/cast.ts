/** People who talk to the real tutor over a real store: members, a moderator, other places, and a clock. */
import { onTestFinished } from "vitest";
import type { Reply } from "../../src/core/reply.ts";
import type { Store } from "../../src/core/store.ts";
import type { Call, Person, Place } from "../../src/core/turn.ts";
import type { Tutor } from "../../src/core/tutor.ts";
import type { Library } from "../../src/library/library.ts";
import { memoryStore, tutor as realTutor, textOf } from "./tutor.ts";

/** A Tuesday, before work. */
const START = Date.UTC(2026, 10, 24, 8, 0);

export const MEMBER: Person = { id: "ann" };
export const MODERATOR: Person = { id: "mod", moderator: true, zone: "Europe/London" };

export const CHANNEL: Place = { platform: "test", community: "c", channel: "general", thread: "t1" };

export interface Said {
  readonly text: string;
  readonly reply: Reply;
  readonly audience: "everyone" | "asker";
  /** Labels of all buttons, in order. */
  readonly buttons: readonly string[];
}

export interface Cast {
  readonly store: Store;
  readonly tutor: Tutor;
  /** Says it and gets the answer; a call is a button pressed. */
  say(who: Person, what: string | Call, place?: Place): Promise<Said>;
  /** Presses the button of that label under the last answer of anybody. */
  press(who: Person, label: string, place?: Place): Promise<Said>;
  /** The form that a button or a line would open. */
  form(who: Person, what: string | Call): readonly string[] | undefined;
  go(ms: number): void;
  readonly now: () => number;
  /** A restart: the same store, a new process. */
  restart(): void;
}

export async function cast({
  library,
  admins = [],
  start = START,
}: {
  readonly library?: () => Library;
  readonly admins?: readonly string[];
  readonly start?: number;
} = {}): Promise<Cast> {
  let now = start;
  const clock = () => now;
  const store = await memoryStore(clock);
  onTestFinished(() => store.close());
  const open = () => realTutor({ store, clock, admins, ...(library ? { library } : {}) });
  let tutor = open();
  let last: Reply | undefined;
  let turns = 0;
  const plan = (who: Person, what: string | Call, place: Place) => {
    turns += 1;
    const said =
      typeof what === "string" ? ({ kind: "text", text: what } as const) : ({ kind: "call", call: what } as const);
    return tutor.hear({ id: `turn-${turns}`, person: who, place, said });
  };
  const say: Cast["say"] = async (who, what, place = CHANNEL) => {
    const { audience, ...rest } = plan(who, what, place);
    const reply = await tutor.answer({ audience, ...rest });
    last = reply;
    const buttons = reply.blocks.flatMap((block) =>
      block.kind === "buttons" ? block.buttons.map(({ label }) => label) : [],
    );
    return { text: textOf(reply), reply, audience, buttons };
  };
  return {
    store,
    get tutor() {
      return tutor;
    },
    say,
    press(who, label, place = CHANNEL) {
      const found = last?.blocks
        .flatMap((block) => (block.kind === "buttons" ? block.buttons : []))
        .find((button) => button.label === label);
      if (!found) throw new Error(`There is no button "${label}".`);
      return say(who, found.call, place);
    },
    form: (who, what) => plan(who, what, CHANNEL).form?.fields.map(({ arg }) => arg),
    go(ms) {
      now += ms;
    },
    now: clock,
    restart() {
      tutor = open();
    },
  };
}
