/** A form -> a modal. Its id is the call so far; what is filled in comes back by argument. */
import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  TextInputStyle,
} from "discord.js";
import { callFits, encodeCall, type Form, type Plan } from "../../src/core/index.ts";
import { cut } from "./text.ts";

const TITLE = 45;
const LABEL = 45;
const FIELDS = 5;
const CHOICES = 25;
const CHOICE = 100;

/** Undefined where the call does not fit into a modal's id: then the tutor says what is missing. */
export function modalOf({ form, call }: Plan): APIModalInteractionResponseCallbackData | undefined {
  if (!form || !callFits(call)) return undefined;
  const asked = form.fields.filter(({ arg }) => !call.args[arg]).slice(0, FIELDS);
  return asked.length
    ? { custom_id: encodeCall(call), title: cut(form.title, TITLE), components: asked.map(labelled) }
    : undefined;
}

const labelled = (field: Form["fields"][number]): APILabelComponent => ({
  type: ComponentType.Label,
  label: cut(field.label, LABEL),
  component:
    field.kind === "choice" && field.choices?.length
      ? {
          type: ComponentType.StringSelect,
          custom_id: field.arg,
          required: field.required,
          options: field.choices
            .slice(0, CHOICES)
            .map((choice) => ({ label: cut(choice, CHOICE), value: choice.slice(0, CHOICE) })),
        }
      : {
          type: ComponentType.TextInput,
          custom_id: field.arg,
          style: field.kind === "text" ? TextInputStyle.Paragraph : TextInputStyle.Short,
          required: field.required,
          ...(field.kind === "zone" ? { placeholder: "Such as Europe/London" } : {}),
        },
});
