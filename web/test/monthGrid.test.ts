import {
  isMonth,
  lastDayOf,
  monthAfter,
  someWeek,
  stepOf,
  weeksOf,
} from "../src/pages/bills/monthGrid.ts";
import { assert, test } from "./harness.mjs";

test("a month is rows of weeks that begin where the household says", () => {
  const monday = weeksOf("2026-11", "monday");

  assert.equal(monday.length, 6);
  assert.deepEqual([monday[0]?.[0], monday[0]?.[6]], ["2026-10-26", "2026-11-01"]);
  assert.deepEqual([monday[5]?.[0], monday[5]?.[6]], ["2026-11-30", "2026-12-06"]);
  const sunday = weeksOf("2026-11", "sunday");
  assert.equal(sunday.length, 5);
  assert.equal(sunday[0]?.[0], "2026-11-01");
  assert.equal(sunday[4]?.[6], "2026-12-05");
});

for (const [month, days] of [
  ["2024-02", 29],
  ["2026-02", 28],
  ["2026-12", 31],
] as const) {
  test(`${month} has its ${days} days, each once`, () => {
    const all = weeksOf(month, "saturday")
      .flat()
      .filter((day) => day.startsWith(month));

    assert.equal(new Set(all).size, days);
    assert.equal(all.length, days);
    assert.equal(all.at(-1), lastDayOf(month));
  });
}

test("arrows go over the ends of months", () => {
  const step = (key: string) => stepOf(key, "2026-12-31", "monday");

  assert.equal(step("ArrowRight"), "2027-01-01");
  assert.equal(step("ArrowLeft"), "2026-12-30");
  assert.equal(step("ArrowDown"), "2027-01-07");
  assert.equal(step("ArrowUp"), "2026-12-24");
  assert.equal(step("Home"), "2026-12-28");
  assert.equal(step("End"), "2027-01-03");
  assert.equal(step("PageDown"), "2027-01-31");
  assert.equal(stepOf("PageDown", "2027-01-31", "monday"), "2027-02-28");
  assert.equal(step("PageUp"), "2026-11-30");
  assert.equal(step("x"), null);
});

test("months follow each other", () => {
  assert.equal(monthAfter("2026-12", 1), "2027-01");
  assert.equal(monthAfter("2026-01", -1), "2025-12");
  assert.deepEqual(
    ["2026-11", "2026-13", "2026-1", "next"].map((text) => isMonth(text)),
    [true, false, false, false],
  );
});

test("the columns are named from the first day of the week", () => {
  // 1970-01-05 was a Monday.
  assert.equal(someWeek("monday")[0], "1970-01-05");
  assert.equal(someWeek("saturday")[0], "1970-01-10");
  assert.equal(someWeek("sunday").at(-1), "1970-01-10");
});
