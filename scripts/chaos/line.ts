/** A worker's line to the experiment that started it. */

export interface Line<Data> {
  readonly data: Data;
  tell(message: object): void;
  /** Asks and waits for the answer, as a platform's client does. */
  ask(message: object): Promise<Readonly<Record<string, unknown>>>;
  hear(listen: (message: Readonly<Record<string, unknown>>) => void): void;
}

export function openLine<Data>(): Line<Data> {
  const waiting = new Map<number, (answer: Readonly<Record<string, unknown>>) => void>();
  const listeners: ((message: Readonly<Record<string, unknown>>) => void)[] = [];
  let asked = 0;
  const tell = (message: object) => {
    if (process.connected) process.send?.(message, undefined, {}, () => {});
  };
  process.on("message", (message: Readonly<Record<string, unknown>>) => {
    const answer = waiting.get(Number(message.n));
    waiting.delete(Number(message.n));
    if (answer) answer(message);
    else for (const listen of listeners) listen(message);
  });
  // The experiment is over, and all that it looks at is settled.
  process.on("disconnect", () => process.exit(0));
  return {
    // From this program's own experiment.
    data: JSON.parse(process.argv[2] ?? "{}") as Data,
    tell,
    ask: (message) =>
      new Promise((resolve) => {
        asked += 1;
        waiting.set(asked, resolve);
        tell({ ...message, n: asked });
      }),
    hear: (listen) => void listeners.push(listen),
  };
}
