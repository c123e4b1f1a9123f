/** Metrics from code: what is counted while a turn is answered, and the table that operators read. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Desk } from "../../src/core/desk.ts";
import { COUNTERS, TIMERS } from "../../src/core/metrics.ts";
import { about } from "../../src/core/reply.ts";
import { countedDesk, countedLog, countedPost, countedTutor } from "../../src/ops/counted.ts";
import { createMetrics, GAUGES } from "../../src/ops/metrics.ts";
import { keptLog, turn, tutor } from "../support/tutor.ts";

const read = (text: string, line: string) =>
  text
    .split("\n")
    .find((each) => each.startsWith(line))
    ?.split(" ")
    .at(-1);

describe("a turn", () => {
  test("is counted by what became of it, timed, and its texts and ids are nowhere", async () => {
    const metrics = createMetrics();
    let now = 0;
    const seconds = () => (now += 0.02);
    const subject = countedTutor(tutor(), metrics, seconds);
    const desk = {
      async receive(said, caller) {
        const plan = subject.hear(said);
        await caller.acknowledge(plan);
        await caller.post(await subject.answer(plan), plan, "key");
        return "answered";
      },
    } as Desk;
    const counted = countedDesk(desk, metrics, seconds);
    const asked = turn("what is a volume?");
    await counted.receive(asked, { acknowledge: async () => "answer", post: async () => ({ kind: "sent" }) });
    await subject.answer({ ...subject.hear(asked), call: { command: "made-up", args: {} } });
    const text = await metrics.text();
    expect(read(text, 'tutor_turns_total{platform="test",outcome="answered"}')).toBe("1");
    expect(read(text, 'tutor_posts_total{platform="test",outcome="sent"}')).toBe("1");
    expect(read(text, 'tutor_answers_total{command="ask",outcome="answered"}')).toBe("1");
    expect(read(text, 'tutor_answers_total{command="unknown",outcome="abstained"}')).toBe("1");
    expect(read(text, 'tutor_answer_seconds_count{command="ask"}')).toBe("1");
    expect(read(text, 'tutor_acknowledge_seconds_bucket{le="0.025",platform="test"}')).toBe("1");
    expect(text).not.toMatch(/volume|made-up|learner|general/);
  });

  test("that fails is counted, and its fault goes on", async () => {
    const metrics = createMetrics();
    const failing = { receive: () => Promise.reject(new Error("no")) } as unknown as Desk;
    const caller = { acknowledge: async () => "answer" as const, post: async () => ({ kind: "sent" as const }) };
    await expect(countedDesk(failing, metrics, () => 0).receive(turn("x"), caller)).rejects.toThrow("no");
    expect(read(await metrics.text(), 'tutor_turns_total{platform="test",outcome="failed"}')).toBe("1");
  });
});

test("posts and log lines are counted beside what they do", async () => {
  const metrics = createMetrics();
  const kept = keptLog();
  const log = countedLog(kept, metrics);
  log.info({}, "a");
  log.warn({}, "b");
  log.error({}, "c");
  log.error({}, "d");
  expect(kept.lines.map(({ message }) => message)).toEqual(["a", "b", "c", "d"]);
  const post = countedPost(async () => ({ kind: "gone", reason: "left" }), metrics);
  await post({ platform: "test", community: "c", channel: "x" }, { blocks: [], about: about("chat") }, "k");
  const text = await metrics.text();
  expect(read(text, 'tutor_log_lines_total{level="error"}')).toBe("2");
  expect(read(text, 'tutor_log_lines_total{level="warn"}')).toBe("1");
  expect(read(text, 'tutor_posts_total{platform="test",outcome="gone"}')).toBe("1");
});

test("gauges are read when they are asked for", async () => {
  const metrics = createMetrics();
  let up = true;
  metrics.watch({ ready: async () => true, platforms: () => [{ platform: "slack", up }], pages: () => 350 });
  expect(await metrics.text()).toMatch(/^tutor_ready 1\n[\s\S]*^tutor_pages 350$/m);
  up = false;
  expect(read(await metrics.text(), 'tutor_platform_up{platform="slack"}')).toBe("0");
});

test("docs/operations.md lists exactly the metrics there are", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/operations.md"), "utf8");
  const rows = Object.entries({ ...COUNTERS, ...TIMERS }).map(
    ([name, { help, labels }]) => `| \`${name}\` | ${help} | ${labels.map((each) => `\`${each}\``).join(", ")} |`,
  );
  const gauges = Object.entries(GAUGES).map(
    ([name, help]) => `| \`${name}\` | ${help} | ${name === "tutor_platform_up" ? "`platform`" : ""} |`,
  );
  const table = page.split("\n").filter((line) => line.startsWith("| `tutor_"));
  expect(table).toEqual([...rows, ...gauges]);
});
