/** What a button's id says: a call, with whose it is or how it is shown in front where that matters. */
import { type Call, callFits, decodeCall, encodeCall } from "../../src/core/index.ts";

/** Discord's custom_id. */
const ID = 100;

export interface Press {
  readonly call: Call;
  /** Only this person may press it. */
  readonly owner?: string;
  /** The tables of the answer as aligned columns. */
  readonly columns?: true;
}

/** Undefined where it does not fit. */
export function pressId({ call, owner, columns }: Press): string | undefined {
  if (!callFits(call)) return undefined;
  const id = `${owner ? `!${owner} ` : columns ? "=" : ""}${encodeCall(call)}`;
  return id.length <= ID ? id : undefined;
}

/** Undefined for an id that is not ours. */
export function readPress(id: string): Press | undefined {
  const [, owner, columns, rest = ""] = /^(?:!(\d{1,20}) |(=))?(.*)$/s.exec(id) ?? [];
  const call = decodeCall(rest);
  return call && { call, ...(owner ? { owner } : {}), ...(columns ? { columns: true } : {}) };
}
