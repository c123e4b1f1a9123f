/** A form as a modal, and a modal that was filled in as the call it completes. */
import type { types } from "@slack/bolt";
import type { Call, Form, FormField, Place } from "../../src/core/index.ts";
import { shorten } from "./words.ts";

export const FORM = "form";
const TITLE = 24;
const LABEL = 2000;
const OPTION = 75;
const OPTIONS = 100;
const TEXT = 3000;
const LINE = 500;

/** What a modal remembers: the call so far, and where the answer goes. */
export interface Pending {
  readonly call: Call;
  readonly place: Place;
}

const plain = (text: string, limit: number): types.PlainTextElement => ({
  type: "plain_text",
  text: shorten(text, limit),
  emoji: false,
});

export function modal(form: Form, pending: Pending): types.ModalView {
  // What the call says already is not asked again.
  const asked = form.fields.filter(({ arg }) => !pending.call.args[arg]);
  return {
    type: "modal",
    callback_id: FORM,
    title: plain(form.title, TITLE),
    submit: plain("Send", TITLE),
    close: plain("Cancel", TITLE),
    private_metadata: JSON.stringify(pending),
    blocks: asked.map((field) => ({
      type: "input",
      block_id: field.arg,
      optional: !field.required,
      label: plain(field.label, LABEL),
      element: element(field),
    })),
  };
}

function element(field: FormField): types.StaticSelect | types.PlainTextInput {
  switch (field.kind) {
    case "choice":
      return {
        type: "static_select",
        action_id: "value",
        options: (field.choices ?? []).slice(0, OPTIONS).map((choice) => ({
          text: plain(choice, OPTION),
          value: choice.slice(0, OPTION),
        })),
      };
    case "text":
      return { type: "plain_text_input", action_id: "value", multiline: true, max_length: TEXT };
    case "line":
      return { type: "plain_text_input", action_id: "value", max_length: LINE };
    case "zone":
      return {
        type: "plain_text_input",
        action_id: "value",
        max_length: LINE,
        placeholder: plain("Europe/Berlin", 150),
      };
    default:
      return field.kind satisfies never;
  }
}

/** The parts of a submission that matter here. */
export interface Submitted {
  readonly private_metadata: string;
  readonly state: {
    readonly values: Readonly<
      Record<
        string,
        Readonly<
          Record<
            string,
            { readonly value?: string | null; readonly selected_option?: { readonly value: string } | null }
          >
        >
      >
    >;
  };
}

/** Undefined for a modal of another version, whose memory we cannot read. */
export function submitted(view: Submitted): Pending | undefined {
  const pending = pendingOf(view.private_metadata);
  if (!pending) return undefined;
  const filled = Object.entries(view.state.values).flatMap(([arg, { value: said }]) => {
    const text = (said?.selected_option?.value ?? said?.value ?? "").trim();
    return text ? [[arg, text] as const] : [];
  });
  return { ...pending, call: { ...pending.call, args: { ...pending.call.args, ...Object.fromEntries(filled) } } };
}

function pendingOf(memory: string): Pending | undefined {
  try {
    const pending: Pending = JSON.parse(memory);
    return pending.call?.command && pending.place?.channel ? pending : undefined;
  } catch {
    return undefined;
  }
}
