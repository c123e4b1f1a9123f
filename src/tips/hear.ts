/** Is this about daily tips, and what about them? Pure; one pattern for each way of saying it. */

export type Heard =
  | { readonly kind: "show" | "off" }
  | { readonly kind: "now"; readonly topic: string }
  | { readonly kind: "set"; readonly when: string };

const LONGEST = 200;
const OFF = [
  /^\/?(?:daily\s+)?tips?\s+(?:off|stop|none|never|disable[d]?|cancel|end|pause|unsubscribe)\W*$/,
  /^(?:please\s+)?(?:stop|cancel|disable|end|pause|mute|no more|(?:turn|switch|shut)\s+off|unsubscribe\s+from|i\s+don'?t\s+want)\s+(?:(?:the|posting|sending|these|those|daily|your|our|any|more|docker)\s+)*tips?(?:\s+(?:here|please|in\s+this\s+channel|any\s?more))*\W*$/,
  /^(?:please\s+)?(?:turn|switch|shut)\s+(?:the\s+)?(?:daily\s+)?tips?\s+off\W*$/,
];
const SHOW = [
  /^\/?(?:daily\s+)?tips\W*$/,
  /^\/?(?:show\s+)?(?:the\s+)?(?:daily\s+)?tips?\s+(?:settings?|status|config\w*|schedule|times?|when)\W*$/,
  /^when(?:'s|\s+is|\s+comes|\s+does)?\s+(?:the\s+)?next\s+tip(?:\s+(?:due|come|coming))?\W*$/,
];
const NOW = [
  /^\/?tip\W*$/,
  /^(?:please\s+)?(?:(?:give|show|tell|send|post)\s+(?:me|us)\s+)?(?:a|an|another|one|one\s+more|the|some|any|next|random)\s*(?:random|docker|container|new|quick|daily)?\s*tips?(?:\s+(?:please|now|of\s+the\s+day|for\s+today))*\W*$/,
  /^(?:tip|tips)\s+(?:of\s+the\s+day|please|now)\W*$/,
];
const ABOUT =
  /^\/?(?:(?:give|show|tell|send|post)\s+(?:me|us)\s+)?(?:(?:a|another|one|one\s+more|some)\s+)?tips?\s+(?:about|on|for|regarding)\s+(.{2,40}?)\s*(?:please|now)?[?!.\s]*$/;
const TOPIC = /^\/?tip\s+(.{2,40}?)[?!.\s]*$/;
/** Something that comes again, or a time of day. */
const SCHEDULE =
  /\b(?:\d{1,2}\s*[:.h]\s*\d{2}|\d{1,2}\s*[ap]\.?\s?m\b|at\s+\d{1,2}\b|[012]\d[0-5]\d\b|\d{1,2}\s*o'?clock|noon|midday|midnight|daily|every\s*(?:day|morning|evening|week\s?day|mon|tue|wed|thu|fri|sat|sun)|each\s+(?:day|morning)|week\s?days?|weekends?|working\s+days?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:mon|tue|wed|thu|fri|sat|sun)\s*(?:-|–|to)\s*(?:mon|tue|wed|thu|fri|sat|sun)\w*)/;
const ASKS =
  /^(?:please\s+|can\s+you\s+|could\s+you\s+|hi,?\s+|hey,?\s+|tutor,?\s+)*(?:\/?(?:daily\s+|docker\s+|beginner\s+|intermediate\s+|advanced\s+)*tips?\b|(?:post|send|give|share|show|set|start|schedule|subscribe|turn\s+on|switch\s+on|enable|change|move|make|i(?:'d|\s+would)?\s+(?:like|want)|we(?:'d|\s+would)?\s+(?:like|want))\b.{0,60}\btips?\b)/;
/** After "tips" these set something even without a time. */
const SETS =
  /^\/?(?:daily\s+)?tips\s+(?:here|on|set|at|level|topics?|areas?|in|zone|timezone|time|all|any|everything|beginners?|intermediate|advanced|for\s+(?:beginners?|all))\b/;

/** `topical` says whether words name a concept or an area. */
export function hearTips(said: string, topical: (words: string) => boolean): Heard | undefined {
  if (said.length > LONGEST) return undefined;
  const text = said.toLowerCase().replace(/[’]/g, "'").replace(/\s+/g, " ").trim();
  if (!/\btips?\b/.test(text)) return undefined;
  const is = (patterns: readonly RegExp[]) => patterns.some((pattern) => pattern.test(text));
  if (is(OFF)) return { kind: "off" };
  if (is(SHOW)) return { kind: "show" };
  if (is(NOW)) return { kind: "now", topic: "" };
  if (
    ASKS.test(text) &&
    (SCHEDULE.test(text) || SETS.test(text) || /^\/?tips\s+(?:\w+\/\w+|\d{1,2}(?:\s|$))/.test(text))
  )
    return { kind: "set", when: text.replace(/^\/?tips\s+/, "") };
  const topic = (ABOUT.exec(text) ?? TOPIC.exec(text))?.[1];
  // "tips for smaller images" is a question; "tips about volumes" wants a tip.
  return topic && topical(topic) ? { kind: "now", topic } : undefined;
}
