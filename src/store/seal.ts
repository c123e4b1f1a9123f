/** Tokens at rest: AES-256-GCM under the newest key, with the key's name in front, so that keys can be changed. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { TutorError } from "../core/errors.ts";

const CIPHER = "aes-256-gcm";
const IV = 12;
const TAG = 16;
const NAME = 8;

export interface Seals {
  /** `about` says whose token it is: a sealed text that is moved to another row does not open. */
  seal(text: string, about: string): string;
  open(sealed: string, about: string): string;
  /** Sealed with the newest key? */
  fresh(sealed: string): boolean;
}

/** A key's own name: nobody has to think of one, and it says nothing of the key. */
const nameOf = (key: Uint8Array): string => createHash("sha256").update(key).digest("hex").slice(0, NAME);

/** The first key seals; all of them open. */
export function createSeals(keys: readonly Uint8Array[]): Seals {
  const named = new Map(keys.map((key) => [nameOf(key), key]));
  const [newest] = named;
  return {
    seal(text, about) {
      if (!newest)
        throw new TutorError("config", "TOKEN_KEY is not set, and a token is to be kept.", {
          hint: "Set TOKEN_KEY to 32 random bytes in Base64: openssl rand -base64 32.",
        });
      const [name, key] = newest;
      const iv = randomBytes(IV);
      const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(about));
      const body = Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
      return `${name}.${body.toString("base64url")}`;
    },

    open(sealed, about) {
      const [name = "", text = ""] = sealed.split(".");
      const key = named.get(name);
      if (!key)
        throw new TutorError("config", `TOKEN_KEY lacks the key ${name}, with which tokens are sealed.`, {
          hint: "Put the former key behind the new one, after a comma.",
        });
      const body = Buffer.from(text, "base64url");
      try {
        const decipher = createDecipheriv(CIPHER, key, body.subarray(0, IV))
          .setAAD(Buffer.from(about))
          .setAuthTag(body.subarray(-TAG));
        return decipher.update(body.subarray(IV, -TAG), undefined, "utf8") + decipher.final("utf8");
      } catch (cause) {
        throw new TutorError("dependency", "A sealed token does not open: it was changed in the database.", {
          hint: "Install the app in that workspace again.",
          cause,
        });
      }
    },

    fresh: (sealed) => newest !== undefined && sealed.startsWith(`${newest[0]}.`),
  };
}
