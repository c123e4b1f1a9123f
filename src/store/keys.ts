/** Keys made from texts: short, the same every time, and naming nobody. */
import { createHash, createHmac } from "node:crypto";
import type { PersonKey } from "../core/ports.ts";
import { sameEverywhere } from "../core/turn.ts";

/** 132 bits in 22 characters: unique for good, and within a platform's nonce of 25. */
const LENGTH = 22;

/** A key for an event or a delivery; a platform's own id may name the person, so that is never stored. */
export const keyOf = (...parts: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, LENGTH);

export type Hash = (...parts: readonly string[]) => string;

/** Who somebody is, as hashes name people: on most platforms whatever the community. */
export const identity = ({ platform, community, person }: PersonKey): readonly string[] =>
  sameEverywhere(platform) ? [platform, person] : [platform, community, person];

/** A hash that nobody without the salt can try ids against. */
export const hashWith =
  (salt: string): Hash =>
  (...parts) =>
    createHmac("sha256", salt).update(JSON.stringify(parts)).digest("base64url").slice(0, LENGTH);
