/** deploy/kubernetes: valid by the schemas of Kubernetes, and as strict as its own strictest rules want it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Deployment, StatefulSet } from "kubernetes-models/apps/v1";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1";
import { Namespace, Service } from "kubernetes-models/v1";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { VARIABLES } from "../../src/config.ts";

const FOLDER = join(import.meta.dirname, "../../deploy/kubernetes");
const KINDS = { Deployment, StatefulSet, NetworkPolicy, PodDisruptionBudget, Namespace, Service };

interface Container {
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly securityContext: object;
  readonly resources: object;
  readonly volumeMounts: readonly { readonly name: string }[];
  readonly lifecycle?: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
  readonly [probe: `${string}Probe`]: { readonly httpGet: { readonly path: string } };
}

/** What these tests look at of all kinds together. */
interface Spec {
  readonly replicas: number;
  readonly selector: { readonly matchLabels: object };
  readonly strategy: { readonly rollingUpdate: object };
  readonly podManagementPolicy: string;
  readonly maxUnavailable: number;
  readonly policyTypes: readonly string[];
  readonly egress: readonly { readonly ports: readonly { readonly port: number }[] }[];
  readonly template: {
    readonly metadata: { readonly labels: object };
    readonly spec: {
      readonly containers: readonly [Container];
      readonly securityContext: object;
      readonly automountServiceAccountToken: boolean;
      readonly terminationGracePeriodSeconds: number;
      readonly volumes: readonly { readonly name: string }[];
    };
  };
}

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Spec;
}

const files = readdirSync(FOLDER).filter((name) => name !== "kustomization.yaml");
const manifests = files.flatMap((file) =>
  parseAllDocuments(readFileSync(join(FOLDER, file), "utf8")).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as Manifest;
  }),
);
const workloads = manifests.filter(({ kind }) => kind === "Deployment" || kind === "StatefulSet");
function specOf(kind: string, name: string): Spec {
  const found = manifests.find((each) => each.kind === kind && each.metadata.name === name);
  if (!found) throw new Error(`There is no ${kind} "${name}".`);
  return found.spec;
}

describe("the manifests", () => {
  test("are all listed, and valid", () => {
    const listed = parseAllDocuments(readFileSync(join(FOLDER, "kustomization.yaml"), "utf8"))[0]?.toJS() as {
      resources: string[];
    };
    expect(listed.resources.toSorted()).toEqual(files.toSorted());
    for (const manifest of manifests) {
      const Kind = KINDS[manifest.kind as keyof typeof KINDS] as unknown as new (data: unknown) => { validate(): void };
      expect(() => new Kind(manifest).validate(), manifest.metadata.name).not.toThrow();
    }
  });

  test.each(workloads.map((each) => [each.metadata.name, each] as const))(
    "%s keeps the restricted rules",
    (_, { spec }) => {
      const pod = spec.template.spec;
      const [tutor] = pod.containers;
      expect(pod.securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: "RuntimeDefault" },
      });
      expect(tutor.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      });
      expect(pod.automountServiceAccountToken).toBe(false);
      expect(tutor.resources).toEqual({ requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "256Mi" } });
      expect(pod.terminationGracePeriodSeconds).toBe(30);
      expect(spec.selector.matchLabels).toEqual(spec.template.metadata.labels);
      for (const { name } of tutor.volumeMounts) expect(pod.volumes.map(({ name: each }) => each)).toContain(name);
    },
  );

  test.each(workloads.map((each) => [each.metadata.name, each] as const))(
    "%s is probed where the tutor answers",
    (_, { spec }) => {
      const [tutor] = spec.template.spec.containers;
      expect(tutor.livenessProbe?.httpGet.path).toBe("/health");
      expect(tutor.startupProbe?.httpGet.path).toBe("/health");
      expect(tutor.readinessProbe?.httpGet.path).toBe("/ready");
      const env = Object.fromEntries(tutor.env.map((each) => [each.name, each.value]));
      expect(env.OPS_HOST).toBe("0.0.0.0");
      for (const variable of Object.keys(env)) expect(Object.keys(VARIABLES)).toContain(variable.replace(/_FILE$/, ""));
      // Secrets come as files; none stands in a variable.
      expect(Object.keys(env).filter((name) => /TOKEN$|SECRET$|DATABASE_URL/.test(name))).toEqual([]);
    },
  );

  test("Slack has replicas of which one may go; Discord's shards are counted by hand", () => {
    const slack = specOf("Deployment", "slack");
    expect(slack.replicas).toBeGreaterThanOrEqual(2);
    expect(slack.strategy.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 });
    expect(slack.template.spec.containers[0].lifecycle?.preStop.sleep.seconds).toBe(5);
    expect(slack.template.spec.containers[0].env).toContainEqual({ name: "REPLICAS", value: String(slack.replicas) });
    const discord = specOf("StatefulSet", "discord");
    const env = discord.template.spec.containers[0].env;
    expect(env).toContainEqual({ name: "SHARDS", value: "ordinal" });
    expect(env).toContainEqual({ name: "SHARD_COUNT", value: String(discord.replicas) });
    expect(discord.podManagementPolicy).toBe("OrderedReady");
    expect(manifests.filter(({ kind }) => kind === "HorizontalPodAutoscaler")).toEqual([]);
    for (const name of ["slack", "discord"]) expect(specOf("PodDisruptionBudget", name).maxUnavailable).toBe(1);
  });

  test("only what is named goes in and out", () => {
    const policy = specOf("NetworkPolicy", "tutor");
    expect(policy.policyTypes).toEqual(["Ingress", "Egress"]);
    const ports = policy.egress.flatMap((rule) => rule.ports.map(({ port }) => port));
    expect(ports).toEqual([443, 53, 53, 5432]);
  });
});
