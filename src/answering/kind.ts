/** What sort of answer is wanted; the first pattern that fits decides. */

export type Kind =
  | "definition"
  | "comparison"
  | "how-to"
  | "why"
  | "command"
  | "troubleshooting"
  | "yes-no"
  | "list"
  | "other";

const KINDS: readonly (readonly [Kind, RegExp])[] = [
  [
    "comparison",
    /\b(?:differences?|diff?e?rr?en?ce|different (?:from|to|than)|differs?|compare[ds]?|comparison|versus|vs\.?|distinguish(?:es)?|better than|advantages? of .{2,40} over)\b|\bdiff\b|\b(?:what|how).{0,40}\bdifferent\?*$/i,
  ],
  [
    "troubleshooting",
    /\b(?:error|fail(?:s|ed|ing|ure)?|cannot|can'?t|couldn'?t|unable|not work(?:ing)?|doesn'?t work|won'?t|denied|refused|crash(?:es|ed|ing)?|keeps? restarting|already (?:in use|allocated)|not found|broken|stuck|fix|troubleshoot|no space|exit(?:ed|s)? (?:code|with|\())\b/i,
  ],
  [
    "command",
    /\b(?:which|what)(?: \w+){0,3} commands?\b|\bcommand (?:to|for|would|used|that|can)\b|\bwhich flag\b|\bwhat flag\b/i,
  ],
  [
    "why",
    /^\W*(?:and |but |so )?why\b|\bwhat(?:'s| is| are) the (?:advantages?|benefits?|point|drawbacks?|disadvantages?|use|purpose)\b|\b(?:pros and cons|drawbacks?|benefits?|advantages?)\b|\bwhat (?:problems?|happens)\b/i,
  ],
  [
    "how-to",
    /\bhow (?:do|to|can|would|should|could|does one|will|i)\b|^\W*how\b|\bways? (?:to|of)\b|\bsteps? to\b|\bi (?:want|need|would like) to\b/i,
  ],
  [
    "definition",
    /^\W*(?:so |ok |and )?(?:what(?:'?s| is| are| even is| does)?|wat|wats|define|explain|describe|meaning)\b|\b(?:what is|what are|whats|meaning|eli5|explain|describe|define|definition)\b/i,
  ],
  ["list", /\b(?:list|name|types? of|kinds? of|examples? of|which)\b/i],
  ["yes-no", /^\W*(?:is|are|can|could|do|does|did|will|would|should|has|have|true or false|may|must)\b/i],
];

export function kindOf(text: string, mentions: number): Kind {
  for (const [kind, pattern] of KINDS) if (pattern.test(text)) return kind;
  return mentions > 0 && text.split(/\s+/).length <= 3 ? "definition" : "other";
}

/** What a question wants to know, and how headings and phrasings that say it read. */
const INTENTS: readonly (readonly [question: RegExp, section: RegExp])[] = [
  [
    /\bwhy\b|\b(?:purpose|point|role|reason|benefits?|need|significance|importan)|\bwhat(?:'s| is| are)? .*\bfor\b|\bused for\b/i,
    /\bwhy\b|\bfor$|good for|purpose|\bneed\b|point of|benefit|advantage|exists?\b|\bwhat for\b/i,
  ],
  [
    /\bpros and cons\b|\b(?:dis)?advantages?\b|\bdrawbacks?\b|\bbenefits?\b|\bdownsides?\b|\bcosts?\b/i,
    /advantage|drawback|benefit|\bpros\b|\bcons\b|\bcosts?\b|downside|limits/i,
  ],
  [/\bwhat happens\b|\bstep by step\b|\bhappens when\b|\bin order\b/i, /what happens|step by step|steps|from .* to /i],
  [
    /\bhow (?:does|do|is|are) .*\b(?:work|implemented|achieve|handle)|\b(?:low|lower)[ -]?level\b|\bunder the hood\b|\binternal/i,
    /how .*works?\b|^how\b|under the hood|internal|kernel|what happens/i,
  ],
  [
    /\b(?:types?|kinds?|sorts?|list|different|various|states|examples?)\b/i,
    /\bkinds?\b|\btypes?\b|\ball\b|states|which .* (?:exist|there are)|drivers|\blist/i,
  ],
  [/\b(?:characteristics?|features?|properties)\b/i, /characteristic|feature|marks|makes? up|propert/i],
  [
    /\bwhen (?:to|should|would|do)\b|\bshould i\b|\bgood (?:practice|idea)\b|\bwhich .*\b(?:best|better|choose)|\bsuitable\b/i,
    /when to|should|good idea|choos|which one|stateful/i,
  ],
  [/\b(?:remove|delete|clean|prune|nuke|get rid)/i, /remov|delet|clean|prun/i],
  [/\b(?:create|make|build|set ?up)\b/i, /creat|build|set|first|us(?:e|ing)/i],
  [/\b(?:list|show|see|find out|display|check)\b/i, /list|show|see|inspect|read/i],
];

/** Share of the question's intents that a section's heading or phrasings meet, 0 to 1. */
export function meets(question: string, said: string): number {
  let wanted = 0;
  let met = 0;
  for (const [asks, says] of INTENTS) {
    if (!asks.test(question)) continue;
    wanted += 1;
    if (says.test(said)) met += 1;
  }
  return wanted ? met / wanted : 0;
}
