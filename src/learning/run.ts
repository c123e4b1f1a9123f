/** `docker run` with its flags: safe only if each of them is. */
import { type Made, official, ownName, type Read } from "./made.ts";

/** Flags that stand alone, and flags whose value needs no look. */
const ALONE = /^(?:-d|--detach|--rm|--init|--read-only)$/;
const VALUED =
  /^(?:-p|--publish|-e|--env|-w|--workdir|-u|--user|-m|--memory|--memory-swap|--cpus|--pids-limit|--cap-drop|--hostname|--platform|--label|-l|--entrypoint|--tmpfs|--network-alias|--stop-timeout|--restart|--health-(?:cmd|interval|timeout|retries|start-period)|--log-opt)$/;

interface Flags {
  readonly name: string;
  readonly detached: boolean;
  readonly volumes: readonly string[];
  /** Position of the image. */
  readonly image: number;
}

/** Undefined unless it starts an official image that ends by itself or can be removed by its name. */
export function readRun(tokens: readonly string[], made: Made): Read | undefined {
  const flags = readFlags(tokens, made);
  if (!flags) return undefined;
  const { name, detached, volumes, image: at } = flags;
  const image = tokens[at] ?? "";
  const program = tokens.slice(at + 1);
  const own = made.built.includes(image);
  if ((!official(image) && !own) || (name && !ownName(name)) || (detached && !name)) return undefined;
  // In the foreground a server would stay, and a shell would wait for input.
  const waits = /^(?:ba|a)?sh$/.test(program.at(-1) ?? "") || program[0] === "sleep";
  const ends = own || image.startsWith("hello-world") || (program.length > 0 && !waits);
  if (!detached && !ends) return undefined;
  // Its server refuses to start without one.
  if (image.startsWith("postgres") && !program.length && !tokens.some((each) => each.startsWith("POSTGRES_")))
    return undefined;
  return {
    image: at,
    makes: { containers: name ? [name] : [], volumes, images: own ? [] : [image] },
    expect: detached
      ? "a long id: the new container runs in the background"
      : "what the program prints; the container then ends",
  };
}

function readFlags(tokens: readonly string[], made: Made): Flags | undefined {
  let name = "";
  let detached = false;
  const volumes: string[] = [];
  let at = 2;
  for (; tokens[at]?.startsWith("-"); at++) {
    const [flag = "", joined] = (tokens[at] ?? "").split(/=(.*)/s);
    if (ALONE.test(flag)) {
      detached ||= flag === "-d" || flag === "--detach";
      continue;
    }
    if (joined === undefined) at += 1;
    const value = joined ?? tokens[at] ?? "";
    if (flag === "--name") name = value;
    else if (flag === "--network") {
      const joins = made.containers.some((each) => value === `container:${each}`);
      if (!joins && !made.networks.includes(value) && value !== "none" && value !== "bridge") return undefined;
    } else if (flag === "--security-opt") {
      if (value !== "no-new-privileges") return undefined;
    } else if (/^(?:-v|--volume|--mount)$/.test(flag)) {
      if (flag === "--mount" && /^type=tmpfs,/.test(value)) continue;
      const volume = volumeOf(value);
      if (!volume) return undefined;
      volumes.push(volume);
    } else if (!VALUED.test(flag)) return undefined;
  }
  return { name, detached, volumes, image: at };
}

/** The named volume that is mounted; undefined for a path of the host. */
const volumeOf = (value: string): string | undefined =>
  (/^([a-z][\w-]*):\/[^:]+(?::ro)?$/.exec(value) ??
    /^type=volume,(?:src|source)=([a-z][\w-]*),(?:dst|target)=\/[^,]+(?:,readonly)?$/.exec(value))?.[1];
