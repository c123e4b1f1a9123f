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
    /\b(?:differences?|diff?e?rr?en?ce|different (?:from|to|than)|differs?|compare[ds]?|comparison|versus|vs\.?|distinguish(?:es)?|better than|over)\b|\bdiff\b|\b(?:what|how).{0,40}\bdifferent\?*$/i,
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
