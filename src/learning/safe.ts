/** Which Docker commands are safe to try, what they make and what they show. A list of what is allowed, never of what is not. */
import { type Made, official, ownName, type Read } from "./made.ts";
import { readRun } from "./run.ts";

/** Programs that every image of the list has, or the one it is for. */
const PRESENT = "cat ls touch grep hostname id env printenv echo whoami date df getent nginx redis-cli psql pg_isready";

const shows = (expect: string, makes: Partial<Made> = {}): Read => ({ expect, makes, image: -1 });

/** Undefined unless the command is known to be safe after what was made before. */
export function readCommand(tokens: readonly string[], made: Made): Read | undefined {
  const [program, verb = "", ...rest] = tokens;
  if (program !== "docker") return undefined;
  const names = rest.filter((each) => !each.startsWith("-"));
  const [first = ""] = names;
  const last = names.at(-1) ?? "";
  const known = (name: string) => made.containers.includes(name);
  const image = (name: string) => official(name) || made.built.includes(name);
  const short = (each: string) => /^-[a-z]+$/.test(each) && /[it]/.test(each);
  const open = rest.some((each) => /^(?:-f|--follow|--interactive|--tty)$/.test(each) || short(each));
  switch (verb) {
    case "run":
      return readRun(tokens, made);
    case "ps":
      return shows("a table with one row for each container");
    case "images":
      return names.every((each) => image(each) || each.includes("="))
        ? shows("a table of the images on this machine")
        : undefined;
    case "version":
      return shows("the versions of client and server");
    case "info":
      return shows("facts about the engine");
    case "search":
      return shows("a table of images on Docker Hub");
    case "pull":
      return official(last) ? shows("one line for each layer, then its digest", { images: [last] }) : undefined;
    case "logs":
      return !open && known(last) ? shows("what its program has printed") : undefined;
    case "top":
      return known(first) ? shows("a table of the processes in it") : undefined;
    case "port":
      return known(first) ? shows("its published ports") : undefined;
    case "diff":
      return known(first) ? shows("files added (A), changed (C) or deleted (D) since it started") : undefined;
    case "inspect":
      // Only some containers have a health, and asking the others is an error.
      return names.some(known) && !rest.some((each) => each.includes(".State.Health"))
        ? shows("the value, or all settings as JSON")
        : undefined;
    case "stats":
      return rest.includes("--no-stream") && names.every(known)
        ? shows("one row with its use of CPU and memory")
        : undefined;
    case "stop":
    case "start":
    case "restart":
    case "pause":
    case "unpause":
    case "kill":
      return !open && names.length && names.every((each) => known(each) || /^\d+$/.test(each))
        ? shows("its name again, once it is done")
        : undefined;
    case "rm":
      return names.length && names.every(known) ? shows("its name again: it is gone") : undefined;
    case "exec":
      return !open && known(first) && starts(rest.slice(rest.indexOf(first) + 1))
        ? shows("what the command prints inside the container")
        : undefined;
    case "history":
      return names.some(image) ? shows("one row for each step that made the image, newest first") : undefined;
    default:
      return readGroup(verb, rest, made);
  }
}

/** A program that is there and ends; a shell only with what it is to do. */
const starts = ([program = "", flag]: readonly string[]): boolean =>
  PRESENT.split(" ").includes(program) || (program === "sh" && flag === "-c");

/** `docker image inspect`, `docker volume create` and the like. */
function readGroup(verb: string, [sub = "", ...rest]: readonly string[], made: Made): Read | undefined {
  const name = rest.at(-1) ?? "";
  switch (`${verb} ${sub}`) {
    case "system df":
      return shows("a table of what images, containers and volumes take up");
    case "image ls":
      return rest.every((each) => each.startsWith("-") || official(each))
        ? shows("a table of the images on this machine")
        : undefined;
    case "image inspect":
      return rest.some((each) => official(each) || made.built.includes(each))
        ? shows("the value, or all settings as JSON")
        : undefined;
    case "context ls":
      return shows("a table of contexts; a star marks the one in use");
    case "context show":
      return shows("the name of the context in use");
    case "buildx du":
      return shows("the build cache, one row a record, and its size");
    case "plugin ls":
      return shows("a table of the engine's plugins");
    case "buildx ls":
      return shows("a table of builders and their platforms");
    case "buildx imagetools":
      return rest[0] === "inspect" && official(name) ? shows("the image's digest and its platforms") : undefined;
    case "network ls":
      return shows("a table of networks");
    case "volume ls":
      return shows("a table of volumes");
    case "network create":
      // Drivers and options reach further than a trial should; a plain one is enough.
      return ownName(name) && rest.length === 1 ? shows("the new network's id", { networks: [name] }) : undefined;
    case "volume create":
      return ownName(name) && rest.length === 1 ? shows("the new volume's name", { volumes: [name] }) : undefined;
    case "network inspect":
      return made.networks.includes(name) ? shows("its settings as JSON") : undefined;
    case "volume inspect":
      return made.volumes.includes(name) ? shows("its settings as JSON") : undefined;
    case "network connect":
      return rest.length === 2 && made.networks.includes(rest[0] ?? "") && made.containers.includes(name)
        ? shows("nothing: no news is good news")
        : undefined;
    default:
      return undefined;
  }
}
