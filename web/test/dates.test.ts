import { assert, test } from "./harness.mjs";
import { addDays, addMonths, formatDate, isLocalDate, today } from "../src/dates/LocalDate.ts";
import { periodTitle, shifted, shiftedRange } from "../src/dates/period.ts";

test("months end where they end", () => {
  assert.equal(addMonths("2026-01-31", 1), "2026-02-28");
  assert.equal(addMonths("2024-01-31", 1), "2024-02-29");
  assert.equal(addMonths("2026-01-15", -13), "2024-12-15");
  assert.equal(addDays("2026-02-28", 1), "2026-03-01");
});

test("a date is a day that exists", () => {
  assert.ok(isLocalDate("2024-02-29"));
  for (const text of ["2026-02-30", "2026-2-3", "", "yesterday", "2026-13-01"]) {
    assert.equal(isLocalDate(text), false, text);
  }
});

test("today is the person's own, whatever the machine thinks", () => {
  const instant = new Date("2026-11-21T23:30:00Z");

  assert.equal(today("Europe/Berlin", instant), "2026-11-22");
  assert.equal(today("America/New_York", instant), "2026-11-21");
});

test("a date is written without passing through a time zone", () => {
  assert.equal(formatDate("2026-03-29", "en-GB"), "29 Mar 2026");
});

test("periods move by their own length", () => {
  assert.equal(shifted("quarter", "2026-11-21", -1), "2026-08-21");
  assert.equal(shifted("week", "2026-11-21", 1), "2026-11-28");
  const range = { from: "2026-11-01", to: "2026-11-10" };
  assert.deepEqual(shiftedRange(range, -1), { from: "2026-10-22", to: "2026-10-31" });
});

test("periods have names", () => {
  const range = { from: "2026-10-01", to: "2026-12-31" };

  assert.equal(periodTitle("quarter", range, "en"), "Q4 2026");
  assert.equal(periodTitle("year", range, "en"), "2026");
  assert.equal(periodTitle("month", range, "de-DE"), "Oktober 2026");
});
