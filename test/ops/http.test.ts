/** The operations port as a probe, a scraper and a stranger meet it. */
import { once } from "node:events";
import { request as ask, createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { isHealthy } from "../../src/ops/health.ts";
import { type OpsServer, serveOps } from "../../src/ops/http.ts";
import { createMetrics } from "../../src/ops/metrics.ts";
import { createReadiness } from "../../src/ops/readiness.ts";

const open: OpsServer[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(open.splice(0).map((each) => each.stop()));
});

async function serve(database: () => Promise<boolean> = async () => true) {
  const readiness = createReadiness(
    {
      database,
      pages: () => 1,
      strain: () => undefined,
      platforms: () => [{ platform: "slack", health: "connecting" }],
    },
    () => 0,
  );
  const server = await serveOps({ host: "127.0.0.1", port: 0, readiness, metrics: createMetrics() });
  open.push(server);
  const get = async (path: string, method = "GET") => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { method });
    return { status: response.status, body: await response.text(), headers: response.headers };
  };
  return { server, readiness, get };
}

/** A bare connection that says `text` and is left open. */
async function say(port: number, text: string): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  sockets.push(socket);
  await once(socket, "connect");
  socket.write(text);
  return socket;
}

describe("the operations port", () => {
  test("is alive before it is ready, and after it was asked to stop", async () => {
    const { readiness, get } = await serve();
    expect([(await get("/health")).status, (await get("/ready")).status]).toEqual([200, 503]);
    expect((await get("/ready")).body).toBe("not ready\nstarting\nslack connecting\n");
    readiness.begin();
    // A platform that is away is said, and makes nothing unready.
    expect(await get("/ready")).toMatchObject({ status: 200, body: "ready\nslack connecting\n" });
    readiness.drain();
    expect((await get("/ready")).body).toMatch(/^not ready\ndraining\n/);
    expect((await get("/health")).status).toBe(200);
    // Nothing brings it back.
    readiness.begin();
    expect((await get("/ready")).status).toBe(503);
  });

  test("says which check failed", async () => {
    const { readiness, get } = await serve(async () => false);
    readiness.begin();
    expect(await get("/ready")).toMatchObject({ status: 503, body: "not ready\ndatabase\nslack connecting\n" });
  });

  test("gives metrics in Prometheus' format, and nothing else", async () => {
    const { get } = await serve();
    const { status, body, headers } = await get("/metrics?x=1");
    expect([status, headers.get("content-type")]).toEqual([200, "text/plain; version=0.0.4; charset=utf-8"]);
    expect(body).toMatch(/^# HELP tutor_turns_total Turns that came in/m);
    expect(body).toMatch(/^process_resident_memory_bytes \d+/m);
    for (const path of ["/", "/../etc/passwd", "/%2e%2e%2fready", "/health/", "//health", "/HEALTH", "/metrics%00"])
      expect((await get(path)).status, path).toBe(404);
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
      expect(await get("/health", method), method).toMatchObject({ status: 405 });
    expect(await get("/health", "HEAD")).toMatchObject({ status: 200, body: "" });
  });

  test("reads no body, however long it is", async () => {
    const { server, get } = await serve();
    const sent = ask({ port: server.port, host: "127.0.0.1", method: "POST", path: "/metrics" });
    sent.on("error", () => {});
    const answered = once(sent, "response");
    sent.write(Buffer.alloc(1024 * 1024));
    const [response] = await answered;
    expect(response.statusCode).toBe(405);
    sent.destroy();
    expect((await get("/health")).status).toBe(200);
  });

  test("refuses long headers, and answers beside connections that say nothing", async () => {
    const { server, get } = await serve();
    const long = await say(server.port, `GET /health HTTP/1.1\r\nhost: x\r\nx: ${"a".repeat(20_000)}\r\n\r\n`);
    const [told] = (await once(long, "data")) as [Buffer];
    expect(String(told)).toMatch(/^HTTP\/1\.1 431 /);
    for (let i = 0; i < 50; i++) await say(server.port, "GET /health HTTP/1.1\r\nhost");
    expect((await get("/health")).status).toBe(200);
    // Past the most connections new ones are closed at once, and those that are there go on.
    const more = await Promise.all(Array.from({ length: 100 }, () => say(server.port, "")));
    await pause(50);
    expect(more.some((socket) => socket.destroyed || socket.readableEnded)).toBe(true);
  });

  test("is what the health check asks", async () => {
    const { server } = await serve();
    for (const OPS_HOST of ["127.0.0.1", "0.0.0.0", ""])
      expect(await isHealthy({ OPS_PORT: String(server.port), OPS_HOST })).toBe(true);
    await server.stop();
    expect(await isHealthy({ OPS_PORT: String(server.port) })).toBe(false);
  });

  test("says in one sentence that its port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const readiness = createReadiness(
      { database: async () => true, pages: () => 1, strain: () => undefined, platforms: () => [] },
      () => 0,
    );
    await expect(serveOps({ host: "127.0.0.1", port, readiness, metrics: createMetrics() })).rejects.toMatchObject({
      fault: "config",
      sentence: `OPS_PORT="${port}" on 127.0.0.1 cannot be listened on (EADDRINUSE). Choose another OPS_PORT or OPS_HOST, or set OPS_PORT=off.`,
    });
    other.close();
  });
});
