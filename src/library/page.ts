/** What a knowledge page is once it is read, whatever its kind. Plain JSON, so that it can be cached. */

export type PageKind = "concept" | "comparison" | "command" | "error" | "document";

export interface SourceRef {
  readonly title: string;
  readonly href: string;
}

/** One answer on a page: what the tutor shows and cites. */
export interface Section {
  /** `path#slug`, unique in the library. */
  readonly id: string;
  readonly page: string;
  /** The empty string for the lead. */
  readonly heading: string;
  /** How learners put the question that this section answers. */
  readonly asks: readonly string[];
  readonly markdown: string;
  readonly role: "lead" | "body" | "flag" | "example" | "mistakes" | "flags";
}

export interface QuizOption {
  readonly text: string;
  readonly right: boolean;
  readonly belief?: string;
  readonly why: string;
}

export interface Question {
  readonly question: string;
  /** Heading of the section that teaches it; absent for the lead. */
  readonly read?: string;
  readonly options: readonly QuizOption[];
}

/** A command to try, and what to look for; `output` where it is the same for everybody. */
export interface PageTrial {
  readonly command: string;
  readonly expect: string;
  readonly output?: string;
}

export interface Flag {
  readonly name: string;
  readonly short?: string;
  readonly value?: string;
  /** Every value there is, where the list is closed. */
  readonly values?: readonly string[];
  readonly does: string;
  readonly danger?: string;
}

export interface ComparisonRow {
  readonly aspect: string;
  readonly cells: readonly [string, string];
  readonly sources: readonly number[];
}

export interface Comparison {
  readonly concepts: readonly [string, string];
  readonly verdict: string;
  readonly use: readonly string[];
  readonly rows: readonly ComparisonRow[];
  readonly often?: { readonly said: string; readonly correct: string };
}

export interface Page {
  /** Inside its knowledge folder, with `/`: the page's name to the outside. */
  readonly path: string;
  readonly kind: PageKind;
  /** What the page is about: a concept's or an error's id, a command's name, a document's path. */
  readonly id: string;
  readonly title: string;
  readonly aliases: readonly string[];
  readonly area: string;
  readonly level: "beginner" | "intermediate" | "advanced";
  readonly requires: readonly string[];
  readonly related: readonly string[];
  readonly aspects: Readonly<Record<string, string>>;
  readonly tips: readonly string[];
  readonly quiz: readonly Question[];
  readonly sources: readonly SourceRef[];
  readonly sections: readonly Section[];
  /** Who compared the page with its sources, and when. */
  readonly checked?: { readonly date: string; readonly by: string };
  /** Extra words that find the page: an error's message parts, a document's keywords. */
  readonly match: readonly string[];
  readonly flags: readonly Flag[];
  /** What a lesson on the page lets people try; absent: taken from the examples in its text. */
  readonly trials?: readonly PageTrial[];
  readonly comparison?: Comparison;
  /** Read from the operator's own folder rather than the built-in one. */
  readonly own: boolean;
}

/** The closed list of aspects: key -> row label, the question its cells answer, words that ask for it. */
export type Aspects = Readonly<
  Record<string, { readonly label: string; readonly question: string; readonly words: string }>
>;

/** Every command of the Docker CLI and every Dockerfile instruction that exists. */
export interface Cli {
  readonly docker: readonly string[];
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly instructions: readonly string[];
}
