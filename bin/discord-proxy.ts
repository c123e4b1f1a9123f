/** Runs the REST proxy that several Discord processes share. `npm run discord:proxy`; HOST and PORT say where (0.0.0.0:8080). */
import { pino } from "pino";
import { serveProxy } from "../adapters/discord/proxy.ts";

const log = pino();
const proxy = await serveProxy({ host: process.env.HOST || "0.0.0.0", port: Number(process.env.PORT || 8080), log });
log.info({ address: proxy.address }, "Discord's REST limits are counted here");
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void proxy.close());
