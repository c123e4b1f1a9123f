/** Buttons of a reply, as a person finds them: by what they say. */
import type { Button, Reply } from "../../src/core/reply.ts";
import type { Call } from "../../src/core/turn.ts";
import { bankOf } from "../../src/learning/bank.ts";
import { library } from "./tutor.ts";

export const buttonsOf = (reply: Reply): readonly Button[] =>
  reply.blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : []));

/** The call of the button whose label begins so. */
export function press(reply: Reply, label: string): Call {
  const button = buttonsOf(reply).find((each) => each.label.startsWith(label));
  if (!button) throw new Error(`No button "${label}" among ${buttonsOf(reply).map((each) => each.label)}.`);
  return button.call;
}

/** The option buttons of a question. */
export const optionsOf = (reply: Reply): readonly Button[] =>
  buttonsOf(reply).filter(({ label }) => /^[A-F]$/.test(label));

/** The call that answers a question right, or wrong. */
export function answer(reply: Reply, right: boolean): Call {
  for (const { call } of optionsOf(reply)) {
    const items = call.args.q ? [bankOf(library()).item(call.args.q)] : bankOf(library()).items;
    const choice = items
      .filter((item) => item && (call.args.q || textHas(reply, item.question.question)))
      .flatMap((item) => item?.choices ?? [])
      .find((each) => each.key === call.args.p);
    if (choice && choice.right === right) return call;
  }
  throw new Error(`No ${right ? "right" : "wrong"} answer.`);
}

/** Is this question asked? Compared without markup. */
function textHas(reply: Reply, question: string): boolean {
  const bare = (text: string) => text.replace(/[`*]/g, "");
  return reply.blocks.some(
    (block) =>
      block.kind === "text" &&
      bare(block.line.map((span) => (typeof span === "string" ? span : span.text)).join("")) === bare(question),
  );
}
