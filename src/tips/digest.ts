/** What the pages lack, as a person and as a contributor reads it; and the weekly delivery of it to a channel. */
import type { FeedbackStore, Gap } from "../core/feedback.ts";
import type { Ms } from "../core/ports.ts";
import { type Block, remark } from "../core/reply.ts";
import type { Delivery, Subscription } from "../core/tips.ts";
import type { Place } from "../core/turn.ts";
import type { Library } from "../library/library.ts";
import type { Written } from "./deliver.ts";

const WEEK_MS = 7 * 24 * 60 * 60_000;
const MOST = 10;
/** A digest is a delivery like a tip, at most one a date; its channel is marked, so that the channel can have tips too. */
const MARK = "digest ";

export const digestPlace = ({ platform, community }: Place, channel: string): Place => ({
  platform,
  community,
  channel: `${MARK}${channel}`,
});

export const isDigest = (place: Place): boolean => place.channel.startsWith(MARK);

/** Where a delivery is really posted. */
export const realPlace = (place: Place): Place =>
  isDigest(place) ? { ...place, channel: place.channel.slice(MARK.length) } : place;

/** Monday morning, in the zone of whoever set it. */
export const digestSubscription = (place: Place, channel: string, zone: string, setBy: string): Subscription => ({
  place: digestPlace(place, channel),
  minute: 9 * 60,
  zone,
  weekdays: 1,
  areas: [],
  level: undefined,
  setBy,
});

/** A week without gaps is a week without a digest. */
export const digestWriter =
  ({ feedback, library, clock }: { feedback: FeedbackStore; library: () => Library; clock: () => Ms }) =>
  async ({ subscription: { place } }: Delivery): Promise<Written | undefined> => {
    const gaps = await feedback.gaps(place, clock() - WEEK_MS, MOST);
    if (!gaps.length) return undefined;
    const lead = "What people asked this week and I could not answer well. Nobody is named. As text for an issue:";
    const { blocks, about } = remark([lead]);
    return { id: "digest", newRound: false, reply: { blocks: [...blocks, issue(gaps, library())], about } };
  };

/** What people wrote about it, one line each. */
export const sayReasons = ({ reasons }: Gap): readonly string[] => reasons.map((reason) => `Somebody wrote: ${reason}`);

/** One gap in a sentence. */
export function sayGap({ section, concepts, words, times, unhelpful }: Gap, library: Library): string {
  if (section) {
    const others = unhelpful ? `; ${people(unhelpful)} found it not helpful` : "";
    return `${sectionTitle(section, library)}: marked wrong${others}`;
  }
  const titles = concepts.map((id) => library.concepts.title(id)).join(" and ");
  const said = words.map((word) => `"${word}"`).join(", ");
  const subject = titles && said ? `${titles} with ${said}` : titles || said || "Answers on no known topic";
  const facts = [
    ...(times ? [`asked ${times === 1 ? "once" : `${times} times`}`] : []),
    ...(unhelpful ? [`${people(unhelpful)} found the answer not helpful`] : []),
  ];
  return `${subject}: ${facts.join("; ")}`;
}

const people = (count: number): string => (count === 1 ? "one person" : `${count} people`);

function sectionTitle(id: string, library: Library): string {
  const found = library.section(id);
  if (!found) return library.page(id)?.title ?? id;
  return found.section.heading ? `${found.page.title} > ${found.section.heading}` : found.page.title;
}

/** Ready to be pasted into an issue: what is missing, where it would go, how to do it. */
export function issue(gaps: readonly Gap[], library: Library): Block {
  const lines = gaps.flatMap((gap) => [
    `- [ ] ${sayGap(gap, library)}. ${task(gap, library)}`,
    ...sayReasons(gap).map((said) => `  - ${said}`),
  ]);
  const title = `Close ${gaps.length === 1 ? "one gap" : `${gaps.length} gaps`} in the knowledge pages`;
  const foot = "How to write a page or a section: knowledge/README.md. Questions are counted without who asked.";
  return { kind: "code", language: "markdown", text: [`# ${title}`, "", ...lines, "", foot].join("\n") };
}

function task({ section, concepts, times }: Gap, library: Library): string {
  const wrong = section ? (library.section(section)?.page ?? library.page(section)) : undefined;
  if (wrong) return `Compare it with its sources and correct \`${wrong.path}\`.`;
  const page = concepts.flatMap((id) => library.about(id).slice(0, 1))[0];
  if (!page) return "Write a page, if it is about containers, microservices or Docker.";
  return times ? `Add a section to \`${page.path}\`, or a page.` : `Make the answer in \`${page.path}\` clearer.`;
}
