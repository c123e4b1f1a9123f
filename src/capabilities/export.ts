/** `export`: everything about a person as JSON, in parts that fit into messages. */
import { TutorError } from "../core/errors.ts";
import { about, type Button, type Reply, remark } from "../core/reply.ts";

/** Characters of one part: within one message of every platform. */
const PART = 1600;

/** The part that was asked for, with the button to the next. */
export function exported(everything: Readonly<Record<string, readonly object[]>>, part: number): Reply {
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
