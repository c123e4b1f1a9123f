/** `privacy`, `export`, `forget`: what is kept about a person, all of it to take away, all of it gone. */
import { z } from "zod";
import { type Capability, command } from "../core/capability.ts";
import { TutorError } from "../core/errors.ts";
import type { Ms, PrivacyStore, Retention } from "../core/ports.ts";
import { about, type Button, type Reply, remark, type Span } from "../core/reply.ts";
import type { Turn } from "../core/turn.ts";
import { personOf } from "./moderator.ts";

interface PrivacyParts {
  readonly privacy: PrivacyStore;
  readonly retention: Retention;
  readonly clock: () => Ms;
}

/** Characters of one part of an export: within one message of every platform. */
const PART = 1600;
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
        run: async () => policy(parts.retention),
      }),
      command({
        name: "export",
        summary: "Everything I keep about you, as JSON",
        args: z.object({ part: z.coerce.number().int().min(1).max(9999).default(1) }),
        usage: "",
        audience: "asker",
        parse: (rest) => (/^(?:part\s+)?\d+$/i.test(rest) ? { part: rest.replace(/\D/g, "") } : {}),
        run: ({ part }, turn) => exported(parts, part, turn),
      }),
      command({
        name: "forget",
        summary: "Delete everything I keep about you",
        args: z.object({ sure: z.enum(["yes"]).optional() }),
        usage: "",
        audience: "asker",
        parse: (rest) => (/^(?:me\s+)?yes$/i.test(rest) ? { sure: "yes" } : {}),
        run: ({ sure }, turn) => (sure ? forget(parts, turn) : Promise.resolve(areYouSure())),
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

/** A period as people say it. */
function sayPeriod(ms: Ms): string {
  const hours = Math.round(ms / HOUR_MS);
  if (hours <= 48) return hours === 1 ? "1 hour" : `${hours} hours`;
  const days = Math.round(hours / 24);
  return days % 365 === 0 ? `${(days / 365) * 12} months` : `${days} days`;
}

function policy({ conversations, keys, quiz, audit }: Retention): Reply {
  const item = (...line: Span[]) => ({ depth: 0 as const, line });
  const strong = (text: string): Span => ({ kind: "strong", text });
  const { blocks, about } = remark(["What I keep, under your id on this platform, in this community:"]);
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
          item(strong("Your feedback"), `: helpful or not, and a reason if you write one; ${sayPeriod(quiz)}.`),
          item(strong("Questions without an answer"), ": their concepts and unknown words, without your name."),
          item(strong("Settings you changed"), `: what, when, by whom; ${sayPeriod(audit)}.`),
        ],
      },
      { kind: "text", line: ["Nothing is sold, sent elsewhere or used to train anything. Logs hold no text."] },
      {
        kind: "text",
        line: [
          { kind: "code", text: "forget me" },
          " is for the workspace or server, or the direct messages, where you say it: say it in each. Backups that the operator made before keep what you had forgotten until they are replaced.",
        ],
      },
      { kind: "buttons", buttons: [EXPORT, FORGET] },
    ],
    about,
  };
}

async function exported({ privacy }: PrivacyParts, part: number, turn: Turn): Promise<Reply> {
  const everything = await privacy.export(personOf(turn));
  if (!Object.keys(everything).length) return remark(["I keep nothing about you."]);
  const parts = split(JSON.stringify(everything, null, 1));
  const text = parts[part - 1];
  if (text === undefined)
    throw new TutorError("learner", `There is no part ${part}.`, { hint: `There are ${parts.length}: \`export\`.` });
  const next: Button = {
    label: `Part ${part + 1} of ${parts.length}`,
    call: { command: "export", args: { part: String(part + 1) } },
  };
  return {
    blocks: [
      {
        kind: "text",
        line: [
          parts.length > 1
            ? `Everything I keep about you, part ${part} of ${parts.length}:`
            : "Everything I keep about you:",
        ],
      },
      { kind: "code", language: "json", text },
      ...(part < parts.length ? [{ kind: "buttons" as const, buttons: [next] }] : []),
    ],
    about: about("chat"),
  };
}

/** Whole lines, so that the parts put together are the JSON again. */
function split(json: string): readonly string[] {
  const parts: string[] = [];
  let lines: string[] = [];
  let size = 0;
  for (const line of json.split("\n")) {
    if (size && size + line.length + 1 > PART) {
      parts.push(lines.join("\n"));
      lines = [];
      size = 0;
    }
    lines.push(line);
    size += line.length + 1;
  }
  return [...parts, lines.join("\n")];
}

const areYouSure = (): Reply =>
  remark(
    [
      "This deletes everything I keep about you in this community: cards, quiz answers, feedback, reminders, what you chose. It cannot be undone. Press the button, or say ",
      { kind: "code", text: "forget me yes" },
      ".",
    ],
    [{ label: "Yes, forget me", call: { command: "forget", args: { sure: "yes" } } }, EXPORT],
  );

async function forget({ privacy, clock }: PrivacyParts, turn: Turn): Promise<Reply> {
  const count = await privacy.forget(personOf(turn), clock());
  return remark([
    count
      ? "Done. Everything I kept about you here is gone, from the database's file too. Backups of the operator keep it until they are replaced; other servers and direct messages have their own."
      : "There was nothing about you to forget.",
  ]);
}
