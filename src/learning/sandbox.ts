/**
 * Commands of a page that a learner can run as they are, and how to remove every trace: only official images, only what
 * the lesson itself made, under names that cannot be the learner's own. Whatever is not known to be safe is left out.
 */

/** Official images that need no setting; a name here may carry any tag. */
const IMAGES = [
  "alpine",
  "busybox",
  "nginx",
  "redis",
  "httpd",
  "hello-world",
  "postgres",
  "ubuntu",
  "debian",
  "python",
  "node",
  "memcached",
];
const PREFIX = "try-";
/** The page's usual example container, started where a command needs it. */
const STAND_IN = { name: "web", image: "nginx" } as const;

export interface Trial {
  readonly command: string;
  /** As the page shows it. */
  readonly output: string;
  /** What to look for, where the page shows no output. */
  readonly expect: string;
}

export interface Sandbox {
  readonly trials: readonly Trial[];
  readonly cleanUp: readonly string[];
  /** Commands of the page that were left out. */
  readonly dropped: number;
}

interface Made {
  readonly containers: Set<string>;
  readonly networks: Set<string>;
  readonly volumes: Set<string>;
  readonly images: Set<string>;
}

/** Commands with what they print, from the text of a console block. */
export function readConsole(text: string): { command: string; output: string }[] {
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
export function sandbox(commands: readonly { readonly command: string; readonly output: string }[]): Sandbox {
  const made: Made = { containers: new Set(), networks: new Set(), volumes: new Set(), images: new Set() };
  const kept: { tokens: string[]; output: string; expect: string; image: number }[] = [];
  let dropped = 0;
  for (const { command, output } of commands) {
    const tokens = absent(command, made) ? undefined : tokensOf(command);
    const before = tokens ? needs(tokens, made) : [];
    const read = tokens ? readCommand(tokens, made, before) : undefined;
    if (!tokens || !read) {
      dropped += 1;
      continue;
    }
    for (const each of before) {
      const step = readCommand(each, made, []);
      if (step) kept.push({ tokens: each, output: "", ...step });
    }
    const last = readCommand(tokens, made, [], true);
    if (last) kept.push({ tokens: last.image >= 0 ? withRemoval(tokens) : tokens, output, ...last });
  }
  const names = [...made.containers, ...made.networks, ...made.volumes];
  const rename = (text: string) =>
    names.reduce(
      (line, name) => line.replace(new RegExp(`(^|[\\s=:@/,'"])${name}(?=$|[\\s:/,'"])`, "g"), `$1${PREFIX}${name}`),
      text,
    );
  return {
    trials: kept.map(({ tokens, output, expect, image }) => ({
      command: tokens.map((token, at) => (at === image || at === 0 ? token : rename(token))).join(" "),
      output: rename(output),
      expect,
    })),
    cleanUp: cleanUp(made),
    dropped,
  };
}

/** Does it filter by a container or volume that is not there? It would show an empty table. */
function absent(command: string, { containers, volumes }: Made): boolean {
  const filtered = /(?:-f|--filter)[ =](?:name|volume|before|since)=([\w./:-]+)/.exec(command)?.[1];
  return filtered !== undefined && !containers.has(filtered) && !volumes.has(filtered) && filtered !== STAND_IN.name;
}

/** Containers first: a network or a volume in use cannot be removed. */
function cleanUp({ containers, networks, volumes }: Made): string[] {
  const list = (names: ReadonlySet<string>) => [...names].map((name) => `${PREFIX}${name}`).join(" ");
  return [
    ...(containers.size ? [`docker rm -f -v ${list(containers)}`] : []),
    ...(networks.size ? [`docker network rm ${list(networks)}`] : []),
    ...(volumes.size ? [`docker volume rm ${list(volumes)}`] : []),
  ];
}

/** Words of one simple command; undefined where a shell would do more than start it. */
function tokensOf(command: string): string[] | undefined {
  const line = command.replace(/\\\n\s*/g, "");
  const tokens = line.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? [];
  const bare = line.replace(/'[^']*'/g, "").replace(/"[^"$`\\]*"/g, "");
  return /[|<>;&`$()'"*?#\\]/.test(bare) || !tokens.length ? undefined : [...tokens];
}

/** What must be there first: an example's usual container, an image that is looked at. */
function needs(tokens: readonly string[], made: Made): string[][] {
  const text = tokens.join(" ");
  const { name, image } = STAND_IN;
  if (/^docker (?:exec|logs|top|port|diff|inspect|stats|stop|start|restart|pause|unpause)\b/.test(text))
    return tokens.includes(name) && !made.containers.has(name) ? [["docker", "run", "-d", "--name", name, image]] : [];
  const looked = /^docker (?:image inspect|history)\b/.test(text) ? tokens.find(official) : undefined;
  return looked && !made.images.has(looked) ? [["docker", "pull", looked]] : [];
}

const official = (token: string): boolean =>
  /^[a-z-]+(?::[\w.-]+)?$/.test(token) && IMAGES.includes(token.split(":")[0] ?? "");

interface Read {
  readonly expect: string;
  /** Position of the image in a `docker run`, -1 elsewhere. */
  readonly image: number;
}

/** Undefined unless the command is known to be safe; notes what it makes. */
function readCommand(
  tokens: readonly string[],
  made: Made,
  before: readonly (readonly string[])[],
  keep = before.length === 0,
): Read | undefined {
  const [program, verb = "", ...rest] = tokens;
  if (program !== "docker") return undefined;
  if (verb === "run") return readRun(tokens, made, keep);
  const [sub = "", ...others] = rest;
  const known = (name: string) => made.containers.has(name) || before.some((each) => each.includes(name));
  const plain = { image: -1 };
  const names = rest.filter((each) => !each.startsWith("-"));
  const follows = rest.some((each) => /^(?:-f|--follow|-[a-z]*[it][a-z]*|--interactive|--tty)$/.test(each));
  switch (verb) {
    case "ps":
      return { ...plain, expect: "a table with one row for each container" };
    case "images":
      return rest.some((each) => !each.startsWith("-") && !official(each) && !each.includes("="))
        ? undefined
        : { ...plain, expect: "a table of the images on this machine" };
    case "version":
      return { ...plain, expect: "the versions of client and server" };
    case "info":
      return { ...plain, expect: "facts about the engine" };
    case "search":
      return { ...plain, expect: "a table of images on Docker Hub" };
    case "pull":
      return official(names.at(-1) ?? "") && noted(made.images, names.at(-1), keep)
        ? { ...plain, expect: "one line for each layer, then its digest" }
        : undefined;
    case "logs":
      return !follows && known(names.at(-1) ?? "") ? { ...plain, expect: "what its program has printed" } : undefined;
    case "top":
    case "port":
    case "diff":
      return known(names[0] ?? "") ? { ...plain, expect: EXPECT[verb] ?? "" } : undefined;
    case "inspect":
      // Only some containers have a health, and asking the others is an error.
      return names.some(known) && !tokens.some((token) => token.includes(".State.Health"))
        ? { ...plain, expect: "the value, or all settings as JSON" }
        : undefined;
    case "stats":
      return rest.includes("--no-stream") && names.every(known)
        ? { ...plain, expect: "one row with its use of CPU and memory" }
        : undefined;
    case "stop":
    case "start":
    case "restart":
    case "pause":
    case "unpause":
    case "kill":
      return names.length && known(names.at(-1) ?? "")
        ? { ...plain, expect: "its name again, once it is done" }
        : undefined;
    case "rm":
      return names.every(known) && !rest.includes("-v")
        ? { ...plain, expect: "its name again: it is gone" }
        : undefined;
    case "exec":
      return !follows && known(names[0] ?? "") && PRESENT.has(rest[rest.indexOf(names[0] ?? "") + 1] ?? "")
        ? { ...plain, expect: "what the command prints inside the container" }
        : undefined;
    case "system":
      return sub === "df" ? { ...plain, expect: "a table of what images, containers and volumes take up" } : undefined;
    case "history":
      return names.some(official)
        ? { ...plain, expect: "one row for each step that made the image, newest first" }
        : undefined;
    case "image":
      if (sub === "ls") return { ...plain, expect: "a table of the images on this machine" };
      return sub === "inspect" && others.some(official)
        ? { ...plain, expect: "the value, or all settings as JSON" }
        : undefined;
    case "buildx":
      return sub === "ls" || (sub === "imagetools" && others[0] === "inspect" && official(others.at(-1) ?? ""))
        ? {
            ...plain,
            expect: sub === "ls" ? "a table of builders and their platforms" : "the image's digest and its platforms",
          }
        : undefined;
    case "network":
    case "volume":
      return readThing(verb, sub, others, made, keep);
    default:
      return undefined;
  }
}

/** Programs that every image of the list has, or the one it is for. */
const PRESENT = new Set(
  "cat ls touch grep hostname id env printenv echo whoami date df getent nginx redis-cli psql pg_isready".split(" "),
);

const EXPECT: Readonly<Record<string, string>> = {
  top: "a table of the processes in it",
  port: "its published ports",
  diff: "files added (A), changed (C) or deleted (D) since it started",
};

function readThing(
  verb: "network" | "volume",
  sub: string,
  args: readonly string[],
  made: Made,
  keep: boolean,
): Read | undefined {
  const things = verb === "network" ? made.networks : made.volumes;
  const name = args.at(-1) ?? "";
  const own = /^[a-z][\w-]*$/.test(name);
  switch (sub) {
    case "ls":
      return { image: -1, expect: `a table of ${verb}s` };
    case "create":
      // Drivers and options reach other machines; a plain one is enough to try.
      return own && args.length === 1 && noted(things, name, keep)
        ? { image: -1, expect: verb === "network" ? "the new network's id" : "the new volume's name" }
        : undefined;
    case "inspect":
      return things.has(name) ? { image: -1, expect: "its settings as JSON" } : undefined;
    case "connect":
      return args.length === 2 && things.has(args[0] ?? "") && made.containers.has(name)
        ? { image: -1, expect: "nothing: no news is good news" }
        : undefined;
    default:
      return undefined;
  }
}

/** Flags of `docker run` that need a look at their value, and those that stand alone. */
const ALONE = /^(?:-d|--detach|--rm|--init|--read-only)$/;
const VALUED =
  /^(?:--name|-p|--publish|-e|--env|-w|--workdir|-u|--user|-m|--memory|--cpus|--pids-limit|--cap-drop|--hostname|--platform|--label|-l|--entrypoint|--tmpfs|--memory-swap|--network-alias|--stop-timeout)$/;

function readRun(tokens: readonly string[], made: Made, keep: boolean): Read | undefined {
  let at = 2;
  let name = "";
  let detached = false;
  const volumes: string[] = [];
  for (; at < tokens.length && tokens[at]?.startsWith("-"); at++) {
    const [flag = "", joined] = (tokens[at] ?? "").split(/=(.*)/s);
    if (ALONE.test(flag)) {
      detached ||= /^(?:-d|--detach)$/.test(flag);
      continue;
    }
    const value = joined ?? tokens[++at] ?? "";
    if (flag === "--name") name = value;
    else if (flag === "--network") {
      if (!made.networks.has(value) && value !== "none" && value !== "bridge") return undefined;
    } else if (flag === "-v" || flag === "--volume") {
      const volume = /^([a-z][\w-]*):\/[^:]+(?::ro)?$/.exec(value)?.[1];
      if (!volume) return undefined;
      volumes.push(volume);
    } else if (flag === "--mount") {
      const volume = /^type=volume,(?:src|source)=([a-z][\w-]*),(?:dst|target)=\/[^,]+(?:,readonly)?$/.exec(value)?.[1];
      if (!volume && !/^type=tmpfs,/.test(value)) return undefined;
      if (volume) volumes.push(volume);
    } else if (!VALUED.test(flag)) return undefined;
  }
  const image = tokens[at] ?? "";
  const program = tokens.slice(at + 1);
  if (!official(image) || (detached && !/^[a-z][\w-]*$/.test(name))) return undefined;
  // Without a program of its own a server would stay in the foreground, and a shell would wait.
  const ends =
    image.startsWith("hello-world") ||
    (program.length > 0 && !/^(?:ba|a)?sh$/.test(program.at(-1) ?? "") && program[0] !== "sleep");
  if (!detached && !ends) return undefined;
  if (keep) {
    if (name) made.containers.add(name);
    for (const volume of volumes) made.volumes.add(volume);
    made.images.add(image);
  }
  return {
    image: at,
    expect: detached
      ? "a long id: the new container runs in the background"
      : "what the program prints; the container then ends",
  };
}

/** A trial in the foreground leaves no container behind. */
const withRemoval = (tokens: readonly string[]): string[] =>
  tokens[1] === "run" && !tokens.includes("-d") && !tokens.includes("--rm") && !tokens.includes("--name")
    ? ["docker", "run", "--rm", ...tokens.slice(2)]
    : [...tokens];

function noted(set: Set<string>, name: string | undefined, keep: boolean): boolean {
  if (!name) return false;
  if (keep) set.add(name);
  return true;
}
