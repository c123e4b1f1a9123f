/** What a thread has been about, and how it grows. */
import type { Thread } from "./ports.ts";
import type { About } from "./reply.ts";

const KEPT_CONCEPTS = 4;
const KEPT_SECTIONS = 8;

/** The thread after one more answer; undefined where small talk leaves it as it was. */
export function grown(before: Thread | undefined, about: About): Thread | undefined {
  if (about.outcome === "chat" || (!about.concepts.length && !about.sections.length)) return undefined;
  return {
    concepts: [...new Set([...about.concepts, ...(before?.concepts ?? [])])].slice(0, KEPT_CONCEPTS),
    sections: [...new Set([...about.sections, ...(before?.sections ?? [])])].slice(0, KEPT_SECTIONS),
  };
}
