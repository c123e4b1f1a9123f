/** What Discord would refuse in a reply, or what would be live in it. */

import { markerOf } from "../../../adapters/discord/marker.ts";
import { container, renderPages } from "../../../adapters/discord/render.ts";
import type { Faults } from "../bodies.ts";
import { faultsOf } from "./limits.ts";

const LOOKS = [false, true].map((columns) => ({
  columns,
  drawn: new Set(["a", "b"]),
  extra: [{ label: "Table", id: "=compare?a=x" }],
}));

/** The body of a message as the adapter sends it. */
export const bodyOf = (components: unknown, more: object = {}): object => ({
  flags: 1 << 15,
  components,
  allowed_mentions: { parse: [] },
  nonce: "k",
  enforce_nonce: true,
  ...more,
});

/** Both ways of showing a table. */
export const discordFaults: Faults = (blocks) =>
  LOOKS.flatMap((look) =>
    renderPages(blocks, look).map((page, i) => [
      ...faultsOf("RESTPostAPIChannelMessageJSONBody", bodyOf([container(page, markerOf("key", i))])),
      ...liveIn(page.components),
    ]),
  );

/** Whatever would ping, turn text around or run, were it not switched off in the body. */
export function liveIn(components: unknown): string[] {
  const text = JSON.stringify(components);
  const found = text.match(/@(?:everyone|here)(?![A-Za-z0-9])|[\u202a-\u202e\u2066-\u2069]|\]\(<(?!https?:)[^>]*/gi);
  return (found ?? []).map((each) => `live: ${each}`);
}
