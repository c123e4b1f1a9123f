/** `feedback`: did an answer help? A moderator can take a wrong section out until its page changes. */
import { z } from "zod";
import { type Capability, command } from "../core/capability.ts";
import { TutorError } from "../core/errors.ts";
import type { FeedbackStore } from "../core/feedback.ts";
import type { Ms } from "../core/ports.ts";
import { type About, type Button, type Reply, remark } from "../core/reply.ts";
import type { Turn } from "../core/turn.ts";
import { pageVersion } from "../library/fingerprint.ts";
import type { Library } from "../library/library.ts";
import { type HiddenSections, pageOf } from "./hidden.ts";
import { type Moderates, personOf, requireModerator } from "./moderator.ts";

interface FeedbackParts {
  readonly feedback: FeedbackStore;
  readonly library: () => Library;
  readonly hidden: HiddenSections;
  readonly moderates: Moderates;
  readonly clock: () => Ms;
}

const REASON = 500;
const id = z.string().max(60).describe("The answer, as its buttons name it").optional();

export function feedback(parts: FeedbackParts): Capability {
  return {
    name: "feedback",
    examples: ["feedback"],
    commands: [
      command({
        name: "feedback",
        summary: "Say whether an answer helped",
        usage: "",
        args: z.object({ id, helpful: z.enum(["yes", "no"]).optional() }),
        audience: "asker",
        parse: () => ({}),
        run: async ({ id, helpful }, turn) => (id && helpful ? rate(parts, id, helpful === "yes", turn) : howTo()),
      }),
      command({
        name: "feedback.why",
        summary: "Say what was missing or wrong",
        args: z.object({ id: z.string().max(60), reason: z.string().trim().min(1) }),
        audience: "asker",
        listed: false,
        form: {
          title: "What was wrong?",
          fields: [{ arg: "reason", label: "What was missing or wrong (shown unnamed)", kind: "text", required: true }],
        },
        async run({ id, reason }, turn) {
          await store(parts, await known(parts, id, turn), false, turn, reason.slice(0, REASON));
          return remark([
            "Thank you. Moderators read your words without your name, in the list of gaps; `forget` removes them.",
          ]);
        },
      }),
      command({
        name: "feedback.wrong",
        summary: "Take a wrong section out until its page changes",
        args: z.object({ id: z.string().max(60) }),
        audience: "asker",
        listed: false,
        run: ({ id }, turn) => markWrong(parts, id, turn),
      }),
    ],
    hear: (text) => (/^\/?(?:give\s+)?feedback\W*$/i.test(text.trim()) ? { command: "feedback", args: {} } : undefined),
  };
}

/** The buttons under an answer. They need what the answer was about, so they come only where that could be kept. */
export async function withFeedback(
  reply: Reply,
  { feedback, clock }: Pick<FeedbackParts, "feedback" | "clock">,
  turn: Turn,
): Promise<Reply> {
  const { outcome, id } = reply.about;
  if (outcome !== "answered" && outcome !== "corrected") return reply;
  try {
    await feedback.keepAbout(turn.place, reply.about, clock());
  } catch {
    return reply;
  }
  const button = (label: string, helpful: string): Button => ({
    label,
    call: { command: "feedback", args: { id, helpful } },
  });
  return {
    ...reply,
    blocks: [...reply.blocks, { kind: "buttons", buttons: [button("Helpful", "yes"), button("Not helpful", "no")] }],
  };
}

async function known({ feedback }: FeedbackParts, id: string, turn: Turn): Promise<About> {
  const about = await feedback.about(turn.place, id);
  if (about) return about;
  throw new TutorError("learner", "I no longer know which answer that was; I keep that for a day.", {
    hint: "Ask again, and the new answer has its own buttons.",
  });
}

const store = (
  { feedback, clock }: FeedbackParts,
  { id, sections, pages, concepts }: About,
  helpful: boolean,
  turn: Turn,
  reason?: string,
): Promise<void> =>
  feedback.rate({
    answer: id,
    person: personOf(turn),
    helpful,
    sections: sections.length ? sections : pages.slice(0, 1),
    concepts,
    reason,
    at: clock(),
  });

async function rate(parts: FeedbackParts, id: string, helpful: boolean, turn: Turn): Promise<Reply> {
  await store(parts, await known(parts, id, turn), helpful, turn);
  if (helpful) return remark(["Noted: that helped. Thank you."]);
  const buttons: Button[] = [{ label: "Say why", call: { command: "feedback.why", args: { id } } }];
  if (parts.moderates(turn))
    buttons.push({ label: "Mark as wrong", call: { command: "feedback.wrong", args: { id } } });
  return remark(["Noted: that did not help. Thank you; it counts where the pages are improved."], buttons);
}

async function markWrong(parts: FeedbackParts, id: string, turn: Turn): Promise<Reply> {
  requireModerator(parts.moderates, turn, "mark an answer as wrong");
  const answer = await known(parts, id, turn);
  const shelf = parts.library();
  const compared = answer.pages.slice(0, 1).filter((path) => shelf.page(path)?.comparison);
  const marked = (answer.sections.length ? answer.sections : compared).flatMap((section) => {
    const page = pageOf(section, shelf);
    return page ? [{ section, page }] : [];
  });
  await store(parts, answer, false, turn);
  if (!marked.length)
    return remark(["That answer is put together from several pages, so there is no section to take out. It is noted."]);
  for (const { section, page } of marked)
    await parts.feedback.markWrong(section, pageVersion(page), personOf(turn), parts.clock());
  parts.hidden.changed(turn.place);
  const titles = marked.map(({ section, page }) => {
    const heading = shelf.section(section)?.section.heading;
    return heading ? `${page.title} > ${heading}` : page.title;
  });
  return remark([
    `Taken out: ${titles.join(" · ")}. Nobody here sees it until its page changes, and it heads the list under `,
    { kind: "code", text: "gaps" },
    ".",
  ]);
}

const howTo = (): Reply =>
  remark([
    "Under each answer stand two buttons, Helpful and Not helpful; after Not helpful you can say why. No message text is kept unless you write a reason.",
  ]);
