/** What the pages lack: questions nobody could answer and answers that did not help, never who asked. */
import type { FeedbackStore, Gap } from "../core/feedback.ts";
import type { Community, Ms } from "../core/ports.ts";
import { plainReason } from "../core/reason.ts";
import { type Db, number, strings, text } from "./db.ts";
import { type Hash, identity, keyOf } from "./keys.ts";

const DAY_MS = 86_400_000;
/** One person's only question is nobody else's business. */
const FEWEST = 2;
/** Reasons that are shown of one gap, and that are read for all of them. */
const REASONS = 3;
const REASONS_READ = 300;

export function createGaps(db: Db, hash: Hash): Pick<FeedbackStore, "gap" | "gaps"> {
  return {
    async gap(asker, concepts, words, at) {
      const { platform, community } = asker;
      const sorted = [sortedList(concepts), sortedList(words)];
      await db.run(
        `insert into gap (platform, community, topic, person_hash, day, concepts, words, times, at)
         values (?, ?, ?, ?, ?, ?, ?, 1, ?)
         on conflict (platform, community, topic, person_hash, day) do update
           set times = gap.times + 1, at = excluded.at`,
        [platform, community, keyOf(...sorted), hash(...identity(asker)), Math.floor(at / DAY_MS), ...sorted, at],
      );
    },

    async gaps(community, since, limit) {
      const unhelpful = await disliked(db, community, since);
      const wrong = await db.all(
        "select section from wrong_section where platform = ? and community = ? and at >= ? order by at desc, section",
        [community.platform, community.community, since],
      );
      const marked = wrong.map((row): Gap => {
        const section = text(row.section);
        const about = unhelpful.filter(({ sections }) => sections.includes(section));
        return {
          section,
          concepts: [],
          words: [],
          times: 0,
          unhelpful: sum(about.map(({ people }) => people)),
          reasons: few(about),
        };
      });
      const groups = merged(await asked(db, community, since), unhelpful);
      return [...marked, ...groups].slice(0, limit);
    },
  };
}

/** The same set of texts is the same text. */
export const sortedList = (texts: readonly string[]): string => JSON.stringify([...new Set(texts)].sort());

interface Disliked {
  readonly concepts: string;
  readonly sections: readonly string[];
  readonly people: number;
  readonly reasons: readonly string[];
}

async function disliked(db: Db, { platform, community }: Community, since: Ms): Promise<readonly Disliked[]> {
  const those = "from feedback where platform = ? and community = ? and helpful = 0 and at >= ?";
  const values = [platform, community, since];
  const rows = await db.all(
    `select concepts, sections, count(distinct person) as people ${those} group by concepts, sections`,
    values,
  );
  const said = await db.all(
    `select concepts, sections, reason ${those} and reason is not null order by at desc limit ?`,
    [...values, REASONS_READ],
  );
  const reasons = Map.groupBy(said, (row) => keyOf(text(row.concepts), text(row.sections)));
  return rows.map((row) => ({
    concepts: text(row.concepts),
    sections: strings(row.sections),
    people: number(row.people),
    reasons: (reasons.get(keyOf(text(row.concepts), text(row.sections))) ?? [])
      .map(({ reason }) => plainReason(text(reason)))
      .filter(Boolean),
  }));
}

/** The first few reasons of some groups, each once. */
const few = (groups: readonly Disliked[]): readonly string[] =>
  [...new Set(groups.flatMap(({ reasons }) => reasons))].slice(0, REASONS);

async function asked(db: Db, { platform, community }: Community, since: Ms): Promise<readonly Gap[]> {
  const rows = await db.all(
    `select concepts, words, cast(sum(times) as bigint) as times from gap
     where platform = ? and community = ? and at >= ?
     group by topic, concepts, words having count(*) >= ?`,
    [platform, community, since, FEWEST],
  );
  return rows.map((row) => ({
    section: undefined,
    concepts: strings(row.concepts),
    words: strings(row.words),
    times: number(row.times),
    unhelpful: 0,
    reasons: [],
  }));
}

/** Groups asked about, and groups that several people disliked or one said why, as one list. */
function merged(groups: readonly Gap[], unhelpful: readonly Disliked[]): readonly Gap[] {
  const about = Map.groupBy(unhelpful, ({ concepts }) => concepts);
  const facts = (concepts: string) => {
    const found = about.get(concepts) ?? [];
    return { unhelpful: sum(found.map(({ people }) => people)), reasons: few(found) };
  };
  const known = groups.map((gap) => ({ ...gap, ...facts(JSON.stringify(gap.concepts)) }));
  const listed = new Set(known.map((gap) => JSON.stringify(gap.concepts)));
  const others = [...about.keys()]
    .filter((concepts) => !listed.has(concepts))
    .map((concepts) => ({
      section: undefined,
      concepts: strings(concepts),
      words: [],
      times: 0,
      ...facts(concepts),
    }))
    .filter((gap) => gap.unhelpful >= FEWEST || gap.reasons.length);
  return [...known, ...others].sort(
    (a, b) =>
      b.times + b.unhelpful - (a.times + a.unhelpful) ||
      JSON.stringify([a.concepts, a.words]).localeCompare(JSON.stringify([b.concepts, b.words])),
  );
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
