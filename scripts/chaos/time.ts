/** A clock that runs faster than the wall, the same in all processes: leases of minutes run out in seconds. */

export interface Pace {
  /** Of the wall, when the experiment began. */
  readonly began: number;
  readonly speed: number;
}

const START = Date.UTC(2026, 10, 24, 9, 0);

export const clockOf =
  ({ began, speed }: Pace) =>
  (): number =>
    START + Math.round((Date.now() - began) * speed);

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Looks again and again; rejects with `what` after `ms`. */
export async function until(done: () => boolean | Promise<boolean>, what: string, ms = 120_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await done())) {
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}.`);
    await pause(50);
  }
}
