/** Greetings and the like: one friendly line, no search. */
import { clean } from "../library/words.ts";

const LINES: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:hi+|hey+|hello+|hiya|yo|howdy|hola|greetings|good (?:morning|afternoon|evening|day)|morning|evening|gm)\b(?: there| all| everyone| everybody| folks| team| bot| tutor| friend| again| you)*$/,
    "Hello! Ask me anything about containers, microservices or Docker, for example: what is a volume?",
  ],
  [
    /^(?:thanks?|thank you|thx|ty|cheers|many thanks|much appreciated|great thanks|ok thanks|perfect thanks|thanks a lot|thank you (?:so|very) much|that helped|nice one|awesome|great|perfect|cool|nice|good bot|well done)(?: (?:a lot|mate|bot|man|so much|very much|you|that (?:really )?help(?:s|ed)|for (?:the|your) help))*$/,
    "You're welcome. Ask on whenever something is unclear.",
  ],
  [
    /^(?:bye+|goodbye|see (?:you|ya)|good ?night|cya|later|see you later|that'?s all)(?: bot| all| everyone)*$/,
    "See you. I'll be here when the next question comes.",
  ],
  [
    /^(?:(?:ok|so|and|but|hey|hi) )?(?:(?:who are you|what(?:'?s| is) your name|how old are you|where are you from|who (?:made|built|created|wrote) you|are you (?:a |an )?(?:bot|human|ai|robot|real|there|alive|person))\b|(?:what are you|what can you do|how do you work)$)/,
    "I am a tutor about containers, microservices and Docker. I answer from pages that people wrote and checked, and I say so when I don't know. `help` lists what I can do.",
  ],
  [
    /^how(?:'s| is| are) (?:it going|you(?: doing)?(?: today)?|things|life)|^what'?s up$|^sup$|^how do you do$/,
    "All containers running. What would you like to know about containers, microservices or Docker?",
  ],
  [
    /^(?:tell|give|say)(?: me| us)? (?:a |another |some )?(?:\w+ )?joke|^make me laugh|^joke$/,
    "A container walks into a bar; the bartender says: sorry, we only serve images. Ask me about the difference, that one I can explain.",
  ],
  [
    /^(?:you(?:'re| are)? )?(?:(?:so |really |totally |pretty )?(?:useless|stupid|dumb|bad|terrible|awful|rubbish|annoying|wrong|an idiot|the worst|no good|not helpful|unhelpful)|suck|i hate you|bad bot|shut up|go away)(?: bot)?$/,
    "Sorry about that. Tell me what you were looking for in other words, and I'll try again.",
  ],
  [
    /^(?:i love you|love you|you(?:'re| are) (?:great|awesome|amazing|the best|cool|nice|funny|so helpful|helpful|smart))(?: bot)?$/,
    "Thank you. What would you like to know next?",
  ],
  [
    /^(?:ok(?:ay)?|k|yes|yep|yeah|no|nope|hm+|hmm+|lol|haha+|ah+|oh+|i see|got it|understood|makes sense|alright|sure|fine|test|testing|ping|\?+|!+)(?: (?:ok|thanks|then|cool))?$/,
    "I'm here. Ask me anything about containers, microservices or Docker.",
  ],
];

/** The friendly line for small talk; undefined for everything else. */
export function smalltalk(text: string): string | undefined {
  if (text.length > 500) return undefined;
  const bare = clean(text)
    .toLowerCase()
    .replace(/\p{Extended_Pictographic}|[\ufe0f\u{1f3fb}-\u{1f3ff}]/gu, "")
    .replace(/[.,!?;:~)(*_"]+/g, " ")
    .replace(/’/g, "'")
    .replace(/\s+/g, " ")
    .trim();
  if (bare.length > 60) return undefined;
  return LINES.find(([pattern]) => pattern.test(bare))?.[1];
}
