/** Slack's text in both directions: what people typed without Slack's markup, and ours without anything that pings. */

/** Slack reads these three as markup, and nothing else of ours reaches a mrkdwn field. */
export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const unescaped = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** `<#C1|general>` -> #general, `<https://x|y>` -> y, a mention of the tutor -> nothing. */
export function readable(text: string, botUser: string): string {
  const words = text.replace(/<([^<>\n]{1,3000})>/g, (_, inside: string) => {
    const [target = "", label] = inside.split("|", 2);
    if (target.startsWith("@")) return target === `@${botUser}` ? " " : `@${label || "someone"}`;
    if (target.startsWith("#")) return `#${label || "channel"}`;
    if (target.startsWith("!")) return label ?? target.slice(1).split("^")[0] ?? "";
    return label ?? target.replace(/^(?:mailto|tel):/, "");
  });
  return (
    unescaped(words)
      .replace(/[\u201c\u201d]/g, '"')
      .replace(/[\u2018\u2019]/g, "'")
      // Phones turn the two dashes of an option into a long one.
      .replace(/(^|\s)\u2014(?=[a-z])/gi, "$1--")
      .trim()
  );
}

/** At most `limit` UTF-16 units, never half an emoji. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
