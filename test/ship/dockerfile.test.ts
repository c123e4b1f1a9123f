/** The image's recipe keeps what it teaches. What only a real build can show is checked where there is an engine. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const text = readFileSync(join(ROOT, "Dockerfile"), "utf8");

interface Stage {
  readonly name: string;
  readonly from: string;
  readonly lines: readonly string[];
}

/** Stages by their FROM, instructions whole, without comments. */
const stages: Stage[] = text
  .replace(/^#.*\n/gm, "")
  .replace(/\\\n\s*/g, "")
  .split(/^(?=FROM )/m)
  .slice(1)
  .map((part) => {
    const [from = "", ...lines] = part.split("\n").filter(Boolean);
    return { name: / AS (\S+)$/.exec(from)?.[1] ?? "", from, lines };
  });
const stage = (name: string) => stages.find((each) => each.name === name) ?? { name, from: "", lines: [] };
const final = ["distroless", "runtime"].map(stage);

describe("Dockerfile", () => {
  test("ends with the usual image, so that it is the default", () => {
    expect(stages.map(({ name }) => name)).toEqual(["deps", "build", "distroless", "runtime"]);
    expect(text.startsWith("# syntax=docker/dockerfile:1\n")).toBe(true);
    expect(text.match(/NODE_VERSION=\S+/g)).toEqual(["NODE_VERSION=26"]);
    // `latest` is whatever it is on the day.
    expect(
      stages.filter(({ from }) => !/:\$\{NODE_VERSION\}-slim|nodejs\$\{NODE_VERSION\}-debian13:nonroot/.test(from)),
    ).toEqual([]);
  });

  test("builds on the builder's own platform, and executes nothing on the target's", () => {
    for (const name of ["deps", "build"]) expect(stage(name).from).toContain("--platform=$BUILDPLATFORM");
    for (const { from, lines } of final) {
      expect(from).not.toContain("--platform");
      expect(lines.filter((line) => line.startsWith("RUN"))).toEqual([]);
    }
  });

  test("takes the lockfile before the source, and exactly what it names", () => {
    for (const name of ["deps", "build"]) {
      const { lines } = stage(name);
      const install = lines.findIndex((line) => line.includes("npm ci"));
      expect(lines[install]).toMatch(/--mount=type=cache,target=\/root\/\.npm .*--ignore-scripts/);
      expect(lines.slice(0, install).filter((line) => line.startsWith("COPY"))).toEqual([
        "COPY package.json package-lock.json ./",
      ]);
    }
    expect(stage("deps").lines.join("\n")).toContain("--omit=dev");
    expect(text).not.toMatch(/npm (?:install|i) |curl|wget|ADD /);
  });

  test.each(final)("$name is not root, may write to /data alone, and is at most six layers", ({ lines }) => {
    const user = lines.find((line) => line.startsWith("USER"))?.slice(5) ?? "";
    expect(user).toMatch(/^[1-9]\d+:[1-9]\d+$/);
    const copies = lines.filter((line) => line.startsWith("COPY"));
    expect(copies.filter((line) => line.includes("--chown"))).toEqual([
      `COPY --from=build --chown=${user} /data /data`,
    ]);
    expect(lines.filter((line) => /^(?:COPY|WORKDIR|RUN|ADD)/.test(line)).length).toBeLessThanOrEqual(6);
    expect(lines.filter((line) => line.startsWith("VOLUME"))).toEqual([]);
  });

  test.each(final)("$name starts node itself, and its health check too", ({ lines }) => {
    const cmd = JSON.parse(lines.find((line) => line.startsWith("CMD"))?.slice(4) ?? "null") as string[];
    expect(cmd.slice(-2)).toEqual(["bin/tutor.mjs", "start"]);
    expect(cmd).not.toContain("npm");
    const check = lines.find((line) => line.startsWith("HEALTHCHECK")) ?? "";
    expect(check).toMatch(/--interval=30s --timeout=3s --start-period=20s --start-interval=1s\s+CMD \["/);
    expect(check).toContain('"src/ops/health.js"]');
    // Copied into the image by the build, from this source.
    expect(readFileSync(join(ROOT, "src/ops/health.ts"), "utf8")).not.toMatch(/from "(?!node:)/);
  });

  test("both variants differ in nothing but their base, user and node's path", () => {
    const same = ({ lines }: Stage) =>
      lines
        .map((line) => line.replace(/65532|1000/g, "UID").replace(/"(?:\/nodejs\/bin\/)?node", |(?<=CMD \[)/, ""))
        .join("\n");
    expect(same(stage("distroless")).replaceAll('"node", ', "")).toBe(
      same(stage("runtime")).replaceAll('"node", ', ""),
    );
  });

  test("holds no secret, and labels last", () => {
    expect(text).not.toMatch(/(?:ARG|ENV) \S*(?:TOKEN|SECRET|PASSWORD|KEY)/);
    for (const { lines } of final) expect(lines.at(-1)).toMatch(/^LABEL org\.opencontainers\.image\.title=/);
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
    for (const { lines } of final) expect(lines).toContain(`ARG VERSION=${version}`);
  });

  test(".dockerignore lets in only what is named, and all that the build needs", () => {
    const lines = readFileSync(join(ROOT, ".dockerignore"), "utf8")
      .split("\n")
      .filter((line) => line && !line.startsWith("#"));
    expect(lines[0]).toBe("*");
    expect(lines.slice(1).every((line) => line.startsWith("!"))).toBe(true);
    const { include } = JSON.parse(readFileSync(join(ROOT, "tsconfig.build.json"), "utf8")) as { include: string[] };
    for (const part of [...include, "knowledge", "package-lock.json"]) expect(lines).toContain(`!${part}`);
    expect(lines.filter((line) => /env|secret|\.git|test|node_modules|data/i.test(line))).toEqual([]);
  });
});
