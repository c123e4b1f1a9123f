/** A person in the loopback Slack, and the real adapter on the other side. */
import { type SlackParts, slack } from "../../../adapters/slack/index.ts";
import type { Desk } from "../../../src/core/desk.ts";
import type { Tutor } from "../../../src/core/tutor.ts";
import type { Shown, Stage } from "../../adapters/contract.ts";
import type { Scripted } from "../scripted.ts";
import { keptLog } from "../tutor.ts";
import {
  BOT,
  BOT_USER,
  type Json,
  type LoopbackSlack,
  openSlack,
  type Post,
  SECRET,
  type SlackOptions,
  TEAM,
} from "./server.ts";

export const PERSON = "U0ANN";
export const CHANNEL = "C0GENERAL";
export const DIRECT = "D0ANN";

export interface SlackStage extends Stage {
  readonly server: LoopbackSlack;
  readonly adapter: ReturnType<typeof slack>;
  readonly log: ReturnType<typeof keptLog>;
  /** A message in the shared channel, as it is. */
  message(event: Json): Promise<string>;
  clickOn(label: string, user?: string): Promise<void>;
  slash(text: string, user?: string): Promise<void>;
}

export interface StageOptions extends SlackOptions {
  readonly parts?: Partial<SlackParts>;
}

/** The adapter started against a server of its own; `script` brings the tutor and the desk. */
export async function slackStage(script: Scripted, options: StageOptions = {}): Promise<SlackStage> {
  return stageFor(script.tutor, (post) => script.desk(post), options);
}

export async function stageFor(
  tutor: Tutor,
  deskOf: (post: ReturnType<typeof slack>["deliver"]) => Desk,
  { parts = {}, ...options }: StageOptions = {},
): Promise<SlackStage> {
  const server = await openSlack(options);
  const log = keptLog();
  const adapter = slack({
    botToken: "xoxb-loopback-1",
    apiUrl: server.apiUrl,
    transport:
      options.mode === "http"
        ? { mode: "http", signingSecret: SECRET, host: "127.0.0.1", port: 0 }
        : { mode: "socket", appToken: "xapp-1-loopback", clientPingTimeout: 200 },
    admins: [],
    log,
    pause: (ms) => new Promise((done) => setTimeout(done, Math.min(ms, 20))),
    ...parts,
  });
  const desk = deskOf(adapter.deliver);
  await adapter.start(tutor, desk);
  server.to(adapter.port() ?? 0);
  let last: Json = {};
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= adapter.stop().then(() => desk.stop());
    return stopped;
  };

  const message = async (event: Json): Promise<string> => {
    const ts = server.nextTs();
    last = {
      type: "message",
      user: PERSON,
      channel: CHANNEL,
      channel_type: "channel",
      ts,
      event_ts: ts,
      team: TEAM,
      ...event,
    };
    await server.event(last);
    return ts;
  };
  const slash = (text: string, user = PERSON) =>
    server.send("slash_commands", {
      command: "/docker",
      text,
      user_id: user,
      user_name: "ann",
      team_id: TEAM,
      team_domain: "loopback",
      channel_id: CHANNEL,
      channel_name: "general",
      api_app_id: "A0APP",
      is_enterprise_install: "false",
      response_url: server.responseUrl(CHANNEL, user),
      trigger_id: server.trigger(),
      token: "t",
    });

  async function clickOn(label: string, user = PERSON): Promise<void> {
    for (const post of [...server.posts].reverse())
      for (const block of post.blocks)
        for (const action of buttonsOf(block))
          if (action.label === label) {
            await server.send("interactive", {
              type: "block_actions",
              user: { id: user, team_id: TEAM },
              team: { id: TEAM, domain: "loopback" },
              api_app_id: "A0APP",
              token: "t",
              container: {
                type: "message",
                message_ts: post.ts,
                channel_id: post.channel,
                is_ephemeral: post.method === "chat.postEphemeral",
                ...(post.thread ? { thread_ts: post.thread } : {}),
              },
              channel: { id: post.channel, name: "general" },
              message: { ts: post.ts, ...(post.thread ? { thread_ts: post.thread } : {}), blocks: post.blocks },
              trigger_id: server.trigger(),
              response_url: server.responseUrl(post.channel, user),
              actions: [{ type: "button", block_id: "b", action_ts: server.nextTs(), ...action.action }],
            });
            return;
          }
    throw new Error(`There is no button "${label}".`);
  }

  const say = async (text: string) => void (await message({ channel: DIRECT, channel_type: "im", text }));

  return {
    server,
    adapter,
    log,
    message,
    slash,
    clickOn,
    say,
    async mention(text) {
      // Slack brings a mention twice: by that name, and as a message of the channel.
      await message({ type: "app_mention", text: `<@${BOT_USER}> ${typed(text)}` });
      await server.event({ ...last, type: "message" });
    },
    chatter: async (text) => void (await message({ text })),
    async noise() {
      const direct = { channel: DIRECT, channel_type: "im" };
      await message({ ...direct, subtype: "message_changed", message: { text: "echo edited" }, text: "echo edited" });
      await message({ ...direct, subtype: "message_deleted", hidden: true, text: "echo deleted" });
      await message({ subtype: "channel_join", text: `<@${BOT_USER}> echo joined` });
      await message({ ...direct, user: BOT_USER, bot_id: BOT, text: "echo mine" });
      await message({ type: "app_mention", bot_id: "B0OTHER", text: `<@${BOT_USER}> echo bot` });
    },
    redeliver: () => server.event(last, { event_id: "EvAGAIN" }),
    command: (name, args) => slash([name, ...Object.values(args)].join(" ")),
    click: (label) => clickOn(label),
    form: () => {
      const view = server.views.opened.at(-1);
      return view ? (view.blocks as Json[]).map(({ label }) => String((label as Json).text)) : undefined;
    },
    async submit(values) {
      const view = server.views.opened.pop();
      if (!view) throw new Error("No form is open.");
      const state = Object.fromEntries(
        (view.blocks as Json[]).map((block) => {
          const said = values[String((block.label as Json).text)];
          const select = (block.element as Json).type === "static_select";
          return [
            String(block.block_id),
            {
              value: select
                ? { type: "static_select", selected_option: said ? { value: said } : null }
                : { value: said ?? null },
            },
          ];
        }),
      );
      await server.send("interactive", {
        type: "view_submission",
        user: { id: PERSON, team_id: TEAM },
        team: { id: TEAM, domain: "loopback" },
        api_app_id: "A0APP",
        token: "t",
        trigger_id: server.trigger(),
        view: { ...view, state: { values: state } },
      });
    },
    posted: () => server.posts.map(shown),
    events: () => server.events,
    pinged: () => server.posts.flatMap(({ args }) => pingsIn(args)),
    dropReply: () => server.fate("chat.postMessage", { kind: "reset" }),
    deliver: (reply, key, again = false) =>
      adapter.deliver({ platform: "slack", community: TEAM, channel: CHANNEL }, reply, key, { again }),
    stop,
    async close() {
      await stop();
      await server.close();
      // A body that Slack would have refused fails whatever test it was sent in.
      if (server.faults.length) throw new Error(`Slack refused: ${server.faults.join(", ")}`);
    },
  };
}

/** What a person types arrives escaped. */
const typed = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const read = (text: string): string =>
  text
    .replace(/<(https?:[^|>]+)\|([^>]*)>/g, "$2")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

function buttonsOf(block: Json): { label: string; action: Json }[] {
  const elements = (block.elements ?? []) as Json[];
  return elements.flatMap((each) => {
    const named = (button: Json) => ({
      label: String((button.text as Json).text),
      action: { type: each.type, action_id: each.action_id, value: button.value },
    });
    if (each.type === "button") return [named(each)];
    return each.type === "feedback_buttons"
      ? [named(each.positive_button as Json), named(each.negative_button as Json)]
      : [];
  });
}

function blockText(block: Json): string {
  switch (block.type) {
    case "header":
      return String((block.text as Json).text);
    case "section":
      return read(String((block.text as Json).text));
    case "image":
      return String(block.alt_text);
    case "context":
      return (block.elements as Json[])
        .map(({ text, type }) => (type === "mrkdwn" ? read(String(text)) : String(text)))
        .join("\n");
    case "rich_text":
      return (block.elements as Json[]).map(richText).join("\n");
    case "table":
      return (block.rows as Json[][])
        .map((row) => row.map((cell) => (cell.type === "raw_text" ? String(cell.text) : blockText(cell))).join(" | "))
        .join("\n");
    default:
      return "";
  }
}

const richText = (element: Json): string =>
  Array.isArray(element.elements)
    ? (element.elements as Json[]).map(richText).join(element.type === "rich_text_list" ? "\n" : "")
    : String(element.text ?? "");

export const shown = (post: Post): Shown => ({
  text: post.blocks.length ? post.blocks.map(blockText).join("\n") : read(post.text),
  buttons: post.blocks.flatMap(buttonsOf).map(({ label }) => label),
  audience: post.user === undefined ? "everyone" : "asker",
});

/** Everything in a body that Slack would read as a mention. */
export function pingsIn(value: unknown, mrkdwn = true): string[] {
  if (typeof value === "string") return mrkdwn ? (value.match(/<[!@#][^>]*>/g) ?? []) : [];
  if (Array.isArray(value)) return value.flatMap((each) => pingsIn(each, mrkdwn));
  if (typeof value !== "object" || value === null) return [];
  const { type, ...rest } = value as Json;
  if (["user", "usergroup", "broadcast", "channel", "team"].includes(String(type))) return [JSON.stringify(value)];
  // These are taken literally; every other string is read for markup.
  const literal = ["rich_text", "plain_text", "raw_text"].includes(String(type));
  return Object.entries(rest).flatMap(([name, each]) =>
    ["value", "url", "metadata", "alt_text", "accessibility_label"].includes(name)
      ? []
      : pingsIn(each, mrkdwn && !literal),
  );
}
