/** Our own drawings as files in a workspace, uploaded once; where that is not allowed they are told in words. */
import { webApi } from "@slack/bolt";
import type { Block, Log, Tutor } from "../../src/core/index.ts";
import { nameOf } from "./failure.ts";
import type { Pictures } from "./render.ts";
import { shorten } from "./words.ts";

export interface Pictured {
  of(client: webApi.WebClient, team: string, blocks: readonly Block[]): Promise<Pictures>;
}

const ALT = 1000;
const TIMEOUT_MS = 10_000;

interface Ticket {
  readonly upload_url?: string;
  readonly file_id?: string;
}

export function createPictures(tutor: Pick<Tutor, "diagram">, log: Log): Pictured {
  const uploaded = new Map<string, Promise<string | undefined>>();
  /** Workspaces whose installation lacks `files:write`; a new start looks again. */
  const without = new Set<string>();

  async function upload(client: webApi.WebClient, team: string, id: string): Promise<string | undefined> {
    const drawing = await tutor.diagram(id);
    if (!drawing) return undefined;
    try {
      // The SDK's own upload names the alternative text so that Slack does not see it.
      const ticket = (await client.apiCall("files.getUploadURLExternal", {
        filename: `${id}.png`,
        length: drawing.png.length,
        alt_txt: shorten(drawing.alt, ALT),
      })) as Ticket;
      if (!ticket.upload_url || !ticket.file_id) return undefined;
      const sent = await fetch(ticket.upload_url, {
        method: "POST",
        body: new Uint8Array(drawing.png),
        redirect: "error",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!sent.ok) return undefined;
      await client.files.completeUploadExternal({ files: [{ id: ticket.file_id, title: id }] });
      return ticket.file_id;
    } catch (error) {
      if (error instanceof webApi.WebAPIPlatformError && error.data.error === "missing_scope") {
        without.add(team);
        log.warn({ team, scope: "files:write" }, "drawings are told in words: the app lacks a scope");
      } else log.warn({ team, code: nameOf(error) }, "drawing not uploaded");
      return undefined;
    }
  }

  return {
    async of(client, team, blocks) {
      const ids = blocks.flatMap((block) => (block.kind === "figure" ? [block.diagram] : []));
      if (!ids.length || without.has(team)) return new Map();
      const found = await Promise.all(
        ids.map(async (id) => {
          const key = `${team}/${id}`;
          const running = uploaded.get(key) ?? upload(client, team, id);
          uploaded.set(key, running);
          const file = await running;
          if (!file) uploaded.delete(key);
          return [id, file] as const;
        }),
      );
      return new Map(found.flatMap(([id, file]) => (file ? [[id, file] as const] : [])));
    },
  };
}
