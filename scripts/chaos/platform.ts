/** A chat platform in the experiment's own process, which outlives all workers: what stands there, and how often. */
import type { Delivered, Post } from "../../src/core/post.ts";
import { plainText } from "../../src/core/reply.ts";
import type { Said } from "./crew.ts";
import type { Line } from "./line.ts";
import { pause } from "./time.ts";

/**
 * How a platform helps against duplicates: it refuses a key it has (Discord's nonce), it can be asked what stands there
 * (Slack's history), or neither.
 */
export type Memory = "nonce" | "history" | "none";

const SLOWEST_MS = 60;
const REPLIES_LOST = 0.02;

/** `seen` hears of each post that people see. */
export function createPlatform(memory: Memory, random: () => number, seen: (said: Said) => void = () => {}) {
  const standing = new Map<string, number>();

  async function hear(said: Said): Promise<object> {
    const { what } = said;
    const name = String(said.key);
    await pause(random() * SLOWEST_MS);
    if (what === "look") return { stands: standing.has(name) };
    if (memory !== "nonce" || !standing.has(name)) {
      standing.set(name, (standing.get(name) ?? 0) + 1);
      seen(said);
    }
    await pause(random() * SLOWEST_MS);
    return { lost: random() < REPLIES_LOST };
  }

  return {
    memory,
    /** Key -> how often it was posted. */
    standing: standing as ReadonlyMap<string, number>,
    hear,
    twice: () => [...standing.values()].filter((times) => times > 1).length,
  };
}

/** The platform's client in a worker. */
export const postOver =
  (line: Line<unknown>, memory: Memory): Post =>
  async ({ thread }, reply, key, how): Promise<Delivered> => {
    if (how?.again && memory === "none") return { kind: "unsure" };
    if (how?.again && memory === "history" && (await line.ask({ what: "look", key })).stands) return { kind: "sent" };
    const { lost } = await line.ask({ what: "post", key, thread, text: plainText(reply.blocks) });
    return { kind: lost ? "unsure" : "sent" };
  };
