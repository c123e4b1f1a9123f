/** Conversations as learners have them, through the whole tutor: the facts of each answer, not its wording. */
import { describe, test } from "vitest";
import { dialogue } from "../support/tutor.ts";

const SOURCE = /^Source: \S/m;

describe("a learner", () => {
  test("meets containers, doubts, and asks on", () =>
    dialogue([
      ["hi", /containers, microservices (?:or|and) Docker/],
      ["what's a container?", /process/, /kernel/, SOURCE],
      ["so it's just a small VM?", /kernel/, /(?:hardware|machine)/, SOURCE],
      ["what is a namespace", /process/, /isolat|own|hidden|invisible|sees?/, SOURCE],
      ["and cgroups?", /memory/, /limit/, SOURCE],
      ["thanks, that helped", /welcome/],
    ]));

  test("compares, and asks for what cannot be compared", () =>
    dialogue([
      ["compare vm container", /\| Virtual machine \| Container \|/, /kernel/i, /seconds/, /[Ii]solation/, SOURCE],
      ["what's the difference between an image and a container?", /\| .*[Ii]mage.* \| Container \|/, SOURCE],
      ["CMD vs ENTRYPOINT", /\| CMD \| ENTRYPOINT \|/, SOURCE],
      ["compare docker \u201cpodmn\u201d", /\| Docker \| Podman \|/, /daemon/],
      ["vm vs container vs kubernetes", /two/, /Kubernetes/],
      ["compare vm virtual machine", /same/],
      ["compare container flurbium", /flurbium/],
      ["compare container", /second|with what/],
    ]));

  test("works with volumes and never repeats the word", () =>
    dialogue([
      ["what is a volume?", /container/, /(?:surviv|stays|outside|persist)/, SOURCE],
      ["how do I create one?", /docker volume create|-v \w+:|--mount/, SOURCE],
      ["and how do I delete it?", /docker volume (?:rm|prune)/, SOURCE],
      ["compare it with a bind mount", /bind mount/i, /host/],
    ]));

  test("asks for what does not exist", () =>
    dialogue([
      ["how do I set --restart=sometimes", /no `?sometimes/, /unless-stopped/, /on-failure/],
      ["what does docker fly do?", /no `?docker fly/],
      ["ok, and what does unless-stopped mean?", /restart/i, /stopped/, SOURCE],
    ]));

  test("writes a Dockerfile and wonders at its size", () =>
    dialogue([
      ["what is a dockerfile", /instructions/, /image/, SOURCE],
      ["COPY or ADD?", /tar|archive/, /URL/],
      ["how do I make my image smaller?", /multi-stage|slim|alpine/i, SOURCE],
      ["how do i get a shell inside a running container", /docker exec -?-?\w* ?-?\w*/, /\b(?:sh|bash)\b/, SOURCE],
    ]));

  test("asks about microservices and their price", () =>
    dialogue([
      ["what are microservices", /deploy/, SOURCE],
      ["and what are their drawbacks?", /network|latency/i, /data|consisten|transaction/i, SOURCE],
      ["how do containers make them possible?", /cheap|easy|practical|possible/, /deploy|packag|ship/i, SOURCE],
      ["monolith vs microservices", /\| Monolith \| Microservices? \|/, SOURCE],
    ]));

  test("strays from the subject and comes back", () =>
    dialogue([
      ["what's the best SQL index for a date column?", /guess|don't (?:know|have)/, /can help with/],
      ["who won the world cup in 2018", /guess|don't (?:know|have)/],
      ["tell me a joke", /container/],
      ["ok, what can you do?", /tutor/],
      ["help", /compare <a> <b>/, /read <page>/, /own words/],
      ["help compare", /vm vs container/],
      ["/halp", /no command "halp"/, /help/],
      ["what is docker hub?", /registry|images/, SOURCE],
    ]));

  test("hits errors, and reads a whole page at last", () =>
    dialogue([
      ["exit code 137", /SIGKILL|128 \+ 9/, /memory/, SOURCE],
      [
        "permission denied while trying to connect to the docker daemon socket",
        /docker\.sock|group/,
        /usermod|sudo|rootless/,
        SOURCE,
      ],
      ["read bind mount", /^Bind mount \(1 of (\d)\)/, /host/, SOURCE],
      ["read the page about volumes", /^Volume/],
    ]));
});
