/** A form on a terminal: one field after the other. */
import type { Call, Form } from "../../src/core/index.ts";

/** Keeps which field is being asked; `prompt` says it. */
export function createQuestions() {
  let form: Form | undefined;
  let call: Call = { command: "", args: {} };
  let at = 0;
  /** Fields that the call does not answer already. */
  const fields = () => form?.fields.filter(({ arg }) => !given.has(arg)) ?? [];
  let given = new Set<string>();

  return {
    open: () => form !== undefined,
    start(asked: Form, begun: Call): void {
      form = asked;
      call = begun;
      given = new Set(Object.keys(begun.args));
      at = 0;
    },
    prompt(): string {
      const field = fields()[at];
      if (!form || !field) return "";
      const choices = field.choices ? ` (${field.choices.join(", ")})` : "";
      const optional = field.required ? "" : " (Enter to leave it)";
      return `${at === 0 ? `${form.title} (\`cancel\` leaves it as it is)\n` : ""}${field.label}${choices}${optional}:`;
    },
    /** The filled-in call, or that more is to be asked. */
    answer(line: string): Call | "more" | "cancelled" {
      const field = fields()[at];
      if (!field || /^cancel$/i.test(line)) {
        form = undefined;
        return "cancelled";
      }
      if (!line && field.required) return "more";
      if (line) call = { ...call, args: { ...call.args, [field.arg]: line } };
      at += 1;
      if (fields()[at]) return "more";
      form = undefined;
      return call;
    },
  };
}
