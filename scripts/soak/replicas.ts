/**
 * Two replicas on one PostgreSQL, one of them killed and replaced while questions come. The platform is this process: it
 * brings an event again until somebody acknowledged it, and keeps what was posted by key.
 */
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startPostgres } from "../../test/support/postgres.ts";
import { writeEvidence } from "./evidence.ts";

/** As Slack does, only sooner. */
const AGAIN_MS = 3000;
/** The lease of a turn whose process died, and the next look. */
const RECOVERY_MS = 90_000;
const KILL_EVERY_S = 10;

type Message =
  | { readonly kind: "up" }
  | { readonly kind: "acknowledged"; readonly n: number }
  | { readonly kind: "post"; readonly ask: number; readonly key: string; readonly again: boolean };

export async function replicas(seconds: number, rate: number): Promise<boolean> {
  const server = await startPostgres();
  /** By key: the same turn has the same key in every process and at every attempt. */
  const posts = new Map<string, number>();
  const acknowledged = new Set<number>();
  const up: ChildProcess[] = [];
  let again = 0;
  let kills = 0;

  async function start(): Promise<void> {
    const child = fork(join(import.meta.dirname, "replica.ts"), [server.url]);
    const ready = Promise.withResolvers<void>();
    child.on("message", (message: Message) => {
      if (message.kind === "up") ready.resolve();
      else if (message.kind === "acknowledged") acknowledged.add(message.n);
      else {
        // Asked to look first, it finds what stands there.
        if (!(message.again && posts.has(message.key))) posts.set(message.key, (posts.get(message.key) ?? 0) + 1);
        if (child.connected) child.send({ kind: "posted", ask: message.ask });
      }
    });
    child.on("error", () => {});
    await ready.promise;
    up.push(child);
  }

  const send = (n: number): void => {
    const child = up[n % up.length];
    if (child?.connected) child.send({ kind: "event", n }, () => {});
    setTimeout(() => {
      if (acknowledged.has(n)) return;
      again += 1;
      send(n);
    }, AGAIN_MS);
  };

  await start();
  await start();
  const all = seconds * rate;
  for (let n = 0; n < all; n += 1) {
    send(n);
    if (n % (KILL_EVERY_S * rate) === Math.floor((KILL_EVERY_S * rate) / 2)) {
      up.shift()?.kill("SIGKILL");
      kills += 1;
      void start();
    }
    await pause(1000 / rate);
  }
  const until = performance.now() + RECOVERY_MS;
  while (posts.size < all && performance.now() < until) await pause(200);
  for (const child of up) child.kill("SIGKILL");
  await server.stop();
  const twice = [...posts.values()].filter((times) => times > 1).length;
  writeEvidence(
    "replicas",
    "Two replicas, one killed and replaced",
    `${rate} questions a second for ${seconds} seconds on two processes and one PostgreSQL 18; every ${KILL_EVERY_S} seconds one is killed (SIGKILL) and replaced; an event that nobody acknowledged comes again after ${AGAIN_MS / 1000} seconds.`,
    [
      ["questions", String(all), ""],
      ["processes killed", String(kills), ""],
      ["events brought again", String(again), ""],
      ["answers lost", String(all - posts.size), "0"],
      ["answers posted twice", String(twice), "0"],
    ],
  );
  return posts.size === all && twice === 0;
}
