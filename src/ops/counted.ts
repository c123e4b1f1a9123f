/** The parts of the tutor with a counter beside them; none of them knows that it is counted. */
import type { Desk } from "../core/desk.ts";
import type { Log, Metrics } from "../core/ports.ts";
import type { Post } from "../core/post.ts";
import type { Tutor } from "../core/tutor.ts";

/** Seconds from some start that does not jump. */
export type Stopwatch = () => number;

export function countedTutor(tutor: Tutor, metrics: Metrics, seconds: Stopwatch): Tutor {
  const known = new Set(tutor.commands.map(({ name }) => name));
  return {
    ...tutor,
    async answer(plan) {
      const from = seconds();
      const reply = await tutor.answer(plan);
      // A button may name what no longer exists, or what somebody made up.
      const command = known.has(plan.call.command) ? plan.call.command : "unknown";
      metrics.time("tutor_answer_seconds", { command }, seconds() - from);
      metrics.count("tutor_answers_total", { command, outcome: reply.about.outcome });
      return reply;
    },
  };
}

export function countedDesk(desk: Desk, metrics: Metrics, seconds: Stopwatch): Desk {
  return {
    ...desk,
    async receive(turn, caller) {
      const from = seconds();
      const { platform } = turn.place;
      const count = (outcome: string) => metrics.count("tutor_turns_total", { platform, outcome });
      try {
        const outcome = await desk.receive(turn, {
          async acknowledge(plan) {
            const next = await caller.acknowledge(plan);
            metrics.time("tutor_acknowledge_seconds", { platform }, seconds() - from);
            return next;
          },
          async post(reply, plan, key) {
            const delivered = await caller.post(reply, plan, key);
            metrics.count("tutor_posts_total", { platform, outcome: delivered.kind });
            return delivered;
          },
        });
        count(outcome);
        return outcome;
      } catch (error) {
        count("failed");
        throw error;
      }
    },
  };
}

export const countedPost =
  (post: Post, metrics: Metrics): Post =>
  async (place, reply, key, how) => {
    const delivered = await post(place, reply, key, how);
    metrics.count("tutor_posts_total", { platform: place.platform, outcome: delivered.kind });
    return delivered;
  };

export function countedLog(log: Log, metrics: Metrics): Log {
  return {
    info: (fields, message) => log.info(fields, message),
    warn(fields, message) {
      metrics.count("tutor_log_lines_total", { level: "warn" });
      log.warn(fields, message);
    },
    error(fields, message) {
      metrics.count("tutor_log_lines_total", { level: "error" });
      log.error(fields, message);
    },
  };
}
