/** What the app may do, why, and what is missing without it: for the manifest, and for those who can add it. */

interface Scope {
  readonly name: string;
  readonly needed: boolean;
  /** What people notice where it is missing. */
  readonly without: string;
}

export const SCOPES: readonly Scope[] = [
  { name: "app_mentions:read", needed: true, without: "mentions are not heard" },
  { name: "chat:write", needed: true, without: "nothing can be answered" },
  { name: "commands", needed: true, without: "the slash command and the shortcuts do not work" },
  { name: "im:history", needed: true, without: "direct messages are not heard" },
  { name: "assistant:write", needed: true, without: "no suggested prompts are shown" },
  {
    name: "channels:history",
    needed: false,
    without: "in channels each follow-up needs a mention, and a lost answer is not looked for",
  },
  {
    name: "groups:history",
    needed: false,
    without: "in private channels each follow-up needs a mention, and a lost answer is not looked for",
  },
  { name: "channels:read", needed: false, without: "no welcome is said when the tutor is added to a channel" },
  { name: "files:write", needed: false, without: "drawings are told in words" },
  {
    name: "users:read",
    needed: false,
    without: "admins are not recognised (ADMIN_IDS names them) and zones are asked for",
  },
];

const CURE = "Add it under OAuth & Permissions, Bot Token Scopes, then install the app again.";

/** What is missing and the cure, for each scope that is not there; nothing where Slack does not say which there are. */
export const missingScopes = (granted: readonly string[]): readonly string[] =>
  granted.length === 0
    ? []
    : SCOPES.filter(({ name }) => !granted.includes(name)).map(
        ({ name, without }) => `Scope ${name} is missing: ${without}. ${CURE}`,
      );
