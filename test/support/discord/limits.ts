/** What the types cannot say: lengths, counts, and what excludes what. Each fault in words. */
import { type BodyType, schemaFault } from "./schemas.ts";

type Json = Readonly<Record<string, unknown>>;

const V2 = 1 << 15;
const TEXT = 4000;
const COMPONENTS = 40;
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : []);
const length = (value: unknown): number => (typeof value === "string" ? value.length : 0);

/** All components, nested ones included. */
const all = (components: readonly Json[]): readonly Json[] =>
  components.flatMap((each) => [
    each,
    ...all([
      ...listOf(each.components),
      ...(isJson(each.component) ? [each.component] : []),
      ...(isJson(each.accessory) ? [each.accessory] : []),
    ]),
  ]);

function* componentFaults(top: readonly Json[]): Generator<string> {
  const every = all(top);
  const ids = every.flatMap(({ custom_id }) => (typeof custom_id === "string" ? [custom_id] : []));
  if (new Set(ids).size < ids.length) yield "a custom_id occurs twice";
  const numbers = every.flatMap(({ id }) => (typeof id === "number" ? [id] : []));
  if (new Set(numbers).size < numbers.length) yield "a component id occurs twice";
  if (numbers.some((id) => id < 0 || id > 0x7fffffff || !Number.isInteger(id))) yield "a component id is no int32";
  for (const each of every) {
    if (each.custom_id !== undefined && (length(each.custom_id) < 1 || length(each.custom_id) > 100))
      yield `custom_id has ${length(each.custom_id)} characters`;
    switch (each.type) {
      case 1:
        if (listOf(each.components).length < 1 || listOf(each.components).length > 5)
          yield `a row holds ${listOf(each.components).length} components`;
        break;
      case 2:
        if (length(each.label) < 1 || length(each.label) > 80)
          yield `a button's label has ${length(each.label)} characters`;
        break;
      case 3:
        if (listOf(each.options).length < 1 || listOf(each.options).length > 25)
          yield "a select has no or over 25 options";
        for (const option of listOf(each.options))
          if (
            length(option.label) < 1 ||
            length(option.label) > 100 ||
            length(option.value) < 1 ||
            length(option.value) > 100
          )
            yield "a select's option is empty or over 100 characters";
        break;
      case 4:
        if (length(each.placeholder) > 100) yield "a placeholder is over 100 characters";
        break;
      case 10:
        if (!(typeof each.content === "string" && each.content.trim())) yield "a text is empty";
        if (/^\|.*\|\s*$/m.test(String(each.content)) && !String(each.content).includes("```")) yield "a pipe table";
        break;
      case 12: {
        const items = listOf(each.items);
        if (items.length < 1 || items.length > 10) yield "a gallery holds none or over 10 pictures";
        for (const item of items)
          if (length(item.description) < 1 || length(item.description) > 1024)
            yield "a picture's alt text is missing or too long";
        break;
      }
      case 17:
        if (!listOf(each.components).length) yield "a container is empty";
        break;
      case 18:
        if (length(each.label) < 1 || length(each.label) > 45) yield "a label is empty or over 45 characters";
        break;
    }
  }
}

function* messageFaults(body: Json): Generator<string> {
  const components = listOf(body.components);
  const v2 = (Number(body.flags ?? 0) & V2) !== 0;
  yield* componentFaults(components);
  if (v2) {
    if (body.content || listOf(body.embeds).length || body.poll) yield "Components V2 beside content, embeds or a poll";
    const every = all(components);
    if (every.length > COMPONENTS) yield `${every.length} components`;
    const text = every.reduce((sum, each) => sum + (each.type === 10 ? length(each.content) : 0), 0);
    if (text > TEXT) yield `${text} characters of text`;
    if (!components.length) yield "no component";
  } else {
    if (components.some(({ type }) => type !== 1)) yield "a V2 component without its flag";
    if (length(body.content) > 2000) yield `${length(body.content)} characters of content`;
  }
  if (length(body.nonce) > 25) yield `a nonce of ${length(body.nonce)} characters`;
  const mentions = body.allowed_mentions;
  if (!isJson(mentions) || listOf(mentions.users).length) yield "mentions are not switched off";
  else if (!Array.isArray(mentions.parse) || mentions.parse.length) yield "mentions are parsed";
}

const languages = (map: unknown): string[] => (isJson(map) ? Object.values(map).map(String) : []);

function* commandFaults(list: readonly Json[]): Generator<string> {
  for (const command of list) {
    const chat = (command.type ?? 1) === 1;
    if (length(command.name) < 1 || length(command.name) > 32) yield "a command's name";
    let size = 0;
    const walk = function* (each: Json): Generator<string> {
      const names = languages(each.name_localizations);
      const descriptions = languages(each.description_localizations);
      // Of a text in several languages Discord counts the longest.
      size += Math.max(length(each.name), ...names.map(length));
      size += Math.max(length(each.description), ...descriptions.map(length));
      for (const name of names)
        if (!NAME.test(name) || name !== name.toLowerCase()) yield `the translated name ${name}`;
      for (const text of descriptions)
        if (length(text) < 1 || length(text) > 100) yield `${String(each.name)}: a translated description`;
      if (!NAME.test(String(each.name)) || String(each.name) !== String(each.name).toLowerCase())
        yield `the name ${String(each.name)}`;
      if (length(each.description) < 1 || length(each.description) > 100) yield `${String(each.name)}: its description`;
      const options = listOf(each.options);
      if (options.length > 25) yield `${String(each.name)}: ${options.length} options`;
      const firstOptional = options.findIndex(({ required }) => !required);
      if (firstOptional >= 0 && options.slice(firstOptional).some(({ required }) => required))
        yield `${String(each.name)}: a required option after an optional one`;
      const choices = listOf(each.choices);
      if (choices.length > 25) yield `${String(each.name)}: ${choices.length} choices`;
      if (choices.length && each.autocomplete) yield `${String(each.name)}: choices and autocomplete`;
      for (const choice of choices) size += length(choice.name) + length(choice.value);
      for (const option of options) yield* walk(option);
    };
    if (chat) yield* walk(command);
    else
      for (const name of languages(command.name_localizations))
        if (length(name) < 1 || length(name) > 32) yield `the translated name ${name}`;
    if (size > 8000) yield `${String(command.name)}: ${size} characters in all`;
    if (!chat && (command.description || listOf(command.options).length))
      yield "a menu entry with description or options";
  }
}

function* callbackFaults(body: Json): Generator<string> {
  const data = isJson(body.data) ? body.data : {};
  if (body.type === 5 && Object.keys(data).some((name) => name !== "flags"))
    yield "a deferral says more than its flags";
  if (body.type === 5 && (Number(data.flags ?? 0) & ~64) !== 0) yield "a deferral takes only EPHEMERAL";
  if (body.type === 4) yield* messageFaults(data);
  if (body.type === 8 && listOf(data.choices).length > 25) yield `${listOf(data.choices).length} choices`;
  for (const choice of listOf(data.choices))
    if (length(choice.name) < 1 || length(choice.name) > 100 || length(choice.value) > 100) yield "a choice's length";
  if (body.type === 9) {
    if (length(data.title) < 1 || length(data.title) > 45) yield "a form's title";
    if (length(data.custom_id) < 1 || length(data.custom_id) > 100) yield "a form's custom_id";
    const fields = listOf(data.components);
    if (fields.length < 1 || fields.length > 5) yield `a form of ${fields.length} fields`;
    if (fields.some(({ type }) => type !== 18 && type !== 10)) yield "a field without a label";
    yield* componentFaults(fields);
  }
}

/** The table alone, for a message; a hundred times as fast as the schema. */
export const tableFaultsOf = (body: object): string[] => [...messageFaults({ ...body })];

/** Every fault of an outgoing body: by its type first, then by the table. */
export function faultsOf(type: BodyType, body: unknown): string[] {
  const bySchema = schemaFault(type, body);
  const found = bySchema ? [bySchema] : [];
  if (Array.isArray(body)) return [...found, ...commandFaults(listOf(body))];
  if (!isJson(body)) return [...found, "no object"];
  switch (type) {
    case "RESTPostAPIInteractionCallbackJSONBody":
      return [...found, ...callbackFaults(body)];
    case "RESTPostAPIChannelMessagesThreadsJSONBody":
      return length(body.name) < 1 || length(body.name) > 100 ? [...found, "a thread's name"] : found;
    case "RESTPostAPICurrentUserCreateDMChannelJSONBody":
      return found;
    default:
      return [...found, ...messageFaults(body)];
  }
}
