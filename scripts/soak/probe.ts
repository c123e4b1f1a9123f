/** Loaded into a process of the soak before the tutor: on demand it collects garbage and says what is left. */
process.on("message", () => {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ rss, heapUsed });
});
// Listening alone must not keep a tutor alive that was asked to stop.
process.channel?.unref();
