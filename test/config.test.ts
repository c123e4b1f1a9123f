/** Retention, limits and administrators from the environment. */
import { describe, expect, test } from "vitest";
import { limitsOf, readConfig, retentionOf } from "../src/config.ts";

const HOUR = 3_600_000;

describe("the environment", () => {
  test("has standards for retention and limits", () => {
    const config = readConfig({});
    expect(retentionOf(config)).toEqual({
      conversations: 24 * HOUR,
      keys: 24 * HOUR,
      quiz: 365 * 24 * HOUR,
      audit: 400 * 24 * HOUR,
    });
    expect(limitsOf(config)).toEqual({
      person: [
        { points: 5, seconds: 10 },
        { points: 60, seconds: 3600 },
      ],
      channel: [{ points: 30, seconds: 60 }],
      community: [{ points: 300, seconds: 60 }],
    });
    expect(config.ADMIN_IDS).toEqual([]);
  });

  test("sets them", () => {
    const config = readConfig({
      RETENTION_QUIZ: "30d",
      RETENTION_KEYS: "48h",
      LIMIT_PERSON: "off",
      LIMIT_CHANNEL: "2/1, 100/3600",
      ADMIN_IDS: "U123, slack:U456",
    });
    expect(retentionOf(config)).toMatchObject({ quiz: 30 * 24 * HOUR, keys: 48 * HOUR });
    expect(limitsOf(config)).toMatchObject({
      person: [],
      channel: [
        { points: 2, seconds: 1 },
        { points: 100, seconds: 3600 },
      ],
    });
    expect(config.ADMIN_IDS).toEqual(["U123", "slack:U456"]);
  });

  test.each([
    ["RETENTION_AUDIT", "1 year", /RETENTION_AUDIT="1 year" is no period; write it as 24h or 365d/],
    ["RETENTION_QUIZ", "0d", /no period/],
    ["LIMIT_PERSON", "5", /LIMIT_PERSON="5" is no limit; write turns\/seconds, such as 5\/10, or off/],
    ["LIMIT_CHANNEL", "0/60", /no limit/],
    ["DATABASE_URL", "mysql://u:hunter2@h/d", /^DATABASE_URL is not a postgres:\/\/ address/],
  ])("%s=%s is refused with the cure and without a secret", (name, value, pattern) => {
    expect(() => readConfig({ [name]: value })).toThrow(
      expect.objectContaining({ fault: "config", sentence: expect.stringMatching(pattern) }),
    );
    expect(() => readConfig({ [name]: value })).toThrow(
      expect.not.objectContaining({ message: expect.stringMatching(/hunter2/) }),
    );
  });
});
