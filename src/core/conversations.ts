/** What threads have been about, in this process only and bounded: enough for follow-ups in a terminal. */
import type { ConversationStore, Thread } from "./ports.ts";
import { placeKey } from "./turn.ts";

const KEPT_CONCEPTS = 4;
const KEPT_SECTIONS = 8;

export function createConversations(most = 5000): ConversationStore {
  const threads = new Map<string, Thread>();
  return {
    recall: async (place) => threads.get(placeKey(place)),
    async remember(place, about) {
      if (about.outcome === "chat" || (!about.concepts.length && !about.sections.length)) return;
      const key = placeKey(place);
      const before = threads.get(key);
      threads.delete(key);
      threads.set(key, {
        concepts: [...new Set([...about.concepts, ...(before?.concepts ?? [])])].slice(0, KEPT_CONCEPTS),
        sections: [...new Set([...about.sections, ...(before?.sections ?? [])])].slice(0, KEPT_SECTIONS),
      });
      // Maps keep insertion order: the first key is the thread that was quiet for longest.
      const oldest = threads.keys().next().value;
      if (threads.size > most && oldest !== undefined) threads.delete(oldest);
    },
  };
}
