/**
 * Commands of a page that a learner can run as they are, and how to remove every trace: only official images, only what
 * the lesson itself made, under names that cannot be the learner's own. Whatever is not known to be safe is left out.
 */
import { type Made, official, type Read } from "./made.ts";
import { readPiped } from "./piped.ts";
import { readCommand } from "./safe.ts";

const PREFIX = "try-";
/** The pages' usual example container, started where a command needs it. */
const STAND_IN = { name: "web", image: "nginx" } as const;

export interface Trial {
  readonly command: string;
  /** As the page shows it; empty where it shows none. */
  readonly output: string;
  /** What to look for. */
  readonly expect: string;
}

export interface Sandbox {
  readonly trials: readonly Trial[];
  readonly cleanUp: readonly string[];
  /** Commands that are not known to be safe, and so are left out. */
  readonly dropped: readonly string[];
}

interface Typed {
  readonly command: string;
  readonly output: string;
  /** What to look for, where somebody wrote it. */
  readonly expect?: string;
}

/** Commands with what they print, from the text of a console block. */
export function readConsole(text: string): Typed[] {
  const out: { command: string; output: string }[] = [];
  let open = false;
  for (const row of text.split("\n")) {
    const last = out.at(-1);
    if (row.startsWith("$ ")) out.push({ command: row.slice(2), output: "" });
    else if (last && open) last.command += `\n${row}`;
    else if (last && row.trim()) last.output += `${last.output ? "\n" : ""}${row}`;
    open = row.endsWith("\\");
  }
  return out;
}

/** The safe part of some commands, in their order. */
export function sandbox(commands: readonly Typed[]): Sandbox {
  let made: Made = { containers: [], networks: [], volumes: [], images: [], built: [] };
  const kept: (Step & Pick<Typed, "output">)[] = [];
  const dropped: string[] = [];
  for (const { command, output, expect } of commands) {
    const { line, file } = withFile(command);
    const tokens = absent(line, made) ? undefined : tokensOf(line);
    const added = tokens && addTo(made, [...needs(tokens, made), tokens], file);
    if (!added) {
      dropped.push(command);
      continue;
    }
    made = added.made;
    for (const [at, step] of added.steps.entries()) {
      const asked = at === added.steps.length - 1;
      const read = asked && expect ? { ...step.read, expect } : step.read;
      kept.push({ ...step, read, output: asked ? output : "" });
    }
  }
  const names = [...made.containers, ...made.networks, ...made.volumes, ...made.built];
  const rename = (text: string) =>
    names.reduce(
      (line, name) => line.replace(new RegExp(`(^|[\\s=:@/,'"])${name}(?=$|[\\s:/,'"])`, "g"), `$1${PREFIX}${name}`),
      text,
    );
  return {
    trials: kept.map(({ tokens, file, output, read: { expect, image } }) => {
      const fixed = (token: string, at: number) => at === 0 || (at === image && !made.built.includes(token));
      const line = withRemoval(tokens.map((token, at) => (fixed(token, at) ? token : rename(token)))).join(" ");
      return {
        command: file === undefined ? line : `${line} <<'EOF'\n${file}\nEOF`,
        output: rename(output),
        expect,
      };
    }),
    cleanUp: cleanUp(made),
    dropped,
  };
}

interface Step {
  readonly tokens: readonly string[];
  /** What it reads from its standard input. */
  readonly file: string | undefined;
  readonly read: Read;
}

interface Added {
  readonly made: Made;
  readonly steps: readonly Step[];
}

const HERE = " <<'EOF'";
const END = "\nEOF";

/** A command whose input follows it as a here-document. */
function withFile(command: string): { readonly line: string; readonly file: string | undefined } {
  const text = command.trim();
  const end = text.indexOf("\n");
  const first = text.slice(0, end);
  const line = first.slice(0, -HERE.length);
  const reads = line.startsWith("docker ") && / -(?: |$)/.test(line.slice("docker ".length));
  if (end < 0 || !first.endsWith(HERE) || !reads || text.indexOf(END, end + 1) < 0 || !text.endsWith(END))
    return { line: command, file: undefined };
  return { line, file: text.slice(end + 1, -END.length) };
}

/** All of the commands or none of them. */
function addTo(before: Made, commands: readonly (readonly string[])[], input: string | undefined): Added | undefined {
  let made = before;
  const steps: Added["steps"][number][] = [];
  for (const [at, tokens] of commands.entries()) {
    const file = at === commands.length - 1 ? input : undefined;
    const read = file === undefined ? readCommand(tokens, made) : readPiped(tokens, file, made);
    if (!read) return undefined;
    const { makes } = read;
    made = {
      containers: [...new Set([...made.containers, ...(makes.containers ?? [])])],
      networks: [...new Set([...made.networks, ...(makes.networks ?? [])])],
      volumes: [...new Set([...made.volumes, ...(makes.volumes ?? [])])],
      images: [...new Set([...made.images, ...(makes.images ?? [])])],
      built: [...new Set([...made.built, ...(makes.built ?? [])])],
    };
    steps.push({ tokens, file, read });
  }
  return { made, steps };
}

/** Does it filter by a container or volume that is not there? It would show an empty table. */
function absent(command: string, { containers, volumes }: Made): boolean {
  const filtered = /(?:-f|--filter)[ =](?:name|volume|before|since)=([\w./:-]+)/.exec(command)?.[1];
  return filtered !== undefined && !containers.includes(filtered) && !volumes.includes(filtered);
}

/** Containers first: a network or a volume in use cannot be removed. */
function cleanUp({ containers, networks, volumes, built }: Made): string[] {
  const list = (names: readonly string[]) => names.map((name) => `${PREFIX}${name}`).join(" ");
  return [
    ...(containers.length ? [`docker rm -f -v ${list(containers)}`] : []),
    ...(networks.length ? [`docker network rm ${list(networks)}`] : []),
    ...(volumes.length ? [`docker volume rm ${list(volumes)}`] : []),
    ...(built.length ? [`docker image rm ${list(built)}`] : []),
  ];
}

/** Words of one simple command; undefined where a shell would do more than start it. */
function tokensOf(command: string): readonly string[] | undefined {
  const line = command.replace(/\\\n\s*/g, "");
  const bare = line.replace(/'[^']*'/g, "").replace(/"[^"$`\\]*"/g, "");
  const tokens = line.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g);
  return /[|<>;&`$()'"*?#\\]/.test(bare) || !tokens ? undefined : tokens;
}

/** What must be there first: an example's usual container, an image that is looked at. */
function needs(tokens: readonly string[], made: Made): readonly (readonly string[])[] {
  const text = tokens.join(" ");
  const { name, image } = STAND_IN;
  if (/^docker (?:exec|logs|top|port|diff|inspect|stats|stop|start|restart|pause|unpause)\b/.test(text))
    return tokens.includes(name) && !made.containers.includes(name)
      ? [["docker", "run", "-d", "--name", name, image]]
      : [];
  const looked = /^docker (?:image inspect|history)\b/.test(text) ? tokens.find(official) : undefined;
  return looked && !made.images.includes(looked) ? [["docker", "pull", looked]] : [];
}

/** A trial in the foreground leaves no container behind. */
const withRemoval = (tokens: readonly string[]): readonly string[] =>
  tokens[1] === "run" && !tokens.some((token) => /^(?:-d|--detach|--rm|--name)\b/.test(token))
    ? ["docker", "run", "--rm", ...tokens.slice(2)]
    : tokens;
