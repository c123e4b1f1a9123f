/** One turn through the desk, with Slack's side of it: acknowledge, show a form, post. */
import type { webApi } from "@slack/bolt";
import type { Log } from "../../src/core/index.ts";
import {
  type Call,
  callFits,
  type Desk,
  type Place,
  type Plan,
  type Received,
  type Reply,
  remark,
  type Turn,
  type Tutor,
} from "../../src/core/index.ts";
import type { Agent, Spot } from "./agent.ts";
import { nameOf } from "./failure.ts";
import { modal, type Pending } from "./form.ts";
import type { People } from "./people.ts";
import type { Posts } from "./post.ts";
import type { Respond } from "./send.ts";

/** What came with an event: how to acknowledge it, and what it allows. */
export interface Occasion {
  readonly client: webApi.WebClient;
  /** `shown`: everybody may see that the command was typed. */
  acknowledge(shown: boolean): Promise<unknown>;
  /** Opens a modal, once and within three seconds. */
  readonly trigger?: string;
  readonly respond?: Respond;
  /** The message that is answered, where it can show that it is being worked on. */
  readonly spot?: Spot;
  /** Everybody sees the answer, whatever the command says: somebody shared it. */
  readonly shared?: boolean;
}

export interface TakeParts {
  readonly tutor: Tutor;
  readonly desk: Desk;
  readonly posts: Posts;
  readonly people: People;
  readonly agent: Agent;
  readonly log: Log;
}

/** Commands that are the same for everybody: nobody needs to be looked up for them. */
const SAME_FOR_ALL = new Set(["ask", "compare", "read", "help"]);
/** What can be shown to others with one more click; everything else that is private stays so. */
const SHAREABLE = new Set(["help", "learn", "progress"]);
export const SHARE = "share";

export function createTake({ tutor, desk, posts, people, agent, log }: TakeParts) {
  return async (heard: Turn, occasion: Occasion): Promise<Received> => {
    const { client, trigger, respond, spot } = occasion;
    const team = heard.place.community;
    const { command } = tutor.hear(heard).call;
    const person = SAME_FOR_ALL.has(command)
      ? heard.person
      : await people.know(client, heard.place.community, heard.person.id);
    const turn: Turn = { ...heard, person };
    let acknowledged = false;
    const acknowledge = async (shown: boolean) => {
      if (acknowledged) return;
      acknowledged = true;
      await occasion.acknowledge(shown);
    };

    async function open(plan: Plan): Promise<boolean> {
      if (!plan.form || !trigger) return false;
      try {
        await client.views.open({
          trigger_id: trigger,
          view: modal(plan.form, { call: plan.call, place: turn.place } satisfies Pending),
        });
        return true;
      } catch (error) {
        log.warn({ code: nameOf(error), method: "views.open" }, "form not opened");
        return false;
      }
    }

    let finished = () => {};
    const received = await desk.receive(turn, {
      async acknowledge(plan) {
        if (spot) finished = agent.working(client, team, spot);
        await acknowledge(plan.audience === "everyone" && !plan.form);
        if (await open(plan)) return "form";
        // A bad rating is asked about at once; it counts whether or not the reason is given.
        const { command, args } = plan.call;
        if (command === "feedback" && args.helpful === "no" && args.id && trigger)
          await open(
            tutor.hear({ ...turn, said: { kind: "call", call: { command: "feedback.why", args: { id: args.id } } } }),
          );
        return "answer";
      },
      async post(reply, plan, key) {
        finished();
        const alone = plan.audience === "asker" && !occasion.shared;
        return posts.post(plan.turn.place, reachable(reply, plan, alone), key, {
          again: false,
          asker: turn.person.id,
          ...(alone ? { only: turn.person.id } : {}),
          ...(respond ? { respond } : {}),
        });
      },
    });
    finished();
    await acknowledge(false);
    // In the messages tab a thread of its own is a conversation, and has a name.
    const named = spot && direct(turn.place) && turn.place.thread && turn.said.kind === "text";
    if (received === "answered" && named) await agent.entitle(client, team, spot, turn.said.text);
    return received;
  };

  /** A message cannot open a form, so its answer carries the button that can; what may be shared says so. */
  function reachable(reply: Reply, plan: Plan, alone: boolean): Reply {
    if (plan.form && reply.about.outcome === "abstained" && plan.call.command !== "ask")
      return remark(["I need to know a little more for that."], [{ label: plan.form.title, call: plan.call }]);
    const { command, args } = plan.call;
    const share: Call = { command: SHARE, args: { ...args, of: command } };
    const helps =
      alone &&
      reply.about.outcome !== "abstained" &&
      SHAREABLE.has(command) &&
      !direct(plan.turn.place) &&
      callFits(share);
    return helps
      ? { ...reply, blocks: [...reply.blocks, { kind: "buttons", buttons: [{ label: "Share", call: share }] }] }
      : reply;
  }
}

const direct = ({ channel }: Place): boolean => /^[DUW]/.test(channel);
