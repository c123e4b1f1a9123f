/** Finding sections: exact beats vague, identifiers count, and no message costs more than a long question. */
import { beforeAll, describe, expect, test } from "vitest";
import { understand } from "../../src/answering/question.ts";
import type { Library } from "../../src/library/library.ts";
import { openLibrary } from "../../src/library/open.ts";
import { concept, folder, knowledge } from "../support/folder.ts";
import { keptLog } from "../support/tutor.ts";

let library: Library;
beforeAll(() => {
  const builtin = knowledge({
    "concepts/volume.md": concept({
      id: "volume",
      title: "Volume",
      aliases: ["named volume"],
      body: `A volume is storage that Docker manages.

## Where the data lies
<!-- asks: where are volumes stored on disk | which folder holds a volume -->
The data lies under /var/lib/docker/volumes on the host.

## Removing
A volume goes away with \`docker volume rm\`, and with \`docker run --rm\` where it is anonymous.`,
    }),
    "concepts/bind.md": concept({
      id: "bind-mount",
      title: "Bind mount",
      body: `A bind mount shows a folder of the host inside a container.

## Read only
With \`readonly\` the container cannot write, whatever its permissions. Storage drivers are not involved.

## Permissions
Permissions of the data on the host count; a volume has no such trouble.`,
    }),
    "concepts/compose.md": concept({
      id: "compose-file",
      title: "Compose file",
      body: `A Compose file lists services.

## Order of start
\`depends_on\` starts one service after another; it does not wait until the data is there.

## Names
It is called compose.yaml; docker-compose.yml is the older name. It is normalised.`,
    }),
  });
  const own = folder({
    "registry.md": "# Our registry\n\n## Where it is\nThe registry of our team is registry.example.org, open to all.",
  });
  library = openLibrary({ builtin, own: [own] }, keptLog()).current();
});

const query = (text: string) => understand(text, library).query;
const hits = (text: string) => library.index.search(query(text));
const best = async (text: string) => (await hits(text))[0]?.section;

describe("the best section", () => {
  test.each([
    ["where are volumes stored on disk", "concepts/volume.md#where-the-data-lies"],
    ["which folder holds a volume?", "concepts/volume.md#where-the-data-lies"],
    ["can a bind mount be read only", "concepts/bind.md#read-only"],
    ["how do I remove a volume", "concepts/volume.md#removing"],
    ["order of start of services", "concepts/compose.md#order-of-start"],
    ["where is the registry of our team", "registry.md#where-it-is"],
  ])("for %j is %s", async (text, section) => {
    expect(await best(text)).toBe(section);
  });

  test.each([
    ["what does depends_on do", "concepts/compose.md#order-of-start"],
    ["docker-compose.yml", "concepts/compose.md#names"],
    ["--rm", "concepts/volume.md#removing"],
    ["/var/lib/docker/volumes", "concepts/volume.md#where-the-data-lies"],
    ["registry.example.org", "registry.md#where-it-is"],
  ])("is found through an identifier: %s", async (text, section) => {
    expect(await best(text)).toBe(section);
  });

  test("is found through a slip and through American spelling", async () => {
    expect(await best("permisions of a bind mount")).toBe("concepts/bind.md#permissions");
    expect(await best("is it normalized")).toBe("concepts/compose.md#names");
  });
});

describe("what a hit says of itself", () => {
  test("exact beats vague: the section that has all the words covers more than one that has some", async () => {
    const found = await hits("permissions of the data on the host");
    expect(found[0]?.section).toBe("concepts/bind.md#permissions");
    const [first, ...rest] = found;
    expect(first?.coverage).toBeGreaterThan(0.9);
    for (const other of rest) expect(other.score).toBeLessThanOrEqual(first?.score ?? 0);
  });

  test("coverage is a share, and words that nobody wrote lower it", async () => {
    const full = (await hits("storage drivers"))[0]?.coverage ?? 0;
    const half = (await hits("storage drivers spaceship warp"))[0]?.coverage ?? 0;
    expect(full).toBeLessThanOrEqual(1);
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(full);
  });

  test("the same question has the same answer in the same order", async () => {
    expect(await hits("data on the host")).toEqual(await hits("data on the host"));
  });
});

describe("nothing", () => {
  test.each(["", "   ", "the of and", "🐳🐳", "zzzzqqq", "__proto__", "constructor", "\u0000", "???"])(
    "is found for %j",
    async (text) => {
      expect(await hits(text)).toEqual([]);
    },
  );
});

describe("the work for one message is bounded", () => {
  const long = "volume storage folder host container read only service start names ".repeat(160).slice(0, 10_000);

  test("10,000 characters are understood by their first 600, with a bounded number of terms", async () => {
    const question = understand(long, library);
    expect(long).toHaveLength(10_000);
    expect(question.text.length).toBeLessThanOrEqual(600);
    expect(await hits(long)).toEqual(await hits(long.slice(0, 600)));
  });

  test("2,000 different words are no more than forty terms", () => {
    const words = Array.from({ length: 2000 }, (_, i) => `word${i.toString(36)}x`).join(" ");
    const { terms, extra, order } = query(words);
    expect(terms.size + extra.size).toBeLessThanOrEqual(60);
    expect(order.length).toBeLessThanOrEqual(200);
  });

  test("one word of 40,000 letters is no word, and is not repaired", async () => {
    const endless = "volume".repeat(6667).slice(0, 40_000);
    expect(await hits(endless)).toEqual([]);
    expect(library.vocabulary.repair(endless)).toBeUndefined();
    expect(library.vocabulary.repairName(endless)).toBeUndefined();
    expect(library.concepts.nearest(endless, 3)).toEqual([]);
  });

  test("a question after any number of strange words costs what it cost before", async () => {
    const before = await hits("where are volumes stored");
    for (let i = 0; i < 6000; i++) library.vocabulary.repair(`strange${i.toString(26)}`.replace(/\d/g, "q"));
    expect(await hits("where are volumes stored")).toEqual(before);
  });
});
