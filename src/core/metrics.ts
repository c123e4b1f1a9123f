/** What is counted and timed: named once, here. docs/operations.md's table and `/metrics` are made from these lists. */

const metric = <const L extends string>(help: string, ...labels: readonly L[]) => ({ help, labels });

export const COUNTERS = {
  tutor_turns_total: metric("Turns that came in, by what became of them", "platform", "outcome"),
  tutor_answers_total: metric("Answers, by the command that gave them and what they were", "command", "outcome"),
  tutor_posts_total: metric("Messages posted, by what the platform said", "platform", "outcome"),
  tutor_deliveries_total: metric("Tips and digests that were due, by what became of them", "outcome"),
  tutor_unknown_workspaces_total: metric("Slack events of workspaces that have not installed the app"),
  tutor_log_lines_total: metric("Warnings and errors in the log", "level"),
} as const;

export const TIMERS = {
  tutor_answer_seconds: metric("From a turn understood to its answer", "command"),
  tutor_acknowledge_seconds: metric("From an event to the acknowledgement that its platform waits for", "platform"),
} as const;

export type CounterName = keyof typeof COUNTERS;
export type TimerName = keyof typeof TIMERS;
/** Every label of a metric; its values come from closed lists, never from ids or texts. */
export type LabelsOf<M extends { readonly labels: readonly string[] }> = Readonly<Record<M["labels"][number], string>>;
