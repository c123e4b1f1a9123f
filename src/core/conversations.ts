/** What threads have been about, in this process only and bounded: enough for follow-ups in a terminal. */
import type { ConversationStore, Thread } from "./ports.ts";
import type { About } from "./reply.ts";
import { placeKey } from "./turn.ts";

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

export function createConversations(most = 5000): ConversationStore {
  const threads = new Map<string, Thread>();
  return {
    recall: async (place) => threads.get(placeKey(place)),
    async remember(place, about) {
      const key = placeKey(place);
      const thread = grown(threads.get(key), about);
      if (!thread) return;
      threads.delete(key);
      threads.set(key, thread);
      // Maps keep insertion order: the first key is the thread that was quiet for longest.
      const oldest = threads.keys().next().value;
      if (threads.size > most && oldest !== undefined) threads.delete(oldest);
    },
  };
}
