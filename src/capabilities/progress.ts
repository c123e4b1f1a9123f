/** `progress`: what you know by area, what is due, how regularly you practise; and the team's board, for those who want. */
import { z } from "zod";
import { type Capability, command } from "../core/capability.ts";
import { quote } from "../core/errors.ts";
import type { BoardLine, LearnerStore } from "../core/learners.ts";
import { about, type Block, type Reply } from "../core/reply.ts";
import type { Turn } from "../core/turn.ts";
import { DAY, inWords, localDate, plural, rhythm } from "../learning/days.ts";
import { personOf, standingOf, ZONE } from "../learning/learner.ts";
import { bars, type Progress } from "../learning/progress.ts";
import type { Learning } from "./judge.ts";
import { asking, steps } from "./question.ts";

const WORDS = /^\/?(?:my\s+)?progress(?:\s+(board)(?:\s+(on|off))?)?$/i;
const SPOKEN =
  /^(?:how am i doing|show (?:me )?my progress|what do i know(?: already)?|(?:show )?(?:the )?(?:team )?(?:leader)?(board))$/i;
/** The board compares this week with the one before. */
const WEEK = 7 * DAY;
const BOARD = "board";
const NAME = "name";
const MOST = 5;

export function progress(deps: Learning): Capability {
  return {
    name: "progress",
    examples: ["progress", "progress board", "progress board on"],
    commands: [
      command({
        name: "progress",
        summary: "What you know by area, what is due, and the team board",
        usage: "[board, board on or board off]",
        args: z.object({ board: z.enum(["show", "on", "off"]).describe("The team board, by improvement").optional() }),
        audience: "asker",
        parse: (rest): Record<string, string> => {
          const [word, state] = rest.toLowerCase().split(/\s+/);
          return word === "board" ? { board: state ?? "show" } : {};
        },
        run: ({ board }, turn) => (board ? showBoard(board, turn, deps) : show(turn, deps)),
      }),
    ],
    hear(text) {
      const said = text
        .slice(0, 80)
        .trim()
        .replace(/(?<![.!?])[.!?]+$/, "");
      const match = WORDS.exec(said) ?? SPOKEN.exec(said);
      if (!match) return undefined;
      return { command: "progress", args: match[1] ? { board: match[2]?.toLowerCase() ?? "show" } : {} };
    },
  };
}

async function show(turn: Turn, { library, learners, clock }: Learning): Promise<Reply> {
  const now = clock();
  const person = personOf(turn);
  const { progress: made, notes } = await standingOf(learners, person, library(), now);
  if (!made.answered && !made.known.size)
    return asking([
      {
        kind: "text",
        line: ["Nothing to show yet: your first quiz answer starts it. Only you can see your progress."],
      },
      ...steps([
        { label: "Quiz me", call: { command: "quiz.next", args: {} } },
        { label: "Check what I know", call: { command: "learn", args: { goal: "check" } } },
      ]),
    ]);
  const days = await learners.days(person, 60);
  const zone = turn.person.zone ?? notes[ZONE];
  return {
    blocks: [
      { kind: "heading", text: `You know ${made.known.size} of ${made.total} concepts` },
      { kind: "code", language: "text", text: bars(made.areas) },
      ...dueBlocks(made, now),
      ...rhythmBlocks(days, localDate(now, zone)),
      ...steps([
        made.due ? { label: "Practise now", call: { command: "practice", args: {} } } : undefined,
        made.missed
          ? { label: "Only what I missed", call: { command: "practice", args: { what: "missed" } } }
          : undefined,
        { label: "What next?", call: { command: "learn", args: {} } },
      ]),
    ],
    about: about("chat"),
  };
}

/** "3 questions are due now." and how many were answered. */
export function dueBlocks(made: Progress, now: number): Block[] {
  const next = made.nextDueAt === undefined ? "" : ` The next is due ${inWords(made.nextDueAt, now)}.`;
  const due = made.due
    ? `${plural(made.due, "question")} ${made.due === 1 ? "is" : "are"} due now.`
    : `Nothing is due.${next}`;
  return [{ kind: "text", line: [`${due} You have answered ${plural(made.answered, "different question")}.`] }];
}

/** Days with practice are told; days without are not. */
function rhythmBlocks(days: readonly string[], today: string): Block[] {
  const { week, run } = rhythm(days, today);
  if (!week) return [];
  const row = run > 1 ? `, ${run} of them in a row` : "";
  const line =
    run > week
      ? `You practise regularly: ${run} days in a row.`
      : `You practised on ${plural(week, "day")} of the last 7${row}.`;
  return [{ kind: "text", line: [line] }];
}

async function showBoard(board: "show" | "on" | "off", turn: Turn, { learners, clock }: Learning): Promise<Reply> {
  const now = clock();
  const person = personOf(turn);
  if (board !== "show") {
    await learners.note(person, BOARD, board === "on" ? "on" : undefined);
    await learners.note(person, NAME, board === "on" && turn.person.name ? quote(turn.person.name) : undefined);
  }
  const notes = await learners.notes(person);
  const on = notes[BOARD] === "on";
  const lines = await learners.board(person, now - WEEK, now);
  const switched: Record<typeof board, string> = {
    on: "You are on the board now: your team sees how many more answers you got right this week than last. ",
    off: "You are off the board; nobody sees your answers. ",
    show: "",
  };
  return {
    blocks: [
      { kind: "heading", text: "Team board: most improved this week" },
      {
        kind: "text",
        line: [
          `${switched[board]}${lines.length ? "" : "Nobody has joined yet."}`.trim() ||
            "Right answers this week against the week before, only of those who joined:",
        ],
      },
      ...(await boardBlocks(lines, learners, turn)),
      ...steps([
        on
          ? { label: "Leave the board", call: { command: "progress", args: { board: "off" } } }
          : { label: "Join the board", call: { command: "progress", args: { board: "on" } } },
        { label: "My progress", call: { command: "progress", args: {} } },
      ]),
    ],
    about: about("chat"),
  };
}

/** Only who improved is listed; the others are counted without a name. */
async function boardBlocks(lines: readonly BoardLine[], learners: LearnerStore, turn: Turn): Promise<Block[]> {
  const own = personOf(turn);
  const gain = (line: BoardLine) => line.since - line.before;
  const up = lines
    .filter((line) => gain(line) > 0)
    .sort((a, b) => gain(b) - gain(a) || b.since - a.since || a.person.localeCompare(b.person));
  const names = await Promise.all(
    up
      .slice(0, MOST)
      .map(async ({ person }) =>
        person === own.person ? "You" : ((await learners.notes({ ...own, person }))[NAME] ?? "A colleague"),
      ),
  );
  const rest = lines.length - names.length;
  return [
    ...(names.length
      ? [
          {
            kind: "list" as const,
            ordered: true,
            items: names.map((name, at) => {
              const line = up[at];
              return {
                depth: 0 as const,
                line: [`${name}: ${line ? `${gain(line)} more than last week (${line.since} right)` : ""}`],
              };
            }),
          },
        ]
      : []),
    ...(rest
      ? [
          {
            kind: "text" as const,
            line: [`${names.length ? "Also on the board" : "On the board"}: ${plural(rest, "learner")}.`],
          },
        ]
      : []),
  ];
}
