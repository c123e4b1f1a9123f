/**
 * `npm run soak -- load [seconds] [a second]`, `memory [questions]`, `replicas [seconds] [a second]` or `idle [seconds]`: what
 * the tutor does over a long time, into docs/evidence/<name>.md.
 */
/** Each is read only when it runs: what it measures is not to hold the others' SDKs. */
const SCENARIOS = {
  load: async ([seconds = 600, rate = 200]: readonly number[]) => (await import("./soak/load.ts")).load(seconds, rate),
  memory: async ([questions = 1_000_000]: readonly number[]) => (await import("./soak/memory.ts")).memory(questions),
  replicas: async ([seconds = 60, rate = 20]: readonly number[]) =>
    (await import("./soak/replicas.ts")).replicas(seconds, rate),
  idle: async ([seconds = 30]: readonly number[]) => (await import("./soak/idle.ts")).idle(seconds),
} as const;

const [name = "", ...numbers] = process.argv.slice(2);
if (!(name in SCENARIOS)) {
  console.error(`There is no soak "${name}". Use: npm run soak -- ${Object.keys(SCENARIOS).join(" | ")}`);
  process.exit(78);
}
const good = await SCENARIOS[name as keyof typeof SCENARIOS](numbers.map(Number));
process.exit(good ? 0 : 1);
