/** What binds an installation to who began it: signed, good for ten minutes and for one use, and never a secret itself. */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

export interface States {
  issue(): string;
  /** False for what was not issued here, has ended, or was used before. */
  redeem(state: string): Promise<boolean>;
}

interface StateParts {
  readonly secret: string;
  readonly clock: () => number;
  /** True the first time only, over all replicas. */
  readonly spend: (state: string, until: number) => Promise<boolean>;
}

const GOOD_MS = 600_000;

/** Only a state that was used is written down: opening the page costs the database nothing. */
export function createStates({ secret, clock, spend }: StateParts): States {
  const sign = (text: string): Buffer => createHmac("sha256", secret).update(text).digest();
  return {
    issue() {
      const text = `${randomBytes(16).toString("base64url")}.${clock() + GOOD_MS}`;
      return `${text}.${sign(text).toString("base64url")}`;
    },
    async redeem(state) {
      const [nonce = "", until = "", signature = ""] = state.split(".");
      const expected = sign(`${nonce}.${until}`);
      const given = Buffer.from(signature, "base64url");
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
      return clock() <= Number(until) && spend(nonce, Number(until));
    },
  };
}
