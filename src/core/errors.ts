/** The one error class. Its fault decides who hears of it and how loudly; nobody matches on message text. */

/** Who has to act: the learner, the platform's admin, an operator, a page's author; everything else is a bug. */
export type Fault = "learner" | "platform" | "dependency" | "config" | "knowledge";

/** A learner's own words inside our sentence: short, and without anything that could ping or format. */
export const quote = (said: string): string =>
  [
    ...said
      .slice(0, 400)
      .replace(/[^\p{L}\p{N} ._/-]+/gu, " ")
      .replace(/\s+/g, " ")
      .trim(),
  ]
    .slice(0, 40)
    .join("")
    .trim();

export class TutorError extends Error {
  readonly fault: Fault;
  /** The cure, as one sentence. */
  readonly hint: string | undefined;

  /** `message` names the value that is wrong and never holds a secret. */
  constructor(fault: Fault, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "TutorError";
    this.fault = fault;
    this.hint = options.hint;
  }

  /** Message and cure together, as a person reads them. */
  get sentence(): string {
    return this.hint ? `${this.message} ${this.hint}` : this.message;
  }
}
