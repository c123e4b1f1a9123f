/** The ordered list of capabilities: the first to hear a turn answers it. */
import type { Capability } from "../core/capability.ts";
import type { ConversationStore } from "../core/ports.ts";
import type { Library } from "../library/library.ts";
import { ask } from "./ask.ts";
import { compare } from "./compare.ts";
import { help } from "./help.ts";
import { read } from "./read.ts";

export interface Deps {
  readonly library: () => Library;
  readonly conversations: ConversationStore;
}

export function capabilities(deps: Deps): Capability[] {
  const list: Capability[] = [help({ others: () => list }), compare(deps), read(deps), ask(deps)];
  return list;
}
