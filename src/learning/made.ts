/** What trial commands make, and of which images: the words that safe.ts and run.ts share. */

/** What the commands before have made; `images` are only pulled. */
export interface Made {
  /** Images that were built, by their own names. */
  readonly built: readonly string[];
  readonly containers: readonly string[];
  readonly networks: readonly string[];
  readonly volumes: readonly string[];
  readonly images: readonly string[];
}

export interface Read {
  /** What a learner sees when it worked. */
  readonly expect: string;
  readonly makes: Partial<Made>;
  /** Position of the image in a `docker run`, -1 elsewhere. */
  readonly image: number;
}

/** Official images that need no setting; a name here may carry any tag. */
const IMAGES = [
  "alpine",
  "busybox",
  "nginx",
  "redis",
  "httpd",
  "hello-world",
  "postgres",
  "ubuntu",
  "debian",
  "python",
  "node",
  "memcached",
];

export const official = (token: string): boolean =>
  /^[a-z-]+(?::[\w.-]+)?$/.test(token) && IMAGES.includes(token.split(":")[0] ?? "");

export const ownName = (name: string): boolean => /^[a-z][\w-]*$/.test(name);
