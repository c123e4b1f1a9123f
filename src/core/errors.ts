/** The one error class. Its fault decides who hears of it and how loudly; nobody matches on message text. */

/** Who has to act: the learner, the platform's admin, an operator, a page's author; everything else is a bug. */
export type Fault = "learner" | "platform" | "dependency" | "config" | "knowledge";

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
