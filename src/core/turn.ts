/** What a person said, where, and as what: the input of the whole tutor. */

export type Platform = "terminal" | "jsonl" | "slack" | "discord" | "web" | "test";

/**
 * Is an id the same person in every community? Slack promises it inside a workspace only: elsewhere the same id may be
 * somebody else's.
 */
export const sameEverywhere = (platform: Platform): boolean => platform !== "slack";

/** Who said it. `id` is the platform's own stable id; `zone` is an IANA zone where the platform knows it. */
export interface Person {
  readonly id: string;
  readonly name?: string;
  readonly zone?: string;
  readonly moderator?: boolean;
}

/** Where it was said. `community` is a workspace or a guild; `thread` is absent outside of threads. */
export interface Place {
  readonly platform: Platform;
  readonly community: string;
  readonly channel: string;
  readonly thread?: string;
}

/**
 * A person's direct messages, as a place to deliver to unasked: `@` and the person's id stand for the channel, and the
 * adapter opens it.
 */
export const directPlace = ({
  platform,
  community,
  person,
}: {
  readonly platform: Platform;
  readonly community: string;
  readonly person: string;
}): Place => ({ platform, community, channel: `@${person}` });

/** A command with its arguments: what a button, a slash command and a typed line all become. */
export interface Call {
  readonly command: string;
  readonly args: Readonly<Record<string, string>>;
}

type Said = { readonly kind: "text"; readonly text: string } | { readonly kind: "call"; readonly call: Call };

/** One thing one person said in one place. `id` names the platform's event, so that it is answered once. */
export interface Turn {
  readonly id: string;
  readonly person: Person;
  readonly place: Place;
  readonly said: Said;
}

/** Discord's custom_id, the tightest button id of all platforms, in UTF-16 units. */
export const CALL_LIMIT = 100;

/**
 * A call as a button id: `compare?a=vm&b=container`, at most {@link CALL_LIMIT} characters.
 * Arguments that do not fit are refused rather than cut: a cut id would be another call.
 */
export function encodeCall(call: Call): string {
  const query = new URLSearchParams(call.args).toString();
  const text = query ? `${call.command}?${query}` : call.command;
  if (text.length > CALL_LIMIT)
    throw new RangeError(`A button's call has ${text.length} characters, at most ${CALL_LIMIT} fit.`);
  return text;
}

export const callFits = (call: Call): boolean =>
  call.command.length + new URLSearchParams(call.args).toString().length + 1 <= CALL_LIMIT;

/** The reverse of {@link encodeCall}; undefined for a button id that is not ours. */
export function decodeCall(text: string): Call | undefined {
  const match = /^([a-z][a-z.]{0,39})(?:\?(.*))?$/s.exec(text);
  if (!match?.[1]) return undefined;
  return { command: match[1], args: Object.fromEntries(new URLSearchParams(match[2] ?? "")) };
}

/** One key for a place, the same for everything said in one thread. */
export const placeKey = (place: Place): string =>
  JSON.stringify([place.platform, place.community, place.channel, place.thread ?? ""]);
