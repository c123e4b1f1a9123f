/** Words of a text as the index knows them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clean, distance, key, stem, terms, words } from "../../src/library/words.ts";

const alike = (a: string, b: string) => expect(terms(a)).toEqual(terms(b));

describe("identifiers", () => {
  test.each([
    ["--rm", "docker run --rm alpine"],
    ["--restart", "set --restart=always"],
    ["-p", "what is -p for"],
    ["docker-compose.yml", "write a docker-compose.yml file"],
    ["depends_on", "is depends_on enough?"],
    ["/var/run/docker.sock".slice(1), "mount /var/run/docker.sock"],
    ["nginx:1.27", "pull nginx:1.27"],
    ["cmd", "CMD or ENTRYPOINT"],
  ])("%s stays whole in %j", (identifier, text) => {
    expect(terms(text)).toContain(identifier);
  });

  test("are also found by their parts", () => {
    expect(terms("docker-compose.yml")).toEqual(expect.arrayContaining(terms("compose yml")));
    expect(terms("multi-stage build")).toEqual(terms("multi stage build"));
  });

  test("a flag is never a word and a word never a flag", () => {
    expect(terms("--build")).not.toContain(stem("build"));
    expect(terms("build")).not.toContain("--build");
  });
});

describe("one word in two spellings is one term", () => {
  test.each([
    ["virtualise", "virtualize"],
    ["virtualisation", "virtualization"],
    ["containerised", "containerized"],
    ["colour", "color"],
    ["behaviours", "behaviors"],
    ["centre", "center"],
    ["licence", "license"],
  ])("%s and %s", alike);

  test.each([
    ["images", "image"],
    ["containers", "container"],
    ["registries", "registry"],
    ["building", "build"],
    ["Docker's", "docker"],
    ["DOCKER", "docker"],
  ])("%s and %s", alike);

  test("but different words stay different", () => {
    expect(terms("size")).not.toEqual(terms("site"));
    expect(terms("volume")).not.toEqual(terms("value"));
  });
});

describe("stop words", () => {
  test("carry no term", () => {
    expect(terms("what is the of and a")).toEqual([]);
    expect(terms("I don't, it's, we're")).toEqual([]);
  });

  test("words of asking are marked, words of the subject are not", () => {
    const found = words("explain the difference between a volume and a mount");
    expect(found.filter((word) => word.asking).map((word) => word.raw)).toEqual(["explain", "difference", "between"]);
    expect(found.filter((word) => !word.asking && !word.stop).map((word) => word.raw)).toEqual(["volume", "mount"]);
  });
});

describe("text from anywhere", () => {
  test("loses controls, directions, invisible and stacked characters, and keeps its letters", () => {
    expect(clean("v\u200bo\u00adl\u202eu\ufeffme")).toBe("volume");
    expect(clean("a\u0000b\tc")).toBe("a b c");
    expect(clean("v̴̢̛o̵͘l̷̕u̸m̶e̵")).toBe("volume");
    expect(clean("ﬁle")).toBe("file");
  });

  const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
  test("never throws and gives no empty term", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyUnit }), (text) => {
        expect(terms(text).every((term) => term.length > 0)).toBe(true);
      }),
    );
  });

  test("has one key for every spelling of a name", () => {
    expect(new Set(["Docker-Compose", "docker compose", "Docker  Compose", "docker_compose"].map(key)).size).toBe(1);
    expect(key("bind mounts")).toBe(key("Bind Mount"));
    expect(key("stateful")).not.toBe(key("state"));
  });
});

describe("the distance between two words", () => {
  test.each([
    ["volume", "volume", 0],
    ["volume", "volumes", 1],
    ["volume", "volme", 1],
    ["volume", "valume", 1],
    ["volume", "vloume", 1],
    ["comapre", "compare", 1],
    ["kitten", "sitting", 3],
    ["", "abc", 3],
  ])("%j to %j is %i", (a, b, edits) => {
    expect(distance(a, b, 5)).toBe(edits);
  });

  test("is given up just past the limit", () => {
    expect(distance("kitten", "sitting", 2)).toBe(3);
    expect(distance("a", "abcdefgh", 2)).toBe(3);
    expect(distance("x".repeat(40_000), "y".repeat(10), 2)).toBe(3);
  });

  const near = fc.tuple(
    fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 }),
    fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 }),
    fc.integer({ min: 0, max: 9 }),
  );

  test("is the same both ways", () => {
    fc.assert(
      fc.property(near, ([a, b]) => {
        expect(distance(a, b, 20)).toBe(distance(b, a, 20));
      }),
    );
  });

  test("is nothing for equal words only, and a limit never changes what is within it", () => {
    fc.assert(
      fc.property(near, ([a, b, limit]) => {
        const full = distance(a, b, 20);
        expect(full === 0).toBe(a === b);
        expect(Math.min(distance(a, b, limit), limit + 1)).toBe(Math.min(full, limit + 1));
      }),
    );
  });

  test("of a word to itself with two neighbours swapped is one", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{2,10}$/), fc.nat(), (word, where) => {
        const i = where % (word.length - 1);
        const swapped = word.slice(0, i) + (word[i + 1] ?? "") + (word[i] ?? "") + word.slice(i + 2);
        expect(distance(word, swapped, 3)).toBe(swapped === word ? 0 : 1);
      }),
    );
  });
});
