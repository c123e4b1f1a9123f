/** Short names for texts and pages: the same text has the same one on every machine, a changed one another. */
import type { Page } from "./page.ts";

/** 53 bits as 11 characters (cyrb53): tells versions apart, keeps no secret. */
export function fingerprint(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36).padStart(11, "0");
}

const versions = new WeakMap<Page, string>();

/** Changes with anything that the page says. */
export function pageVersion(page: Page): string {
  const known = versions.get(page);
  if (known) return known;
  const version = fingerprint(JSON.stringify([page.title, page.sections, page.comparison ?? null]));
  versions.set(page, version);
  return version;
}
