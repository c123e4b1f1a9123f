/** compose.yaml: one service by default, hardened, and nothing in it that the code does not know. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
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
/** The keys of the compose specification that this file uses; any other is a slip of the pen. */
const duration = z.string().regex(/^\d+(?:ms|s|m|h)$/);
const bytes = z.string().regex(/^\d+[kmg]$/);
const SERVICE = z.strictObject({
  image: z.string(),
  build: z.string().optional(),
  profiles: z.array(z.string()).optional(),
  restart: z.enum(["no", "always", "on-failure", "unless-stopped"]),
  init: z.boolean().optional(),
  stop_grace_period: duration.optional(),
  read_only: z.boolean().optional(),
  tmpfs: z.array(z.string().startsWith("/")).optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()),
  pids_limit: z.int().optional(),
  mem_limit: bytes,
  env_file: z.array(z.strictObject({ path: z.string(), required: z.boolean() })).optional(),
  environment: z.record(z.string(), z.string()),
  logging: z.strictObject({ driver: z.string(), options: z.record(z.string(), z.string()) }).optional(),
  deploy: z.strictObject({ replicas: z.string() }).optional(),
  ports: z.array(z.string()).optional(),
  secrets: z.array(z.string()).optional(),
  volumes: z.array(
    z.union([
      z.string().regex(/^[a-z]+:\//),
      z.strictObject({ type: z.literal("bind"), source: z.string(), target: z.string(), read_only: z.boolean() }),
    ]),
  ),
  depends_on: z
    .record(z.string(), z.strictObject({ condition: z.literal("service_healthy"), required: z.boolean() }))
    .optional(),
  healthcheck: z
    .strictObject({
      test: z.array(z.string()),
      interval: duration,
      timeout: duration,
      start_period: duration,
      start_interval: duration,
    })
    .optional(),
});
const FILE = z.strictObject({
  "x-tutor": z.unknown(),
  "x-secrets": z.unknown(),
  services: z.record(z.string(), SERVICE),
  volumes: z.record(z.string(), z.null()),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
});

const tutors = Object.entries(services).filter(([, { image }]) => image.startsWith("container-tutor:"));

describe("compose.yaml", () => {
  test("has no key that the specification does not, and names only what is there", () => {
    const text = readFileSync(join(ROOT, "compose.yaml"), "utf8");
    const file = FILE.parse(parse(text, { merge: true }));
    for (const [name, { volumes: mounts, depends_on, secrets }] of Object.entries(file.services)) {
      for (const mount of mounts)
        if (typeof mount === "string") expect(Object.keys(file.volumes), name).toContain(mount.split(":")[0]);
      for (const other of Object.keys(depends_on ?? {})) expect(Object.keys(file.services), name).toContain(other);
      for (const secret of secrets ?? []) expect(Object.keys(file.secrets), name).toContain(secret);
    }
    const slipped = parse(text.replace("read_only: true", "readonly: true"), { merge: true });
    expect(FILE.safeParse(slipped).success).toBe(false);
  });

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
