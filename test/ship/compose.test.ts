/** compose.yaml: one service by default, hardened, and nothing in it that the code does not know. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { VARIABLES } from "../../src/config.ts";

const ROOT = join(import.meta.dirname, "../..");

interface Service {
  readonly image: string;
  readonly profiles?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly (string | { readonly target: string; readonly read_only?: boolean })[];
  readonly [key: string]: unknown;
}

const { services, volumes, ...rest } = parse(readFileSync(join(ROOT, "compose.yaml"), "utf8"), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const tutors = Object.entries(services).filter(([, { image }]) => image.startsWith("container-tutor:"));

describe("compose.yaml", () => {
  test("starts the tutor alone, unless more is asked for", () => {
    expect(Object.keys(services).filter((name) => !services[name]?.profiles)).toEqual(["tutor"]);
    expect(services.tutor?.ports).toBeUndefined();
    expect(Object.keys(volumes)).toEqual(["data", "postgres"]);
    expect(rest).not.toHaveProperty("version");
  });

  test.each(tutors)("%s is given nothing that it does not need", (_, service) => {
    expect(service).toMatchObject({
      read_only: true,
      init: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      pids_limit: 256,
      mem_limit: "256m",
      restart: "unless-stopped",
      stop_grace_period: "15s",
    });
    expect(service).not.toHaveProperty("privileged");
    expect(service).not.toHaveProperty("user");
    const secrets = service.volumes?.find((each) => typeof each === "object" && each.target === "/run/secrets");
    expect(secrets).toMatchObject({ read_only: true });
    // Whatever else it writes to is a volume or lives in memory.
    expect(JSON.stringify([service.volumes, service.tmpfs])).toMatch(/data:\/data|\/data:size/);
  });

  test("sets only variables that there are, and no secret's value", () => {
    for (const [name, { environment }] of tutors)
      for (const variable of Object.keys(environment ?? {}))
        expect(Object.keys(VARIABLES), `${name}: ${variable}`).toContain(variable.replace(/_FILE$/, ""));
    expect(readFileSync(join(ROOT, "compose.yaml"), "utf8")).not.toMatch(/xoxb-(?!\.\.\.)|xapp-(?!\.\.\.)|PASSWORD: /);
  });

  test("has the heap that fits its limit", () => {
    const heap = Number(/max-old-space-size=(\d+)/.exec(readFileSync(join(ROOT, "Dockerfile"), "utf8"))?.[1]);
    expect(heap).toBeLessThanOrEqual(256 * 0.7);
  });

  test("replicas wait for a healthy PostgreSQL, and share no SQLite file", () => {
    for (const name of ["slack", "discord"]) {
      expect(services[name]).toMatchObject({
        profiles: ["scale"],
        depends_on: { postgres: { condition: "service_healthy", required: false } },
      });
      expect(JSON.stringify(services[name]?.volumes)).not.toContain("data:/data");
    }
    expect(services.postgres).toMatchObject({
      profiles: ["scale"],
      healthcheck: { test: ["CMD", "pg_isready", ...Array(4).fill(expect.any(String))] },
    });
  });
});
