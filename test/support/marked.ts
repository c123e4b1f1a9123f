/** A person who left a trace in every table that can hold one. */
import type { Store } from "../../src/core/store.ts";
import { answered, claim, DAY, MINUTE, NOW, person, place, subscription, turn } from "./store.ts";

export const MARKER = "U0MARKERPERSON42";
const HOUR_LIMIT = { points: 100, seconds: 3600 };

/** Everything a person can do, done once by `id`, and other people speaking of them. */
export async function plant(store: Store, id: string = MARKER): Promise<void> {
  const who = person(id);
  await store.inbox.claim(`click:${id}:1`, turn("what is a volume?", id), NOW, MINUTE);
  const settled = await store.inbox.claim(`click:${id}:2`, turn(`I am ${id}`, id), NOW, MINUTE);
  if (typeof settled !== "string") await store.inbox.settle(settled, NOW);
  await store.inbox.claim("by-bob", turn(`<@${id}> said so`, "bob"), NOW, MINUTE);
  await store.conversations.remember(place(id, "t1"), answered(["volume"]));
  // Slack takes a person's id where a channel is asked for.
  await store.tips.subscribe({ ...subscription(id), setBy: id }, NOW);
  await store.tips.subscribe({ ...subscription("general"), setBy: id }, NOW + DAY);
  for (const delivery of await claim(store)) {
    await store.tips.choose(delivery, "tip-1");
    await store.tips.settle(delivery, { kind: "gone", reason: `${id} closed the conversation` }, NOW);
  }
  await store.learners.score({
    key: `${id}:q1`,
    person: who,
    card: {
      question: "q1",
      concept: "volume",
      area: "storage",
      state: `{"of":"${id}"}`,
      dueAt: NOW,
      right: true,
      answers: 1,
    },
    picked: 1,
    at: NOW,
    date: "2026-11-24",
  });
  await store.learners.note(who, "board", "on");
  await store.learners.note(person("bob"), "rival", `I want to beat ${id}!`);
  await store.learners.remind({
    person: who,
    place: place(id),
    minute: 600,
    zone: "Europe/Paris",
    quietFrom: 0,
    quietTo: 0,
    nextAt: NOW,
  });
  const rating = { answer: "a1", helpful: false, sections: [], concepts: ["volume"], at: NOW };
  await store.feedback.rate({ ...rating, person: who, reason: "no" });
  await store.feedback.rate({ ...rating, person: person("bob"), reason: `${id.toLowerCase()} told me otherwise` });
  await store.feedback.keepAbout({ platform: "test", community: "c" }, { ...answered(["volume"]), pages: [id] }, NOW);
  await store.feedback.markWrong("volume#what", "v1", who, NOW);
  await store.feedback.gap(who, ["volume"], ["zfs"], NOW);
  await store.feedback.gap(person("bob"), ["volume"], [id], NOW);
  await store.settings.set(place("general"), "community", "may-set-tips", `bob, ${id}`, who, NOW);
  await store.settings.set(place("general"), "community", "digest-for", id, person("bob"), NOW);
  await store.settings.set(place("general"), "community", "digest-for", undefined, person("bob"), NOW + 1);
  await store.settings.set(place(id), "channel", "level", "beginner", who, NOW + 1);
  await store.limiter.take(who, 1, HOUR_LIMIT);
}
