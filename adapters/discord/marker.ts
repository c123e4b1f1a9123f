/** Which answer a message is a page of: the id of its container says so, and it stays with the message. */
import { type APIMessageTopLevelComponent, ComponentType } from "discord.js";

const PAGE_BITS = 5;
/** Pages of an answer that a marker can tell apart. */
const PAGES = 1 << PAGE_BITS;

/** A component's id of 31 bits: the answer's key, and which page of it (FNV-1a). */
export function markerOf(key: string, page: number): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(key)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return ((hash & 0x7fffffe0) | (page % PAGES)) >>> 0 || PAGES;
}

export interface Marker {
  /** The same for all pages of an answer. */
  readonly answer: number;
  readonly page: number;
}

const read = (id: number): Marker => ({ answer: id >>> PAGE_BITS, page: id % PAGES });

/** Undefined for a message that is no answer. */
export function markerIn(components: readonly APIMessageTopLevelComponent[] | undefined): Marker | undefined {
  const [first] = components ?? [];
  return first?.type === ComponentType.Container && first.id !== undefined ? read(first.id) : undefined;
}

/** Does a message hold a page of this answer? */
export const isPageOf = (key: string, marker: Marker | undefined): marker is Marker =>
  marker?.answer === read(markerOf(key, 0)).answer;
