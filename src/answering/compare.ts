/** Two concepts -> what tells them apart: authored rows first, else the aspects both pages fill. Never an invented cell. */
import { toLine } from "../core/markdown.ts";
import { about, type Block, type Reply, type Source, type Span } from "../core/reply.ts";
import { callFits } from "../core/turn.ts";
import type { Library } from "../library/library.ts";
import type { Page } from "../library/page.ts";
import { terms } from "../library/words.ts";
import { type Hidden, NOTHING_HIDDEN } from "./choose.ts";
import { visible } from "./excerpt.ts";

const ROOM = 1180;
const MOST_ROWS = 7;
/** Fewer shared aspects are no comparison. */
const ENOUGH = 3;

/** The reply for two different known concepts; undefined where neither an author nor three shared aspects compare them. */
export function compare(a: string, b: string, library: Library, hidden: Hidden = NOTHING_HIDDEN): Reply | undefined {
  const authored = authoredOf(a, b, library, hidden);
  const parts = authored ? fromAuthor(a, b, authored.page, authored.swapped, library) : fromAspects(a, b, library);
  if (!parts) return undefined;
  const { before, table, after, sources } = parts;
  let rows = [...table.rows];
  let tail = after;
  const build = (): Block[] => [...before, { ...table, rows }, ...tail, { kind: "sources", sources }];
  while (visible(build()) > ROOM && tail.length) tail = tail.slice(0, -1);
  while (visible(build()) > ROOM && rows.length > 3) rows = rows.slice(0, -1);
  const pages = [...(authored ? [authored.page.path] : []), ...sources.map((source) => source.page)];
  return {
    blocks: [
      ...build(),
      {
        kind: "buttons",
        buttons: [a, b]
          .map((id) => ({
            label: library.concepts.title(id).slice(0, 60),
            call: { command: "ask", args: { question: `what is ${library.concepts.title(id)}`.slice(0, 70) } },
          }))
          .filter((button) => callFits(button.call)),
      },
    ],
    about: about("answered", {
      concepts: [a, b],
      pages: [...new Set(pages)],
      sections: [],
      confidence: authored ? 1 : 0.8,
    }),
  };
}

/** By what two concepts can be compared; undefined where they cannot. */
export function comparable(a: string, b: string, library: Library): "authored" | "aspects" | undefined {
  if (a === b) return undefined;
  if (library.comparison(a, b)) return "authored";
  return sharedAspects(a, b, library).length < ENOUGH ? undefined : "aspects";
}

/** Aspects that both pages fill, in the order of aspects.yaml. */
function sharedAspects(a: string, b: string, library: Library): string[] {
  const [left, right] = [aspectsOf(a, library), aspectsOf(b, library)];
  return Object.keys(library.aspects).filter((name) => left?.page.aspects[name] && right?.page.aspects[name]);
}

/** A comparison that was marked wrong is not shown; what the two pages say themselves still is. */
function authoredOf(a: string, b: string, library: Library, hidden: Hidden) {
  const found = library.comparison(a, b);
  return found && hidden.has(found.page.path) ? undefined : found;
}

interface Parts {
  readonly before: readonly Block[];
  readonly table: Extract<Block, { kind: "table" }>;
  readonly after: readonly Block[];
  readonly sources: readonly Source[];
}

const text = (...line: Span[]): Block => ({ kind: "text", line });
const heading = (a: string, b: string, library: Library): Span => ({
  kind: "strong",
  text: `${library.concepts.title(a)} or ${library.concepts.title(b)}?`,
});

function fromAuthor(a: string, b: string, page: Page, swapped: boolean, library: Library): Parts | undefined {
  const made = page.comparison;
  if (!made) return undefined;
  const turn = <T>(pair: readonly [T, T]): readonly [T, T] => (swapped ? [pair[1], pair[0]] : pair);
  const rows = made.rows.map((row) => [
    [library.aspects[row.aspect]?.label ?? row.aspect],
    ...turn(row.cells).map((cell) => toLine(cell)),
  ]);
  const use = swapped ? [...made.use].reverse() : made.use;
  const after: Block[] = [
    { kind: "list", ordered: false, items: use.map((line) => ({ depth: 0, line: toLine(line) })) },
  ];
  if (made.often) after.push(text("Often said, but: ", `"${made.often.said}". `, ...toLine(made.often.correct)));
  const distinct = [...new Map(page.sources.map((source) => [source.href, source])).values()];
  return {
    before: [text(heading(a, b, library), " ", ...toLine(made.verdict))],
    table: { kind: "table", head: ["", library.concepts.title(a), library.concepts.title(b)], rows },
    after,
    sources: distinct.map((source) => ({ title: source.title, href: source.href, page: page.path })),
  };
}

/** Rows where both pages say something and not the same, in the order of aspects.yaml. */
function fromAspects(a: string, b: string, library: Library): Parts | undefined {
  const [left, right] = [aspectsOf(a, library), aspectsOf(b, library)];
  if (!left || !right) return undefined;
  const shared = sharedAspects(a, b, library);
  if (shared.length < ENOUGH) return undefined;
  const first = ["purpose", "scope"].filter((name) => shared.includes(name));
  const telling = shared.filter((name) => !["purpose", "scope", "best-for", "limits", "use"].includes(name));
  const last = ["use", "best-for", "limits"].filter((name) => shared.includes(name));
  const chosen = [...first, ...telling.slice(0, MOST_ROWS - first.length - Math.min(2, last.length)), ...last].slice(
    0,
    MOST_ROWS,
  );
  const rows = chosen.map((name) => [
    [library.aspects[name]?.label ?? name],
    toLine(left.page.aspects[name] ?? ""),
    toLine(right.page.aspects[name] ?? ""),
  ]);
  const best = (id: string, page: Page): Span[] => [
    "Take ",
    { kind: "strong", text: library.concepts.title(id) },
    " for ",
    ...toLine(page.aspects["best-for"] ?? ""),
    "; ",
  ];
  const verdict: Span[] = [...best(a, left.page), ...best(b, right.page)];
  verdict[verdict.length - 1] = ".";
  return {
    before: [text(heading(a, b, library), " ", ...lower(verdict))],
    table: { kind: "table", head: ["", library.concepts.title(a), library.concepts.title(b)], rows },
    after: [],
    sources: [left.page, right.page].map((page) => sourceOf(page, "", library)),
  };
}

/** The second "Take" of the sentence stands in its middle. */
function lower(line: Span[]): Span[] {
  let seen = false;
  return line.map((span) => {
    if (span !== "Take ") return span;
    const out = seen ? "take " : span;
    seen = true;
    return out;
  });
}

function aspectsOf(id: string, library: Library): { page: Page } | undefined {
  const page = library.about(id).find((candidate) => Object.keys(candidate.aspects).length > 0);
  return page && { page };
}

/**
 * "Which one starts faster?" about two concepts: the one row that answers it, as two sentences. Undefined where no aspect
 * of theirs is asked for.
 */
export function compareOn(
  wanted: ReadonlySet<string>,
  a: string,
  b: string,
  library: Library,
  hidden: Hidden,
): Reply | undefined {
  const authored = authoredOf(a, b, library, hidden);
  const rows = authored?.page.comparison?.rows ?? [];
  const [left, right] = [aspectsOf(a, library), aspectsOf(b, library)];
  const cells = (name: string): readonly [string, string] | undefined => {
    const row = rows.find((each) => each.aspect === name);
    if (row) return authored?.swapped ? [row.cells[1], row.cells[0]] : row.cells;
    const [mine, theirs] = [left?.page.aspects[name], right?.page.aspects[name]];
    return mine && theirs ? [mine, theirs] : undefined;
  };
  const scored = Object.entries(library.aspects)
    .map(([name, aspect]) => ({
      name,
      aspect,
      hits: terms(aspect.words).filter((term) => wanted.has(term)).length,
      found: cells(name),
    }))
    .filter(({ hits, found }) => hits > 0 && found);
  const best = scored.sort((x, y) => y.hits - x.hits)[0];
  if (!best?.found) return undefined;
  const line = (id: string, cell: string): Block =>
    text({ kind: "strong", text: library.concepts.title(id) }, ": ", ...toLine(cell), ".");
  const page = authored?.page ?? left?.page;
  const verdict: Block[] = authored?.page.comparison ? [text(...toLine(authored.page.comparison.verdict))] : [];
  return {
    blocks: [
      text({ kind: "strong", text: best.aspect.label }),
      line(a, best.found[0]),
      line(b, best.found[1]),
      ...verdict,
      { kind: "sources", sources: page ? [sourceOf(page, "", library)] : [] },
      { kind: "buttons", buttons: [{ label: "The whole comparison", call: { command: "compare", args: { a, b } } }] },
    ],
    about: about("answered", { concepts: [a, b], pages: page ? [page.path] : [], confidence: 0.8 }),
  };
}

/** A citation as a reader would look it up: title > heading. */
export function sourceOf(page: Page, heading: string, library: Library): Source {
  const href = library.href(page);
  const name = page.comparison
    ? page.comparison.concepts.map((id) => library.concepts.title(id)).join(" or ")
    : page.title;
  const title = heading ? `${name} > ${heading}` : name;
  return { title, page: page.path, ...(href ? { href } : {}) };
}
