/** What hostile people write so that a bot pings, links or hides for them: every payload in every wrapping. */
import type { Block } from "../../src/core/reply.ts";

const PINGS = [
  "<!channel>",
  "<!here>",
  "<!everyone>",
  "<!channel|all of you>",
  "<!subteam^S0ADMINS|@admins>",
  "<@U0BOSS>",
  "<@W0BOSS|boss>",
  "<#C0GENERAL|general>",
  "<!date^1392734382^{date}|yesterday>",
  "@everyone",
  "@here",
  "@channel",
  "@Everyone",
  "<@123456789012345678>",
  "<@!123456789012345678>",
  "<@&987654321098765432>",
  "<#123456789012345678>",
  "</docker:123456789012345678>",
  "<:party:123456789012345678>",
  "<t:1618953630:R>",
  "<id:customize>",
] as const;

const LINKS = [
  "<https://evil.example|docs.docker.com>",
  "<https://evil.example/?q=docker|the manual>",
  "<mailto:boss@evil.example|write to us>",
  "<javascript:alert(1)|click>",
  "[docs.docker.com](https://evil.example)",
  "[docs.docker.com](<https://evil.example>)",
  '[click](https://evil.example "docs.docker.com")',
  "[click](javascript:alert(1))",
  "![a picture](https://evil.example/pixel.png)",
  "[![x](https://evil.example/a.png)](https://evil.example)",
  "[click][1]\n\n[1]: https://evil.example",
  // The o is Cyrillic, the slash is another slash, the dot is another dot.
  "[docker](https://d\u043ecker.com/install)",
  "[docker](https://docker.com\u2044@evil.example)",
  "[docker](https://docker\u3002com.evil.example)",
] as const;

const HIDERS = [
  "\u202egro.live//:sptth\u202c",
  "\u2066\u202eexe.txt\u2069",
  "docker\u200b run\u200b --privileged",
  "\ufeffrm\u2060 -rf\u00ad /",
  "safe\u0000\u0007\u001b[31m red",
] as const;

const WRAPPINGS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `before ${text} after`,
  (text) => `\`\`\`\n${text}\n\`\`\`\n${text}`,
  (text) => `\`${text}\` \`\`${text}`,
  (text) => `**${text}** __${text}__ ~~${text}~~ ||${text}||`,
  (text) => `> ${text}\n# ${text}\n- ${text}`,
  (text) => `\\${text}`,
  (text) => text.replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
  (text) => `\u202e${text}\u202c`,
  (text) => `${text.slice(0, 2)}\u200b${text.slice(2)}`,
];

/** More than two hundred texts, each different. */
export const INJECTIONS: readonly string[] = [
  ...new Set([...PINGS, ...LINKS, ...HIDERS].flatMap((text) => WRAPPINGS.map((wrap) => wrap(text)))),
];

/** A text in every place of a reply where a page's or a person's words may stand. */
export const everywhere = (text: string): readonly Block[] => [
  { kind: "heading", text },
  { kind: "text", line: [text, { kind: "strong", text }, { kind: "code", text }] },
  { kind: "text", line: [{ kind: "link", text, href: "javascript:alert(1)" }] },
  {
    kind: "list",
    ordered: true,
    items: [
      { depth: 0, line: [text] },
      { depth: 1, line: [{ kind: "strong", text }] },
    ],
  },
  { kind: "code", language: text, text },
  { kind: "table", head: ["", text, "b"], rows: [[[text], [text], [{ kind: "code", text }]]] },
  { kind: "note", tone: "warning", line: [text] },
  { kind: "figure", diagram: "none", alt: text },
  { kind: "buttons", buttons: [{ label: text, call: { command: "help", args: {} } }] },
  { kind: "sources", sources: [{ title: text, page: "page.md" }] },
];

/** Characters that turn text around or hide in it; a line break and a tab are none. */
export const HIDDEN = /(?![\n\t])\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
