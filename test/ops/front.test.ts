/** What probes are told while the rest is still being read, and that a port nobody chose keeps nothing from starting. */
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { type Front, openFront } from "../../src/ops/front.ts";
import { createMetrics } from "../../src/ops/metrics.ts";

const LOG = { info: () => {}, warn: () => {}, error: () => {} };

async function free(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === "object" && address ? address.port : 0;
}

async function front(port: number): Promise<Front> {
  const opened = await openFront({ host: "127.0.0.1", port }, createMetrics(), LOG);
  onTestFinished(() => opened.stop());
  return opened;
}

test("alive before there is anything, ready only with database and pages", async () => {
  const port = await free();
  const opened = await front(port);
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: response.status, text: await response.text() };
  };
  expect((await get("/health")).status).toBe(200);
  expect(await get("/ready")).toEqual({ status: 503, text: "not ready\nstarting\nno pages\n" });
  expect((await get("/metrics")).text).toContain("tutor_ready 0");
  opened.show({ database: async () => true, pages: () => 3, strain: () => undefined, platforms: () => [] });
  expect((await get("/ready")).text).toBe("not ready\nstarting\n");
  opened.readiness.begin();
  expect((await get("/ready")).status).toBe(200);
  expect((await get("/metrics")).text).toContain("tutor_pages 3");
});

test("a taken port that was chosen is refused", async () => {
  const port = await free();
  await front(port);
  await expect(front(port)).rejects.toMatchObject({ fault: "config", message: expect.stringContaining(`${port}`) });
});
