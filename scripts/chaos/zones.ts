/** Every zone of this Node, years of days, at the times of day that its clock changes make interesting. */
import { zones as all, chance, compare, type Reason, tellingMinute } from "../../test/support/zones.ts";
import { type Outcome, promise, table } from "./report.ts";

const TO = 2030;

export async function zones(years: number, seed: number): Promise<Outcome> {
  const random = chance(seed);
  const from = TO - years;
  const faults: string[] = [];
  const explained = new Map<Reason, number>();
  let occurrences = 0;
  for (const zone of all()) {
    const minute = tellingMinute(zone, from, TO, random);
    const result = compare({ zone, minute, weekdays: random() < 0.5 ? 127 : 1 + Math.floor(random() * 127) }, from, TO);
    occurrences += result.occurrences;
    faults.push(...result.faults);
    for (const [reason, count] of result.explained) explained.set(reason, (explained.get(reason) ?? 0) + count);
  }
  return {
    faults: [...promise("differences that nothing explains", faults.length, 0), ...faults.slice(0, 50)],
    lines: [
      `${all().length} zones, ${from} to ${TO - 1}: ${occurrences} occurrences, compared with luxon day by day.`,
      "",
      ...table(
        ["Difference", "Times"],
        [...[...explained].map(([reason, count]) => [`explained: ${reason}`, count]), ["unexplained", faults.length]],
      ),
    ],
  };
}
