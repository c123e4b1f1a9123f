/** `compare`: any two concepts, side by side; a request that cannot be compared is refused with what could be. */
import { z } from "zod";
import type { Hidden } from "../answering/choose.ts";
import { compare as compareConcepts, sourceOf } from "../answering/compare.ts";
import { blocksOf } from "../answering/excerpt.ts";
import { type Pair, readPair } from "../answering/pair.ts";
import { type Capability, command } from "../core/capability.ts";
import { quote } from "../core/errors.ts";
import type { FeedbackStore } from "../core/feedback.ts";
import type { Ms } from "../core/ports.ts";
import { about, type Button, type Reply } from "../core/reply.ts";
import { callFits } from "../core/turn.ts";
import type { Library } from "../library/library.ts";
import { withFeedback } from "./feedback.ts";
import { noteGap } from "./gap.ts";
import type { HiddenSections } from "./hidden.ts";

const EXPLICIT = /^\/?compare\b[:\s]*/i;
const VERSUS = /\s(?:vs?\.?|versus)\s/i;
/** "compare it with a bind mount" leans on the thread, which `ask` knows. */
const POINTING = /\b(?:it|that|this|them|these|those)\b|^\/?compare\s+(?:with|to)\b/i;
/** A message longer than this has more in it than two names. */
const WORDS = 12;

interface CompareParts {
  readonly library: () => Library;
  readonly feedback: FeedbackStore;
  readonly hidden: HiddenSections;
  readonly clock: () => Ms;
}

export function compare(parts: CompareParts): Capability {
  const { library } = parts;
  return {
    name: "compare",
    examples: ["compare vm container", "vm vs container", "compare CMD ENTRYPOINT"],
    commands: [
      command({
        name: "compare",
        summary: "Compare two concepts side by side",
        usage: "<a> <b>",
        args: z.object({
          a: z.string().describe("One concept, or both: vm container").default(""),
          b: z.string().describe("The other concept").optional(),
        }),
        form: {
          title: "Compare two concepts",
          fields: [
            { arg: "a", label: "This", kind: "line", required: true },
            { arg: "b", label: "with that", kind: "line", required: true },
          ],
        },
        suggest: (_option, typed) => library().index.suggest(typed),
        async run({ a, b }, turn) {
          const pair = b === undefined ? readPair(a, library()) : readTwo(a, b, library());
          if (pair.kind === "unknown") await noteGap(pair.known, pair.words, parts, turn);
          return withFeedback(respond(pair, library(), await parts.hidden.of(turn.place)), parts, turn);
        },
      }),
    ],
    hear(text) {
      if (EXPLICIT.test(text) && POINTING.test(text)) return undefined;
      if (EXPLICIT.test(text)) return { command: "compare", args: { a: text.replace(EXPLICIT, "").trim() } };
      if (!VERSUS.test(` ${text} `) || text.split(/\s+/).length > WORDS) return undefined;
      const pair = readPair(text, library());
      // "named vs anonymous volume": two names of one page, which tells them apart itself.
      if (pair.kind === "same" && tellsApart(pair.id, pair.said, library())) return undefined;
      const ours =
        pair.kind === "unknown"
          ? pair.known.length > 0 && text.split(/\s+/).length <= 6
          : pair.kind !== "none" && pair.kind !== "one";
      return ours ? { command: "compare", args: { a: text } } : undefined;
    },
  };
}

/** Does a section of the page foresee a question with all these names in it? */
const tellsApart = (id: string, said: readonly string[], library: Library) =>
  library
    .about(id)
    .flatMap((page) => page.sections.flatMap((section) => [section.heading, ...section.asks]))
    .some((phrase) => said.every((name) => phrase.toLowerCase().includes(name.toLowerCase())));

/** Two options of a slash command: each names one concept, whatever words are in it. */
function readTwo(a: string, b: string, library: Library): Pair {
  const [left, right] = [library.concepts.exact(a) ?? a, library.concepts.exact(b) ?? b];
  if (library.about(left).length && library.about(right).length)
    return left === right ? { kind: "same", id: left, said: [a, b] } : { kind: "pair", a: left, b: right };
  return readPair(`${a} vs ${b}`, library);
}

function respond(pair: Pair, library: Library, hidden: Hidden): Reply {
  const title = (id: string) => library.concepts.title(id);
  switch (pair.kind) {
    case "pair":
      return compareConcepts(pair.a, pair.b, library, hidden) ?? cards(pair.a, pair.b, library);
    case "none":
      return refuse(
        "Name two things to compare, for example: compare vm container.",
        [button("vm", "container", library), button("volume", "bind-mount", library)],
        [],
      );
    case "one":
      return refuse(`Compare ${title(pair.id)} with what? Name a second concept.`, partners(pair.id, library), [
        pair.id,
      ]);
    case "same":
      return refuse(
        `"${quote(pair.said[0] ?? "")}" and "${quote(pair.said[1] ?? "")}" are two names for the same thing: ${title(pair.id)}. Name a second concept.`,
        partners(pair.id, library),
        [pair.id],
      );
    case "many": {
      const pairs = pair.ids.flatMap((a, i) => pair.ids.slice(i + 1).map((b) => button(a, b, library)));
      return refuse(
        `I compare two concepts at a time; you named ${pair.ids.length}: ${pair.ids.map(title).join(", ")}. Choose a pair.`,
        pairs,
        pair.ids,
      );
    }
    case "unknown": {
      const strange = pair.words.map((word) => `"${quote(word)}"`).join(" and ");
      const near = pair.words
        .flatMap((word) => library.concepts.nearest(word, 2))
        .filter((id) => !pair.known.includes(id));
      const [known] = pair.known;
      const buttons = known
        ? [...near.map((id) => button(known, id, library)), ...partners(known, library)]
        : near.slice(0, 3).map((id) => topic(id, library));
      const nearest = near.length
        ? ` The nearest I have: ${[...new Set(near)].slice(0, 3).map(title).join(", ")}.`
        : "";
      return refuse(`I have no page on ${strange}, so I will not make a comparison up.${nearest}`, buttons, pair.known);
    }
    default:
      return pair satisfies never;
  }
}

const button = (a: string, b: string, library: Library): Button => ({
  label: `${library.concepts.title(a)} or ${library.concepts.title(b)}`.slice(0, 70),
  call: { command: "compare", args: { a, b } },
});

const topic = (id: string, library: Library): Button => ({
  label: library.concepts.title(id).slice(0, 70),
  call: { command: "read", args: { page: library.about(id)[0]?.path ?? id } },
});

/** Authored comparisons that this concept is part of. */
function partners(id: string, library: Library): Button[] {
  return library.pages.flatMap((page) => {
    const [a, b] = page.comparison?.concepts ?? [];
    return a && b && (a === id || b === id) ? [button(a, b, library)] : [];
  });
}

function refuse(text: string, buttons: readonly Button[], concepts: readonly string[]): Reply {
  const fitting = buttons.filter((each) => callFits(each.call)).slice(0, 3);
  return {
    blocks: [
      { kind: "text", line: [text] },
      ...(fitting.length ? [{ kind: "buttons" as const, buttons: fitting }] : []),
    ],
    about: about("abstained", { concepts }),
  };
}

/** Two pages that share no aspects: each in its own words, no invented cell. */
function cards(a: string, b: string, library: Library): Reply {
  const pages = [a, b].flatMap((id) => library.about(id).slice(0, 1));
  const blocks = pages.flatMap((page) => [
    { kind: "heading" as const, text: page.title },
    ...blocksOf(page.sections[0]?.markdown ?? "").slice(0, 1),
  ]);
  return {
    blocks: [
      { kind: "text", line: ["Nobody has compared these two yet; here is each on its own."] },
      ...blocks,
      { kind: "sources", sources: pages.map((page) => sourceOf(page, "", library)) },
    ],
    about: about("answered", { concepts: [a, b], pages: pages.map((page) => page.path), confidence: 0.6 }),
  };
}
