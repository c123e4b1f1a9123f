/** Names in a text, in the spellings that learners use. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Library } from "../../src/library/library.ts";
import { openLibrary } from "../../src/library/open.ts";
import { commandPage, concept, knowledge } from "../support/folder.ts";
import { keptLog } from "../support/tutor.ts";

let library: Library;
beforeAll(() => {
  const page = (id: string, title: string, ...aliases: string[]) => concept({ id, title, aliases });
  const builtin = knowledge({
    "concepts/vm.md": page("virtual-machine", "Virtual machine", "VM", "virtual machines", "guest"),
    "concepts/container.md": page("container", "Container"),
    "concepts/bind.md": page("bind-mount", "Bind mount", "host mount"),
    "concepts/volume.md": page("volume", "Volume", "named volume"),
    "concepts/kube.md": page("kubernetes", "Kubernetes", "k8s", "kube"),
    "commands/copy.md": commandPage("COPY", "aliases: [COPY instruction]"),
    "commands/add.md": commandPage("ADD"),
    "commands/volume.md": commandPage("VOLUME"),
    "concepts/cow.md": page("copy-on-write", "Copy-on-write", "CoW"),
    "concepts/compose.md": page("compose", "Docker Compose", "compose", "docker-compose"),
    "concepts/file.md": page("compose-file", "Compose file", "docker-compose.yml"),
  });
  library = openLibrary({ builtin, own: [] }, keptLog()).current();
});

const named = (text: string, loose = false) =>
  library.concepts.find(library.concepts.units(text), loose).map((mention) => mention.id);

describe("a name in a sentence", () => {
  test.each([
    ["what is a container", ["container"]],
    ["is a VM slower than containers?", ["virtual-machine", "container"]],
    ["Virtual Machines vs k8s", ["virtual-machine", "kubernetes"]],
    ["does docker-compose need a docker-compose.yml", ["compose", "compose-file"]],
    ["copy on write", ["copy-on-write"]],
    ["a named volume or a host mount", ["volume", "bind-mount"]],
    ["what's for lunch", []],
  ])("is found: %s", (text, ids) => {
    expect(named(text)).toEqual(ids);
  });

  test("is the longest that fits", () => {
    expect(named("the compose file of docker compose")).toEqual(["compose-file", "compose"]);
  });

  test("is found where it stands, in whole words", () => {
    const units = library.concepts.units("so is a bind mount safe");
    expect(library.concepts.find(units)).toMatchObject([{ id: "bind-mount", start: 3, end: 5, repaired: false }]);
  });

  test.each([
    ["contaner", "container"],
    ["continaer", "container"],
    ["kubernetis", "kubernetes"],
    ["volum", "volume"],
    ["virtaul machine", "virtual-machine"],
  ])("is found with a slip: %s", (text, id) => {
    expect(named(`what is a ${text}`)).toEqual([id]);
  });

  test.each([
    ["bindmount", "bind-mount"],
    ["bind-mount", "bind-mount"],
    ["Bind_Mounts", "bind-mount"],
    ["virtualmachine", "virtual-machine"],
    ["dockercompose", "compose"],
  ])("is found joined or split: %s", (text, id) => {
    expect(named(`what is a ${text}`)).toEqual([id]);
    expect(library.concepts.exact(text)).toBe(id);
  });

  test("is not guessed from a short word that is only near", () => {
    expect(named("vim")).toEqual([]);
    expect(named("my cow")).toEqual(["copy-on-write"]);
    expect(named("my cat")).toEqual([]);
  });
});

describe("an instruction that is an ordinary word", () => {
  test("is meant in capitals only", () => {
    expect(named("what does COPY do")).toEqual(["COPY"]);
    expect(named("how do I copy a file")).toEqual([]);
    expect(named("ADD or COPY?")).toEqual(["ADD", "COPY"]);
    expect(named("add a user")).toEqual([]);
  });

  test("is meant in any letters where names are expected", () => {
    expect(named("copy add", true)).toEqual(["COPY", "ADD"]);
    expect(library.concepts.exact("copy")).toBe("COPY");
    expect(library.concepts.exact("copy instruction")).toBe("COPY");
  });
});

describe("a word that is a concept and an instruction", () => {
  test("is the instruction in capitals and the concept otherwise", () => {
    expect(named("VOLUME or volume?")).toEqual(["VOLUME", "volume"]);
    expect(named("volume bind mount", true)).toEqual(["volume", "bind-mount"]);
    expect(["volume", "Volume", "VOLUME"].map(library.concepts.exact)).toEqual(["volume", "volume", "VOLUME"]);
  });
});

describe("a phrase that names nothing", () => {
  test("has the nearest names, best first, and no more than asked for", () => {
    expect(library.concepts.exact("virtual box")).toBeUndefined();
    expect(library.concepts.nearest("virtual box", 3)[0]).toBe("virtual-machine");
    expect(library.concepts.nearest("compose volume", 1)).toHaveLength(1);
    expect(library.concepts.nearest("kuberntes", 2)[0]).toBe("kubernetes");
  });

  test("and has no neighbour either gets none", () => {
    expect(library.concepts.nearest("quantum chromodynamics", 3)).toEqual([]);
    expect(library.concepts.nearest("", 3)).toEqual([]);
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty", "@everyone", "\u0000", "?!"])(
    "may be anything: %j",
    (text) => {
      expect(library.concepts.exact(text)).toBeUndefined();
      expect(named(text)).toEqual([]);
      expect(library.concepts.title(text)).toBe(text);
    },
  );
});

test("completions start with what was typed, then hold it, each title once", async () => {
  expect(await library.index.suggest("bind")).toEqual(["Bind mount"]);
  expect(await library.index.suggest("k8")).toEqual(["Kubernetes"]);
  expect(await library.index.suggest("machine")).toEqual(["Virtual machine"]);
  const some = await library.index.suggest("co");
  expect(some.slice(0, 4)).not.toContain("Virtual machine");
  expect(some).toEqual(expect.arrayContaining(["Container", "Compose file", "Docker Compose"]));
  expect(new Set(some).size).toBe(some.length);
  expect(await library.index.suggest("zzz")).toEqual([]);
});
