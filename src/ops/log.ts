/** Structured logs on standard error, one JSON object a line; no message text ever. */
import pino from "pino";
import type { Log } from "../core/ports.ts";

export const createLog = (level: string): Log =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: true }));
