/** `privacy`, `export`, `forget`: what is kept about a person, all of it to take away, all of it gone. */
import { z } from "zod";
import { type Capability, command } from "../core/capability.ts";
import type { Ms, PrivacyStore, Retention } from "../core/ports.ts";
import { type Button, type Reply, remark, type Span } from "../core/reply.ts";
import { sameEverywhere, type Turn } from "../core/turn.ts";
import { exported } from "./export.ts";
import { personOf } from "./moderator.ts";

interface PrivacyParts {
  readonly privacy: PrivacyStore;
  readonly retention: Retention;
  readonly clock: () => Ms;
}

const HOUR_MS = 3_600_000;

const EXPORT: Button = { label: "Export my data", call: { command: "export", args: {} } };
const FORGET: Button = { label: "Forget me", call: { command: "forget", args: {} } };

/** Whole sentences only: "forget about volumes for a moment" is a conversation. */
const HEARD: readonly (readonly [RegExp, string])[] = [
  [
    /^\/?(?:privacy|what (?:do|did) you (?:know|store|keep|save|remember|have)(?: (?:about|on|of) me)?|what data (?:do you (?:have|store|keep)|is (?:kept|stored))(?: (?:about|on) me)?|(?:show|see) my data)$/,
    "privacy",
  ],
  [/^\/?(?:export(?: (?:me|all|my data|everything))?|(?:download|give me|send me) (?:all )?my data)$/, "export"],
  [
    /^\/?(?:forget(?: (?:me|my data|everything|all)(?: (?:about|of) me)?)?|(?:please )?(?:delete|erase|remove) (?:all (?:of )?)?(?:my data|me|everything (?:about|of) me)|forget everything you know about me)$/,
    "forget",
  ],
];

export function privacy(parts: PrivacyParts): Capability {
  return {
    name: "privacy",
    examples: ["privacy", "export", "forget me", "what do you know about me?"],
    commands: [
      command({
        name: "privacy",
        summary: "What I keep about you, and for how long",
        args: z.object({}),
        audience: "asker",
        run: async (_, turn) => policy(parts.retention, turn),
      }),
      command({
        name: "export",
        summary: "Everything I keep about you, as JSON",
        args: z.object({ part: z.coerce.number().int().min(1).max(9999).default(1) }),
        usage: "",
        audience: "asker",
        parse: (rest) => (/^(?:part\s+)?\d+$/i.test(rest) ? { part: rest.replace(/\D/g, "") } : {}),
        run: async ({ part }, turn) => exported(await parts.privacy.export(personOf(turn)), part),
      }),
      command({
        name: "forget",
        summary: "Delete everything I keep about you",
        args: z.object({ sure: z.enum(["yes"]).optional() }),
        usage: "",
        audience: "asker",
        parse: (rest) => (/^(?:me\s+)?yes$/i.test(rest) ? { sure: "yes" } : {}),
        run: ({ sure }, turn) => (sure ? forget(parts, turn) : Promise.resolve(areYouSure(turn))),
      }),
    ],
    hear(text) {
      if (text.length > 80) return undefined;
      const said = text
        .toLowerCase()
        .replace(/(?<![?!.])[?!.]+$/, "")
        .replace(/\s+/g, " ")
        .trim();
      if (/^\/?forget (?:me )?yes$/.test(said)) return { command: "forget", args: { sure: "yes" } };
      const part = /^export (?:part )?(\d{1,4})$/.exec(said)?.[1];
      if (part) return { command: "export", args: { part } };
      const command = HEARD.find(([pattern]) => pattern.test(said))?.[1];
      return command ? { command, args: {} } : undefined;
    },
  };
}

/** How far `export` and `forget` reach. */
const reach = ({ place }: Turn): string =>
  sameEverywhere(place.platform)
    ? "on this platform, in every server and in direct messages"
    : "in this workspace, in its channels and in direct messages";

/** Where an id may be somebody else's in another community, each is asked in its own. */
const elsewhere = ({ place }: Turn): string =>
  sameEverywhere(place.platform) ? "" : "Another workspace knows you by another account: say it there too. ";

/** A period as people say it. */
function sayPeriod(ms: Ms): string {
  const hours = Math.round(ms / HOUR_MS);
  if (hours <= 48) return hours === 1 ? "1 hour" : `${hours} hours`;
  const days = Math.round(hours / 24);
  return days % 365 === 0 ? `${(days / 365) * 12} months` : `${days} days`;
}

function policy({ conversations, keys, quiz, audit }: Retention, turn: Turn): Reply {
  const item = (...line: Span[]) => ({ depth: 0 as const, line });
  const strong = (text: string): Span => ({ kind: "strong", text });
  const { blocks, about } = remark([`What I keep under your id ${reach(turn)}:`]);
  return {
    blocks: [
      ...blocks,
      {
        kind: "list",
        ordered: false,
        items: [
          item(
            strong("The text you write to me"),
            ": only until I have answered, 24 hours at most. Never anybody else's, never later.",
          ),
          item(
            strong("What a thread was about"),
            `: concepts, no text and no names, ${sayPeriod(conversations)}. Event ids: ${sayPeriod(keys)}.`,
          ),
          item(
            strong("Your learning"),
            `: quiz answers, cards, what you chose; ${sayPeriod(quiz)} after the last answer.`,
          ),
          item(
            strong("Your feedback"),
            `: helpful or not; a reason that you write, moderators read without your name. ${sayPeriod(quiz)}.`,
          ),
          item(strong("Questions without an answer"), ": their concepts and unknown words, without your name."),
          item(strong("Settings you changed"), `: what, when, by whom; ${sayPeriod(audit)}.`),
        ],
      },
      { kind: "text", line: ["Nothing is sold, sent elsewhere or used to train anything. Logs hold no text."] },
      {
        kind: "text",
        line: [
          { kind: "code", text: "forget me" },
          ` deletes all of it ${reach(turn)}. ${elsewhere(turn)}Backups that the operator made before keep it until they are replaced.`,
        ],
      },
      { kind: "buttons", buttons: [EXPORT, FORGET] },
    ],
    about,
  };
}

const areYouSure = (turn: Turn): Reply =>
  remark(
    [
      `This deletes everything I keep about you ${reach(turn)}: cards, quiz answers, feedback, reminders, what you chose. ${elsewhere(turn)}It cannot be undone. Press the button, or say `,
      { kind: "code", text: "forget me yes" },
      ".",
    ],
    [{ label: "Yes, forget me", call: { command: "forget", args: { sure: "yes" } } }, EXPORT],
  );

async function forget({ privacy, clock }: PrivacyParts, turn: Turn): Promise<Reply> {
  const count = await privacy.forget(personOf(turn), clock());
  return remark([
    count
      ? `Done. Everything I kept about you ${reach(turn)} is gone, from the database's file too. ${elsewhere(turn)}Backups of the operator keep it until they are replaced.`
      : "There was nothing about you to forget.",
  ]);
}
