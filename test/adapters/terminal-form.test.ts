/** A form in the terminal is asked field by field. */
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { terminal } from "../../adapters/terminal/index.ts";
import { memoryStore, tutor } from "../support/tutor.ts";

/** Types the lines one after the other and reads all that was shown. */
async function chat(...lines: readonly string[]): Promise<string> {
  const store = await memoryStore();
  const [input, output] = [new PassThrough(), new PassThrough()];
  const shown = text(output);
  const adapter = terminal({ input, output, environment: {} });
  await adapter.start(tutor({ store }));
  input.end(`${lines.join("\n")}\n`);
  await adapter.closed;
  output.end();
  return (await shown).replace(/\s+/g, " ");
}

test("a button that needs more asks for it; an empty line leaves a field out, and what is filled in is answered", async () => {
  const said = await chat("tips", "1", "9:30", "berlin", "weekends", "", "tips");
  expect(said).toMatch(/Daily tips here \(`cancel` leaves it as it is\) Time of day:/);
  expect(said).toMatch(
    /Time zone:.*Days \(weekdays, every day, weekends\):.*For whom \(all levels.*\) \(Enter to leave it\):/,
  );
  expect(said).toMatch(/Done: a tip comes here weekends at 09:30, Europe\/Berlin.*Tips come here weekends at 09:30/);
});

test("a field that must be filled is asked for again, a wrong value is refused with the cure, and cancel leaves all as it was", async () => {
  expect(await chat("tips", "1", "", "9am", "utc", "weekdays", "")).toMatch(
    /Time of day:.*Time of day:.*Done:.*09:00, UTC/,
  );
  expect(await chat("tips", "1", "25:00", "utc", "weekdays", "", "tips")).toMatch(
    /"25.00" is no time of day.*No daily tips/,
  );
  expect(await chat("tips", "1", "9am", "cancel", "tips")).toMatch(/Left as it was\. .*No daily tips are set here/);
});

test("fields that the button fills already are not asked for", async () => {
  expect(await chat("tips at 7:15 on mondays", "1", "utc", "")).toMatch(
    /Done: a tip comes here on Monday at 07:15, UTC/,
  );
});
