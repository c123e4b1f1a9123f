/** Every question of the pages, by an id that stays while its words stay: buttons and cards carry it for months. */
import type { Library } from "../library/library.ts";
import type { Page, Question, QuizOption } from "../library/page.ts";
import { optionKey, short, shuffled } from "./chance.ts";
import { derivedQuestions } from "./derived.ts";

export interface Choice extends QuizOption {
  /** Names the option in a button; made from its words, so that a reworded option is never mistaken for another. */
  readonly key: string;
  /** Position on the page. */
  readonly at: number;
}

export interface Item {
  /** `volume.3kf9a2`: the page's id and its question's words. */
  readonly id: string;
  readonly page: Page;
  readonly question: Question;
  readonly choices: readonly Choice[];
}

export interface Bank {
  readonly items: readonly Item[];
  item(id: string): Item | undefined;
  /** Questions about one concept. */
  about(concept: string): readonly Item[];
  /** Questions of one area. */
  area(area: string): readonly Item[];
  readonly areas: readonly string[];
}

/** A page's id as it stands in ids of its questions: "docker run" has a space that a button would encode. */
export const pageKey = (page: Page): string => page.id.toLowerCase().replace(/[^a-z0-9]+/g, "-");

const banks = new WeakMap<Library, Bank>();

/** The questions of a library, gathered once a snapshot. */
export function bankOf(library: Library): Bank {
  const known = banks.get(library);
  if (known) return known;
  const bank = gather(library.pages);
  banks.set(library, bank);
  return bank;
}

function gather(pages: readonly Page[]): Bank {
  const derived = derivedQuestions(pages);
  const items = pages.flatMap((page) =>
    [...page.quiz, ...derived(page)].map((question) => ({
      id: `${pageKey(page)}.${short(`${page.id}\n${question.question}`)}`,
      page,
      question,
      choices: question.options.map((option, at) => ({ ...option, at, key: optionKey(option.text) })),
    })),
  );
  const byId = new Map(items.map((item) => [item.id, item]));
  const byConcept = Map.groupBy(items, (item) => item.page.id);
  const byArea = Map.groupBy(items, (item) => item.page.area);
  return {
    items,
    item: (id) => byId.get(id),
    about: (concept) => byConcept.get(concept) ?? [],
    area: (area) => byArea.get(area) ?? [],
    areas: [...byArea.keys()],
  };
}

/** The options as one asking shows them: never by their place on the page, so that "it's always B" is of no use. */
export const choicesFor = (item: Item, instance: string): readonly Choice[] =>
  shuffled(item.choices, `${instance} ${item.id}`);

export const LETTERS = ["A", "B", "C", "D", "E", "F"] as const;
