/**
 * What every chat adapter keeps, whatever the platform: one reply a turn, chatter left alone, a click is a typed call,
 * nothing lost, nothing twice, nobody pinged. A platform brings a stage: its real SDK against its loopback server.
 */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Delivered } from "../../src/core/post.ts";
import { type Reply, remark } from "../../src/core/reply.ts";
import { FACTS, HOSTILE, LONG_WORDS, type Scripted, scripted } from "../support/scripted.ts";

/** One message, as people have it before their eyes. */
export interface Shown {
  /** All that can be read in it: text, table cells, alternative texts, sources; no markup of the platform. */
  readonly text: string;
  readonly buttons: readonly string[];
  readonly audience: "everyone" | "asker";
}

/** A platform with one person on it who talks to the tutor; every call returns when the platform has sent the event. */
export interface Stage {
  /** A direct message to the tutor. */
  say(text: string): Promise<void>;
  /** The tutor is mentioned in a shared channel. */
  mention(text: string): Promise<void>;
  /** Said in a shared channel, to nobody. */
  chatter(text: string): Promise<void>;
  /** Things that are no question to the tutor: edits, deletes, joins, its own and other bots' messages. */
  noise(): Promise<void>;
  /** The last mention or direct message comes again, as the platform redelivers it. */
  redeliver(): Promise<void>;
  /** The platform's own form of a command: `/docker echo hello`, or `/echo words:hello`. */
  command(name: string, args: Readonly<Record<string, string>>): Promise<void>;
  /** Presses the button of that label under the newest message that has one. */
  click(label: string): Promise<void>;
  /** Labels of the fields of the form that is open. */
  form(): readonly string[] | undefined;
  /** Fills in the open form, by label. */
  submit(values: Readonly<Record<string, string>>): Promise<void>;
  /** Everything that was posted, in order; an edited message counts as it is now. */
  posted(): readonly Shown[];
  /** "acknowledged" and "posted", in the order in which the platform saw them. */
  events(): readonly ("acknowledged" | "posted")[];
  /** Who would have been pinged by anything posted. */
  pinged(): readonly string[];
  /** The next post arrives and its response never leaves the server. */
  dropReply(): void;
  /** Posts unasked in the shared channel. */
  deliver(reply: Reply, key: string, again?: boolean): Promise<Delivered>;
  /** Asks the adapter, then the desk, to stop; resolves when both have. */
  stop(): Promise<void>;
  /** Closes whatever is still open, also after `stop`. */
  close(): Promise<void>;
}

/** Not an assertion about time: only how long a test waits before it fails. */
const PATIENCE_MS = 15_000;

export async function until(holds: () => boolean, what: string): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`Still waiting for ${what}.`);
    await new Promise((done) => setTimeout(done, 5));
  }
}

export function chatAdapterContract(platform: string, open: (script: Scripted) => Promise<Stage>): void {
  describe(`${platform} keeps the contract of chat adapters`, () => {
    let script: Scripted;
    let stage: Stage;
    beforeEach(async () => {
      script = await scripted();
      stage = await open(script);
    });
    afterEach(async () => {
      script.open();
      await stage.close();
      await script.store.close();
    });

    const texts = () => stage.posted().map(({ text }) => text);
    const all = () => texts().join("\n");
    const shows = (words: string) => until(() => all().includes(words), `"${words}"`);
    const count = (words: string) => texts().filter((text) => text.includes(words)).length;
    /** Everything sent before is dealt with once this is answered: events are handled in order. */
    const settled = async (name: string) => {
      await stage.say(`echo ${name}`);
      await shows(`Echo: ${name}.`);
    };

    test("one reply a turn, in direct messages and to mentions", async () => {
      await stage.say("echo one");
      await shows("Echo: one.");
      await stage.mention("echo two");
      await shows("Echo: two.");
      await settled("end");
      expect(stage.posted()).toHaveLength(3);
    });

    test("chatter, edits, deletes and bots get no answer", async () => {
      await stage.chatter("echo nothing");
      await stage.noise();
      await settled("end");
      expect(stage.posted()).toHaveLength(1);
      expect(script.begun()).toBe(1);
    });

    test("a redelivered event is answered once", async () => {
      await stage.mention("echo once");
      await shows("Echo: once.");
      await stage.redeliver();
      await settled("end");
      expect(count("Echo: once.")).toBe(1);
    });

    test("a command answers", async () => {
      await stage.command("echo", { words: "hello there" });
      await shows("Echo: hello there.");
      await settled("end");
      expect(count("hello there")).toBe(1);
    });

    test("what is for the asker alone is seen by the asker alone", async () => {
      await stage.command("secret", { word: "hush" });
      await shows("Between us: hush.");
      expect(stage.posted().find(({ text }) => text.includes("hush"))?.audience).toBe("asker");
    });

    test("a click is the call a person could have typed", async () => {
      await stage.mention("menu");
      await shows("Menu.");
      await stage.click("Say more");
      await shows("Echo: more.");
      await stage.mention("echo more");
      await until(() => count("Echo: more.") === 2, "the typed answer");
    });

    test("a form asks first, then it is answered", async () => {
      await stage.mention("menu");
      await shows("Menu.");
      await stage.click("Tell me");
      await until(() => stage.form() !== undefined, "the form");
      expect(stage.form()).toEqual(["Word", "Tone"]);
      await stage.submit({ Word: "hush", Tone: "soft" });
      await shows("Between us: hush (soft).");
      expect(count("Between us")).toBe(1);
    });

    test("each kind of block says its facts", async () => {
      await stage.mention("kinds");
      await shows("fact tip");
      await settled("end");
      const shown = all();
      expect(FACTS.filter((fact) => !shown.includes(fact))).toEqual([]);
      expect(stage.posted().flatMap(({ buttons }) => buttons)).toContain("Fact button");
    });

    test("ten thousand characters arrive whole and in order", async () => {
      await stage.mention("long");
      await shows("line299 done");
      const shown = all();
      expect([...shown.matchAll(/\bw(\d+)\b/g)].map((each) => Number(each[1]))).toEqual(
        Array.from({ length: LONG_WORDS }, (_, i) => i),
      );
      expect([...shown.matchAll(/\bline(\d+) done/g)].map((each) => Number(each[1]))).toEqual(
        Array.from({ length: 300 }, (_, i) => i),
      );
    });

    test("a tutor that takes its time is acknowledged first", async () => {
      await stage.command("slow", {});
      await until(() => stage.events().includes("acknowledged") && script.begun() > 0, "the acknowledgement");
      expect(stage.events()).not.toContain("posted");
      script.open();
      await shows("Slow answer.");
      expect(stage.events().slice(0, 2)).toEqual(["acknowledged", "posted"]);
    });

    test("the same key is posted once", async () => {
      expect(await stage.deliver(remark(["A tip."]), "key-1")).toEqual({ kind: "sent" });
      expect(await stage.deliver(remark(["A tip."]), "key-1", true)).toEqual({ kind: "sent" });
      expect(count("A tip.")).toBe(1);
    });

    test("a lost response is admitted, or found out about, and never posted again", async () => {
      stage.dropReply();
      expect((await stage.deliver(remark(["A tip."]), "key-2")).kind).toMatch(/^(?:unsure|sent)$/);
      expect((await stage.deliver(remark(["A tip."]), "key-2", true)).kind).toMatch(/^(?:unsure|sent)$/);
      expect(count("A tip.")).toBe(1);
      expect(await stage.deliver(remark(["Another."]), "key-3")).toEqual({ kind: "sent" });
    });

    test("nobody is pinged, and the words stay readable", async () => {
      await stage.mention("hostile");
      await shows("after");
      await stage.mention(`echo ${HOSTILE} end`);
      await shows(" end.");
      expect(stage.pinged()).toEqual([]);
      expect(all()).toContain("everyone");
    });

    test("stop waits for running answers", async () => {
      await stage.mention("slow");
      await until(() => script.begun() > 0, "the answer to begin");
      let stopped = false;
      const stopping = stage.stop().then(() => {
        stopped = true;
      });
      await new Promise((done) => setImmediate(done));
      expect(stopped).toBe(false);
      script.open();
      await stopping;
      expect(count("Slow answer.")).toBe(1);
    });
  });
}
