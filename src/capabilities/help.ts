/** `help`: what there is, derived from the commands themselves; also the nearest match of a misspelt command. */
import { z } from "zod";
import { type Capability, type Command, command } from "../core/capability.ts";
import { quote } from "../core/errors.ts";
import { about, type Block, type Button, type Reply } from "../core/reply.ts";
import { distance } from "../library/words.ts";

/** `others` are all capabilities of the tutor, read when help is asked for. */
export function help({ others }: { others: () => readonly Capability[] }): Capability {
  const commands = () => others().flatMap((capability) => capability.commands.filter((each) => each.listed));
  return {
    name: "help",
    examples: ["help", "help compare", "/help"],
    commands: [
      command({
        name: "help",
        summary: "What I can do, or how one command works",
        usage: "[command]",
        args: z.object({ command: z.string().describe("A command's name").optional(), unknown: z.string().optional() }),
        audience: "asker",
        run: async (args) =>
          args.unknown
            ? didYouMean(args.unknown, commands())
            : args.command
              ? detail(args.command, others())
              : overview(commands()),
      }),
    ],
    hear(text) {
      const slash = /^\/(?:docker\s+)?([a-z]+)\b\s*(.*)$/is.exec(text);
      const known = (name: string) => commands().find((each) => each.name === name.toLowerCase());
      if (slash?.[1]) {
        const name = slash[1].toLowerCase();
        const found = known(name);
        if (name === "docker") return slash[2] ? undefined : { command: "help", args: {} };
        if (found) return { command: found.name, args: found.parse(slash[2]?.trim() ?? "") };
        return { command: "help", args: { unknown: name.slice(0, 40) } };
      }
      const plain = /^(?:help|\?|commands|menu|usage)(?:\s+(?:me|with|on|about|for))?(?:\s+([a-z]+))?\s*[?!.]*$/i.exec(
        text.trim(),
      );
      if (plain)
        return { command: "help", args: plain[1] && known(plain[1]) ? { command: plain[1].toLowerCase() } : {} };
      const misspelt = /^([a-z]{4,12})(?:\s|$)/i.exec(text)?.[1]?.toLowerCase();
      const meant = misspelt ? nearest(misspelt, commands()) : undefined;
      // "comapre vm container": one slip away from a command, and no word of its own.
      return meant &&
        misspelt !== meant.name &&
        // "lessons learned from ..." has a plural, not a slip.
        misspelt !== `${meant.name}s` &&
        distance(misspelt ?? "", meant.name, 1) === 1 &&
        meant.name.length >= 6 &&
        text.includes(" ")
        ? { command: meant.name, args: meant.parse(text.slice(misspelt?.length ?? 0).trim()) }
        : undefined;
    },
  };
}

const nearest = (name: string, commands: readonly Command[]): Command | undefined =>
  commands
    .map((each) => ({ each, edits: distance(name, each.name, 2) }))
    .filter(({ edits, each }) => edits <= (each.name.length < 5 ? 1 : 2))
    .sort((a, b) => a.edits - b.edits)[0]?.each;

const usage = (each: Command): string => (each.usage ? `${each.name} ${each.usage}` : each.name);

function overview(commands: readonly Command[]): Reply {
  const items = commands.map((each) => ({
    depth: 0 as const,
    line: [{ kind: "code" as const, text: usage(each) }, ` ${each.summary}`],
  }));
  return {
    blocks: [
      {
        kind: "text",
        line: ["Ask me anything about containers, microservices or Docker in your own words, or use a command:"],
      },
      { kind: "list", ordered: false, items },
      {
        kind: "text",
        line: ["In a thread you can go on without repeating yourself: ", { kind: "code", text: "and its drawbacks?" }],
      },
    ],
    about: about("chat"),
  };
}

function detail(name: string, capabilities: readonly Capability[]): Reply {
  for (const capability of capabilities) {
    const found = capability.commands.find((each) => each.listed && each.name === name.toLowerCase());
    if (!found) continue;
    const blocks: Block[] = [
      { kind: "text", line: [{ kind: "code", text: usage(found) }, ` ${found.summary}.`] },
      { kind: "text", line: ["For example:"] },
      {
        kind: "list",
        ordered: false,
        items: capability.examples.map((example) => ({ depth: 0, line: [{ kind: "code", text: example }] })),
      },
    ];
    return { blocks, about: about("chat") };
  }
  return didYouMean(
    name,
    capabilities.flatMap((capability) => capability.commands),
  );
}

function didYouMean(name: string, commands: readonly Command[]): Reply {
  const meant = nearest(
    name,
    commands.filter((each) => each.listed),
  );
  const buttons: Button[] = [
    ...(meant ? [{ label: `help ${meant.name}`, call: { command: "help", args: { command: meant.name } } }] : []),
    { label: "All commands", call: { command: "help", args: {} } },
  ];
  return {
    blocks: [
      {
        kind: "text",
        line: [
          `I have no command "${quote(name)}".`,
          ...(meant
            ? [" Did you mean ", { kind: "code" as const, text: usage(meant) }, "?"]
            : [" You can also ask in your own words."]),
        ],
      },
      { kind: "buttons", buttons },
    ],
    about: about("chat"),
  };
}
