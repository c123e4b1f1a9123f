/** What a person wrote about an answer, made fit to be shown to others and pasted elsewhere. */

/** Characters that are shown of one reason. */
const MOST = 160;
/** Characters that are looked at: far more than is shown, and few enough for every pattern below. */
const READ = 2000;

/** Slack's and Discord's mentions, channels, dates and emoji; anything else in angle brackets, such as HTML. */
const MARKUP = /<[^<>]*>/g;
const ADDRESS = /\b[a-z][a-z\d+.-]{1,20}:\/\/\S+|\bwww\.\S+|\bmailto:\S+/gi;
const EMAIL = /[^\s@]+@[^\s@]+\.[^\s@]+/g;
const MENTION = /[@＠][\p{L}\p{N}_.-]*/gu;
/** Control characters, marks of writing direction and whatever has no width. */
const UNSEEN = /\p{C}/gu;
/** What starts a mention, a reference, a tag or code where Markdown is read. */
const SIGNS = /[<>@＠#`\\|[\]]/g;

/** One line of plain words: no mention, no address, no control character; the empty string where nothing is left. */
export function plainReason(said: string): string {
  const line = said
    .slice(0, READ)
    .normalize("NFC")
    .replace(/\s+/g, " ")
    .replace(UNSEEN, "")
    .replace(MARKUP, " ")
    .replace(ADDRESS, " ")
    .replace(EMAIL, " ")
    .replace(MENTION, " ")
    .replace(SIGNS, " ")
    .replace(/\s+/g, " ")
    .trim();
  const short = [...line].slice(0, MOST - 1).join("");
  return line.length > short.length + 1 ? `${short.trimEnd()}…` : line;
}
