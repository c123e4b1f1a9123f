/** Commands that read their file from the standard input: builds of images, and configurations that are only shown. */
import { type Made, official, ownName, type Read } from "./made.ts";

const BUILD_ALONE = /^(?:--no-cache|--check|-q|--quiet)$/;
const BUILD_VALUED = /^(?:--progress|--build-arg|--target|--label|-t|--tag)$/;
/** What reaches other files, other machines or the host's own rights. */
const REACHES = [
  /^[^\S\n\r\u2028\u2029]*#\s*syntax/im,
  /^[^\S\n\r\u2028\u2029]*ADD\b/im,
  /--(?:security|network)=/i,
  /\b(?:include|extends|env_file|file):/i,
];

/** Undefined unless the command with this file is known to be safe after what was made before. */
export function readPiped(tokens: readonly string[], file: string, made: Made): Read | undefined {
  if (REACHES.some((each) => each.test(file))) return undefined;
  const line = tokens.join(" ");
  if (/^docker compose -f - config(?: --(?:services|images|volumes|networks))?$/.test(line))
    return { expect: "the file as Compose understands it", makes: {}, image: -1 };
  if (/^docker buildx bake -f - --print(?: [\w-]+)*$/.test(line))
    return { expect: "the plan of the build as JSON", makes: {}, image: -1 };
  return /^docker build\b.* -$/.test(line) ? readBuild(tokens.slice(2, -1), file, made) : undefined;
}

/** A Dockerfile without a context: it starts from official images and can copy from its own stages only. */
function readBuild(flags: readonly string[], file: string, made: Made): Read | undefined {
  const name = nameOf(flags);
  if (name === undefined || (!name && !flags.includes("--check"))) return undefined;
  const stages: string[] = ["scratch", ...made.built];
  for (const [, from = "", as] of file.matchAll(/^FROM\s+(\S+)(?:\s+AS\s+(\S+))?\s*$/gim)) {
    if (!official(from) && !stages.includes(from)) return undefined;
    if (as) stages.push(as);
  }
  if (!/^(?:ARG .*\n)*FROM\s/i.test(file)) return undefined;
  for (const [, from = ""] of file.matchAll(/--from=(\S+)|,from=[\w./:-]+/g))
    if (!stages.includes(from)) return undefined;
  return { expect: "the steps of the build", makes: name ? { built: [name] } : {}, image: -1 };
}

/** The new image's name, empty where none is given; undefined for a flag that is not known to be safe. */
function nameOf(flags: readonly string[]): string | undefined {
  let name = "";
  for (let at = 0; at < flags.length; at++) {
    const [flag = "", joined] = (flags[at] ?? "").split(/=(.*)/s);
    if (BUILD_ALONE.test(flag)) continue;
    if (!BUILD_VALUED.test(flag)) return undefined;
    if (joined === undefined) at += 1;
    const value = joined ?? flags[at] ?? "";
    if (flag === "-t" || flag === "--tag") {
      if (!ownName(value)) return undefined;
      name = value;
    }
  }
  return name;
}
