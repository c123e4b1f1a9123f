/** What a lesson tells people to run: safe, under its own names, and cleaned up. */
import { describe, expect, test } from "vitest";
import { lessonOn } from "../../src/learning/lesson.ts";
import { readConsole, sandbox } from "../../src/learning/sandbox.ts";
import { library } from "../support/tutor.ts";

const of = (...commands: readonly string[]) => sandbox(commands.map((command) => ({ command, output: "" })));
const run = (...commands: readonly string[]) => of(...commands).trials.map((trial) => trial.command);

describe("a command is left out that", () => {
  test.each([
    ["takes all rights", "docker run --rm --privileged alpine id"],
    ["reaches the host's files", "docker run --rm -v /etc:/x alpine ls /x"],
    ["reaches a folder here", "docker run --rm -v ./data:/x alpine ls /x"],
    ["mounts the socket", "docker run --rm --mount type=bind,src=/var/run/docker.sock,dst=/s alpine ls"],
    ["joins the host's processes", "docker run --rm --pid host alpine cat /proc/1/comm"],
    ["adds a capability", "docker run --rm --cap-add SYS_ADMIN alpine id"],
    ["runs somebody's image", "docker run --rm example/tool id"],
    ["runs a look-alike", "docker run --rm evil/alpine id"],
    ["deletes what is not its own", "docker rm -f db"],
    ["prunes", "docker system prune -a"],
    ["removes a volume", "docker volume rm pgdata"],
    ["asks for root", "sudo docker ps"],
    ["pipes", "docker ps -q | xargs docker rm"],
    ["chains", "docker ps && rm -rf /"],
    ["substitutes", "docker rm $(docker ps -aq)"],
    ["substitutes in quotes", 'docker run --rm alpine echo "$(id)"'],
    ["redirects", "docker ps > /etc/motd"],
    ["waits for ever", "docker run --rm nginx"],
    ["waits for input", "docker run -it --rm alpine sh"],
    ["follows", "docker logs -f web"],
    ["leaves something without a name", "docker run -d nginx"],
    ["is no docker", "rm -rf /tmp/x"],
    ["opens a shell inside", "docker exec web sh"],
    ["joins somebody's network", "docker run --rm --network container:db alpine ip addr"],
    ["loosens a profile", "docker run --rm --security-opt seccomp=unconfined alpine id"],
    ["builds without a name", "docker build -q - <<'EOF'\nFROM alpine\nEOF"],
    ["builds from somebody's image", "docker build -t x - <<'EOF'\nFROM evil/alpine\nEOF"],
    ["copies from somebody's image", "docker build -t x - <<'EOF'\nFROM alpine\nCOPY --from=evil/x /a /b\nEOF"],
    ["builds a folder of the host", "docker build -t x ."],
    ["loads from afar", "docker build -t x - <<'EOF'\nFROM alpine\nADD https://example.com/x /x\nEOF"],
    ["takes another frontend", "docker build -t x - <<'EOF'\n# syntax=evil/frontend\nFROM alpine\nEOF"],
    ["builds with the host's network", "docker build -t x - <<'EOF'\nFROM alpine\nRUN --network=host id\nEOF"],
    ["starts a Compose file", "docker compose -f - up -d <<'EOF'\nservices: {}\nEOF"],
    ["reads other files", "docker compose -f - config <<'EOF'\ninclude: [/etc/x.yaml]\nEOF"],
  ])("%s", (_, command) => expect(run(command)).toEqual([]));
});

test("names are the lesson's own, in commands, options and output alike, and all are cleaned up", () => {
  const { trials, cleanUp } = sandbox([
    { command: "docker network create shop", output: "" },
    { command: "docker run -d --name cache --network shop -v cachedata:/data redis:8", output: "" },
    { command: "docker run --rm --network shop redis:8 \\\n    redis-cli -h cache ping", output: "PONG from cache" },
  ]);
  expect(trials.map((trial) => trial.command)).toEqual([
    "docker network create try-shop",
    "docker run -d --name try-cache --network try-shop -v try-cachedata:/data redis:8",
    "docker run --rm --network try-shop redis:8 redis-cli -h try-cache ping",
  ]);
  expect(trials.at(-1)?.output).toBe("PONG from try-cache");
  expect(cleanUp).toEqual([
    "docker rm -f -v try-cache",
    "docker network rm try-shop",
    "docker volume rm try-cachedata",
  ]);
});

test("the usual example container and an image that is looked at are brought first", () => {
  expect(run("docker exec web env")).toEqual(["docker run -d --name try-web nginx", "docker exec try-web env"]);
  expect(run("docker history nginx")).toEqual(["docker pull nginx", "docker history nginx"]);
});

test("a container in the foreground is removed by itself", () => {
  expect(run("docker run alpine uname -r")).toEqual(["docker run --rm alpine uname -r"]);
});

test("an image that is built is run by the lesson's own name and removed; what it is built from stays as written", () => {
  const file = "FROM alpine\nCMD echo hello";
  const { trials, cleanUp } = of(`docker build -q -t hello - <<'EOF'\n${file}\nEOF`, "docker run --rm hello");
  expect(trials.map((trial) => trial.command)).toEqual([
    `docker build -q -t try-hello - <<'EOF'\n${file}\nEOF`,
    "docker run --rm try-hello",
  ]);
  expect(cleanUp).toEqual(["docker image rm try-hello"]);
});

test("a console block is read with continued lines and output", () => {
  expect(readConsole("$ docker run \\\n  alpine id\nuid=0\n$ docker ps")).toEqual([
    { command: "docker run \\\n  alpine id", output: "uid=0" },
    { command: "docker ps", output: "" },
  ]);
});

describe("over all pages", () => {
  const lessons = library()
    .pages.filter((page) => page.kind === "concept")
    .map((page) => lessonOn(page, library()));

  test("each concept has a lesson: hook, three ideas, something to try, two checks", () => {
    for (const made of lessons)
      expect(made?.steps.map((step) => (step.kind === "think" ? "try" : step.kind))).toEqual([
        "hook",
        "idea",
        "idea",
        "idea",
        "try",
        "check",
        "check",
      ]);
  });

  test("what a page gives to try is safe, whole and explained", () => {
    const given = library().pages.flatMap(({ path, trials }) => (trials ? [{ path, trials }] : []));
    expect(given.length).toBeGreaterThanOrEqual(60);
    for (const { path, trials } of given) {
      const made = sandbox(trials.map((one) => ({ output: "", ...one })));
      expect(made.dropped, path).toEqual([]);
      expect(made.trials, path).toHaveLength(trials.length);
    }
  });

  test("what is to be tried touches nothing that the lesson did not make", () => {
    const trials = lessons.flatMap(
      (made) => made?.steps.flatMap((step) => (step.kind === "try" ? [step.sandbox] : [])) ?? [],
    );
    expect(trials.length).toBeGreaterThan(105);
    for (const { trials: list, cleanUp } of trials) {
      for (const { command, expect: see } of list) {
        expect(command).toMatch(/^docker /);
        expect(command).not.toMatch(
          /privileged|docker\.sock|prune|--pid|sudo|-v \/|-v \.|rmi|\bsystem (?!df)|login|push/,
        );
        expect(see).not.toBe("");
        const name = /--name[ =](\S+)/.exec(command)?.[1];
        if (name) {
          expect(name).toMatch(/^try-/);
          expect(cleanUp.join("\n")).toContain(name);
        }
      }
    }
  });
});
