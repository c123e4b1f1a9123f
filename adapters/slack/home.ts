/** What people see before they ask: the App Home, suggested prompts, a short welcome. None of it may stop an answer. */
import type { types, webApi } from "@slack/bolt";
import type { Log, Tutor } from "../../src/core/index.ts";
import { nameOf } from "./failure.ts";
import { callTurn } from "./parse.ts";
import type { People } from "./people.ts";
import { render } from "./render.ts";

export interface Home {
  publish(client: webApi.WebClient, team: string, user: string): Promise<void>;
  suggest(client: webApi.WebClient, channel: string): Promise<void>;
  welcome(client: webApi.WebClient, channel: string): Promise<void>;
}

interface HomeParts {
  readonly tutor: Tutor;
  readonly people: People;
  /** What is missing in the app's scopes, for those who can add it. */
  readonly missing: (team: string) => Promise<readonly string[]>;
  readonly log: Log;
}

const BLOCKS = 90;
const PROMPTS = [
  { title: "What is a container?", message: "What is a container?" },
  { title: "VM or container?", message: "compare vm container" },
  { title: "Make an image smaller", message: "Why is my image so large?" },
  { title: "What can you do?", message: "help" },
] as const;
const WELCOME =
  "Hello! I answer questions about containers, microservices and Docker. Mention me with a question, or type `help` after my name. I stay quiet otherwise.";
const NOTHING = "Ask me anything about containers, microservices or Docker, here under Messages or by mentioning me.";

export function createHome({ tutor, people, missing, log }: HomeParts): Home {
  const safely = async (method: string, work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      log.warn({ code: nameOf(error), method }, "not shown");
      return false;
    }
  };

  /** The `home` command's reply where there is one, else what the tutor can do. */
  async function view(client: webApi.WebClient, team: string, user: string): Promise<types.HomeView> {
    const person = await people.know(client, team, user);
    const command = tutor.commands.some(({ name }) => name === "home") ? "home" : "help";
    const turn = callTurn("home", user, { platform: "slack", community: team, channel: user }, { command, args: {} });
    const reply = await tutor.answer(tutor.hear({ ...turn, person }));
    const blocks = render(reply.blocks)
      .flatMap((page) => page.blocks)
      // The Home takes neither of these two.
      .filter(({ type }) => type !== "table" && type !== "context_actions")
      .slice(0, BLOCKS);
    const notes = person.moderator ? await missing(team) : [];
    return {
      type: "home",
      blocks: [
        ...blocks.map((block, i) => ({ ...block, block_id: `home:${i}` })),
        ...notes.map((text): types.KnownBlock => ({ type: "context", elements: [{ type: "plain_text", text }] })),
        ...(blocks.length ? [] : [{ type: "section" as const, text: { type: "plain_text" as const, text: NOTHING } }]),
      ],
    };
  }

  return {
    async publish(client, team, user) {
      // Without a hash the newest view wins, so two opened at once cannot refuse each other; twice is for Slack's own conflicts.
      const publish = async () => client.views.publish({ user_id: user, view: await view(client, team, user) });
      if (!(await safely("views.publish", publish))) await safely("views.publish", publish);
    },
    async suggest(client, channel) {
      await safely("assistant.threads.setSuggestedPrompts", () =>
        client.apiCall("assistant.threads.setSuggestedPrompts", {
          channel_id: channel,
          title: "Ask about containers",
          prompts: JSON.stringify(PROMPTS),
        }),
      );
    },
    async welcome(client, channel) {
      await safely("chat.postMessage", () =>
        client.chat.postMessage({ channel, text: WELCOME, unfurl_links: false, unfurl_media: false }),
      );
    },
  };
}
