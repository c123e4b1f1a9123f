/** No regular expression comes in unchecked: each is proven linear, or quick at the length that its input is cut to. */
import { expect, test } from "vitest";
import { expressions, verdicts } from "../../scripts/reach/expressions.ts";

test("every regular expression has a verdict of `npm run regexes`", () => {
  const { safe, bounded } = verdicts();
  const listed = new Set([...safe, ...bounded.map(({ hash }) => hash)]);
  const all = expressions();
  const unchecked = [...all].filter(([hash]) => !listed.has(hash));
  expect(unchecked.map(([, { files, pattern, flags }]) => `${files[0]}: /${pattern}/${flags}`)).toEqual([]);
  expect([...listed].filter((hash) => !all.has(hash))).toEqual([]);
});

test("what is not proven linear is cut short and quick at that length", () => {
  for (const { hash, characters, worstMs } of verdicts().bounded) {
    expect(characters, hash).toBeLessThanOrEqual(2000);
    expect(worstMs, hash).toBeLessThanOrEqual(50);
  }
});
