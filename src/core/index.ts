/** The public face of the core: all that an adapter may import. */
export type { Adapter } from "./adapter.ts";
export type { Command, Form, FormField } from "./capability.ts";
export type { Caller, Desk, Received } from "./desk.ts";
export { TutorError } from "./errors.ts";
export { fit, type Limits } from "./fit.ts";
export type { Installation, InstallationStore, Tokens } from "./installations.ts";
export type { Limiter, Log, Metrics } from "./ports.ts";
export type { Delivered, Post, Posting } from "./post.ts";
export { type Block, lineText, plainText, type Reply, remark, type Span } from "./reply.ts";
export {
  type Call,
  callFits,
  decodeCall,
  directPlace,
  encodeCall,
  type Person,
  type Place,
  type Turn,
} from "./turn.ts";
export type { Plan, Tutor } from "./tutor.ts";
