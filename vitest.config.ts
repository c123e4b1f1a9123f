import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/prepared.ts"],
    pool: "forks",
    // Only a guard against hanging: no test depends on how fast the machine is.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Two cores: more workers would only wait for each other.
    maxWorkers: 2,
  },
});
