/** Questions that rest on a command, a value or an instruction that does not exist: say so before anything else. */
import type { Library } from "../library/library.ts";
import type { Flag, Page } from "../library/page.ts";
import { distance, isFiller, lemma, stem } from "../library/words.ts";

export interface Correction {
  /** Markdown: what is not so, and what is. */
  readonly markdown: string;
  /** The page that says what is; absent where no page settles it. */
  readonly page?: Page;
}

/** Words in the place of a command: quoted, typed ("with docker volume rollback", "docker compose heal --now"), or acting. */
const QUOTED = /[`'"“]\s*docker\s+([a-z][a-z-]*)(?:\s+([a-z][a-z-]*))?[^`'"”]*[`'"”]/i;
const TYPED =
  /\b(?:run|running|ran|typed?|execute|executing|with|via|using|tried)\s+docker\s+([a-z][a-z-]*)(?:\s+([a-z][a-z-]*))?(?=\s+(?:do|does|command|on|to)\b|\s*[?.!,]?\s*$)/i;
const LINE = /\bdocker\s+([a-z][a-z-]*)(?:\s+([a-z][a-z-]*))?(?=\s+--?[a-z])/i;
const ACTING =
  /\bdoes\s+docker\s+([a-z][a-z-]*)(?:\s+(?!(?:do|work|take|mean|also|really|ever)\b)([a-z][a-z-]*))?(?=\s+(?:do|work|take|mean|restore|affect|remove|delete|change|show|print|return|copy|find|keep|also|really|ever)\b)/i;
const ASKS = /\b(?:how|what|which|does|do|can|use|using|why|is|are|command|options?|flags?)\b/i;
/** Anywhere else: only a word that is nothing to us can be a mistaken command. */
const MENTIONED = /\bdocker\s+([a-z][a-z-]*)(?:\s+([a-z][a-z-]*))?/i;
const VALUE = /(--[a-z][a-z-]+)[= ]["'`]?([\w:.-]+)/i;
const INSTRUCTION =
  /\b([A-Z]{3,})\b(?=[`'"]?\s+(?:instruction|directive|keyword)s?\b)|\b(?:instruction|directive)\s+[`'"]?([A-Z]{3,})\b/;

export function falsePremise(text: string, library: Library): Correction | undefined {
  return (
    library.cli &&
    (missingCommand(text, library) ??
      missingValue(text, library) ??
      missingFlag(text, library) ??
      missingInstruction(text, library))
  );
}

function nearest(word: string, known: readonly string[]): string | undefined {
  const limit = word.length < 5 ? 1 : 2;
  return known
    .map((name) => ({ name, edits: distance(word, name, limit) }))
    .filter((entry) => entry.edits <= limit)
    .sort((a, b) => a.edits - b.edits)[0]?.name;
}

function missingCommand(text: string, library: Library): Correction | undefined {
  const { cli, concepts, vocabulary } = library;
  const quoted = QUOTED.exec(text) ?? LINE.exec(text);
  const typed = quoted ?? TYPED.exec(text);
  const acting = typed ? undefined : ACTING.exec(text);
  // "docker pants brand" asks for nothing that a command could do.
  const match = typed ?? acting ?? (ASKS.test(text) ? MENTIONED.exec(text) : undefined);
  if (!cli || !match?.[1]) return undefined;
  const [first, second] = [match[1].toLowerCase(), match[2]?.toLowerCase()];
  // How sure it must be that the word is meant as a command: quoted or typed, acting, or only standing there.
  const thing = (word: string, name: string) =>
    isFiller(word) ||
    (!typed && Boolean(concepts.exact(word) ?? concepts.exact(name))) ||
    (!typed && !acting && (vocabulary.isName(lemma(word)) || (library.index.frequency.get(stem(word)) ?? 0) > RARE));
  const group = cli.groups[first];
  if (group && second) {
    if (group.includes(second) || thing(second, `docker ${first} ${second}`)) return undefined;
    return correction(`docker ${first} ${second}`, nearest(second, group), `docker ${first}`, group, library);
  }
  if (first === "command" || cli.docker.includes(first) || thing(first, first)) return undefined;
  if (concepts.exact(`docker ${first}`) && !(quoted && second)) return undefined;
  if (typed && !quoted && second && !concepts.exact(second) && vocabulary.has(stem(first))) return undefined;
  return correction(`docker ${first}`, nearest(first, cli.docker), "docker", [], library);
}

/** Sections that a word may be in and still be no subject of ours. */
const RARE = 2;

function correction(
  name: string,
  meant: string | undefined,
  before: string,
  siblings: readonly string[],
  library: Library,
): Correction {
  const all = siblings.length
    ? ` \`${before}\` has ${siblings
        .filter((word) => word !== "list" && word !== "remove")
        .map((word) => `\`${word}\``)
        .join(", ")}.`
    : "";
  const page = meant
    ? library.about(library.concepts.exact(`${before} ${meant}`) ?? "").find((p) => p.kind === "command")
    : undefined;
  return {
    markdown: `There is no \`${name}\` command in Docker.${meant ? ` Did you mean \`${before} ${meant}\`?` : ""}${all || (meant ? "" : " `docker --help` lists the ones there are.")}`,
    ...(page ? { page } : {}),
  };
}

function missingValue(text: string, library: Library): Correction | undefined {
  const match = VALUE.exec(text);
  const name = match?.[1]?.toLowerCase();
  const value = match?.[2]?.toLowerCase();
  if (!name || !value || !match?.[0].includes("=")) return undefined;
  const owners: { page: Page; flag: Flag; values: readonly string[] }[] = [];
  for (const page of library.pages)
    for (const flag of page.flags)
      if (flag.name === name && flag.values?.length) owners.push({ page, flag, values: flag.values });
  // A command that is named decides; otherwise every command that has the flag must refuse the value.
  const named = owners.filter(({ page }) => text.toLowerCase().includes(page.title.toLowerCase()));
  const anyCommand = library.pages.some(
    (page) =>
      page.kind === "command" && page.title.includes(" ") && text.toLowerCase().includes(page.title.toLowerCase()),
  );
  const asked = named.length ? named : anyCommand ? [] : owners;
  const base = value.split(":")[0] ?? value;
  const accepts = (known: string) =>
    known === value || (known.split(/[:[=<]/)[0] ?? known) === base || /[<*]/.test(known);
  if (!asked.length || asked.some(({ values }) => values.some(accepts))) return undefined;
  const owner = asked.find(({ page }) => page.title === "docker run") ?? asked[0];
  if (!owner) return undefined;
  const { values } = owner;
  return {
    markdown: `There is no \`${match[2]}\` for \`${name}\`. The values are ${values.map((v) => `\`${v}\``).join(", ")}. ${owner.flag.does}`,
    page: owner.page,
  };
}

const FLAG = /(?:^|[\s`'"(])(--[a-z][a-z-]{2,})/i;

/** A long flag that no page has ever mentioned. Our pages list the flags people meet, so this says "I know none". */
function missingFlag(text: string, library: Library): Correction | undefined {
  const flag = FLAG.exec(text)?.[1]?.toLowerCase();
  if (!flag || !/\bdocker\b/i.test(text) || library.index.frequency.has(flag)) return undefined;
  const named = library.concepts.find(library.concepts.units(text)).map((mention) => mention.id);
  const page = named.flatMap((id) => library.about(id)).find((candidate) => candidate.flags.length);
  const known = [...new Set((page ? [page] : library.pages).flatMap((each) => each.flags.map(({ name }) => name)))];
  const meant = nearest(flag, known);
  const some = page
    ? ` Flags people use with \`${page.title}\`: ${page.flags
        .slice(0, 8)
        .map(({ name }) => `\`${name}\``)
        .join(", ")}.`
    : "";
  return {
    markdown: `I know no flag \`${flag}\`${page ? ` of \`${page.title}\`` : " in Docker"}.${meant ? ` Did you mean \`${meant}\`?` : some} \`${page?.title ?? "docker"} --help\` lists all there are.`,
    ...(page ? { page } : {}),
  };
}

function missingInstruction(text: string, library: Library): Correction | undefined {
  const match = INSTRUCTION.exec(text);
  const name = match?.[1] ?? match?.[2];
  const known = library.cli?.instructions ?? [];
  if (!name || known.includes(name) || !/docker/i.test(text)) return undefined;
  const meant = nearest(name, known);
  const page = library.about("dockerfile")[0];
  return {
    markdown: `A Dockerfile has no \`${name}\` instruction.${meant ? ` Did you mean \`${meant}\`?` : ""} The instructions are ${known.map((word) => `\`${word}\``).join(", ")}.`,
    ...(page ? { page } : {}),
  };
}
