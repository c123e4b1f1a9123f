/** Questions that rest on a command, a value or an instruction that does not exist: say so before anything else. */
import type { Library } from "../library/library.ts";
import type { Flag, Page } from "../library/page.ts";
import { distance, isFiller } from "../library/words.ts";

export interface Correction {
  /** Markdown: what is not so, and what is. */
  readonly markdown: string;
  /** The page that says what is; absent where no page settles it. */
  readonly page?: Page;
}

/** Words in the place of a command: quoted, typed ("with docker volume rollback"), or acting ("what does docker fly do"). */
const QUOTED = /[`'"“]\s*docker\s+([a-z][a-z-]*)(?:\s+([a-z][a-z-]*))?[^`'"”]*[`'"”]/i;
const TYPED =
  /\b(?:run|running|ran|typed?|execute|executing|with|via|using|tried)\s+docker\s+([a-z][a-z-]*)(?:\s+([a-z][a-z-]*))?(?=\s+(?:do|does|command|on|to)\b|\s*[?.!,]?\s*$)/i;
const ACTING =
  /\bdoes\s+docker\s+([a-z][a-z-]*)(?:\s+(?!(?:do|work|take|mean)\b)([a-z][a-z-]*))?(?=\s+(?:do|work|take|mean|restore|affect|remove|delete|change|show|print|return)\b)/i;
const VALUE = /(--[a-z][a-z-]+)[= ]["'`]?([\w:.-]+)/i;
const INSTRUCTION =
  /\b([A-Z]{3,})\b(?=[`'"]?\s+(?:instruction|directive|keyword)\b)|\b(?:instruction|directive)\s+[`'"]?([A-Z]{3,})\b/;

export function falsePremise(text: string, library: Library): Correction | undefined {
  return (
    library.cli && (missingCommand(text, library) ?? missingValue(text, library) ?? missingInstruction(text, library))
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
  const cli = library.cli;
  const quoted = QUOTED.exec(text) ?? TYPED.exec(text);
  const match = quoted ?? ACTING.exec(text);
  if (!cli || !match?.[1]) return undefined;
  const first = match[1].toLowerCase();
  const second = match[2]?.toLowerCase();
  if (first === "command" || (!quoted && isFiller(first))) return undefined;
  const group = cli.groups[first];
  if (group && second) {
    if (group.includes(second) || first === "swarm" || first === "config") return undefined;
    // Unquoted, "docker network driver" is a thing, not a command.
    if (!quoted && library.vocabulary.has(second) && !/\bdocker \w+ \w+(?: command)?\s*[?.!]*$/i.test(text))
      return undefined;
    if (!quoted && library.concepts.exact(`docker ${first} ${second}`)) return undefined;
    if (!quoted && library.concepts.find(library.concepts.units(second)).length) return undefined;
    return correction(`docker ${first} ${second}`, nearest(second, group), `docker ${first}`, group, library);
  }
  if (cli.docker.includes(first) || library.concepts.exact(`docker ${first}`)) return undefined;
  if (!quoted && library.vocabulary.has(first) && library.concepts.exact(first)) return undefined;
  if (!quoted && second && !library.concepts.exact(second) && library.vocabulary.has(first)) return undefined;
  return correction(`docker ${first}`, nearest(first, cli.docker), "docker", [], library);
}

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
  const named = library.concepts.find(library.concepts.units(text)).map((mention) => mention.id);
  const owners: { page: Page; flag: Flag }[] = [];
  for (const page of library.pages)
    for (const flag of page.flags) if (flag.name === name && flag.values?.length) owners.push({ page, flag });
  const owner =
    owners.find(({ page }) => named.includes(page.id)) ??
    owners.find(({ page }) => page.title === "docker run") ??
    owners[0];
  const values = owner?.flag.values;
  if (!owner || !values) return undefined;
  const base = value.split(":")[0] ?? value;
  if (values.some((known) => known === value || (known.split(/[:[=<]/)[0] ?? known) === base || /[<*]/.test(known)))
    return undefined;
  return {
    markdown: `There is no \`${match[2]}\` for \`${name}\`. The values are ${values.map((v) => `\`${v}\``).join(", ")}. ${owner.flag.does}`,
    page: owner.page,
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
