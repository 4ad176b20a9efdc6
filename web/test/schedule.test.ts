import {
  monthlyFrom,
  partsOf,
  ruleOf,
  type ScheduleDraft,
  scheduleDraft,
  scheduleProblems,
  startingOn,
  weekdayOf,
  type WorkingDays,
} from "../src/pages/bills/schedule.ts";
import { ordinalNumber, scheduleWords } from "../src/pages/bills/scheduleWords.ts";
import { assert, test } from "./harness.mjs";

// A Thursday.
const start = "2026-01-15";
const draft = (part: Partial<ScheduleDraft>): ScheduleDraft => ({ ...monthlyFrom(start), ...part });

for (const [part, rule, words] of [
  [{ unit: "once" }, null, "once on 15 January 2026"],
  [{ unit: "day" }, "FREQ=DAILY", "every day"],
  [
    { unit: "day", every: "3", end: "after", count: "5" },
    "FREQ=DAILY;COUNT=5;INTERVAL=3",
    "every 3 days, 5 times",
  ],
  [{ unit: "week" }, "FREQ=WEEKLY;BYDAY=TH", "every week on Thursday"],
  [
    { unit: "week", every: "2", weekdays: ["TH", "MO"] },
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
    "every 2 weeks on Monday and Thursday",
  ],
  [
    { unit: "week", weekdays: ["MO", "TU", "WE", "TH", "FR"] },
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "every week on Monday to Friday",
  ],
  [{}, "FREQ=MONTHLY;BYMONTHDAY=15", "every month on the 15th"],
  [
    { every: "3", workingDays: "next" },
    "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15",
    "every 3 months on the 15th, or the next working day",
  ],
  [
    { day: 31 },
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "every month on the 31st, or the last day of a shorter month",
  ],
  [
    { day: 31, monthEnd: "skip" },
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "every month on the 31st where there is one",
  ],
  [{ way: "last" }, "FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day"],
  [{ way: "last_working" }, "FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last working day"],
  [
    { way: "first_working", workingDays: "previous" },
    "FREQ=MONTHLY;BYMONTHDAY=1",
    "every month on the first working day",
  ],
  [
    { way: "weekday", ordinal: 2, weekday: "TU" },
    "FREQ=MONTHLY;BYDAY=2TU",
    "every month on the second Tuesday",
  ],
  [
    { way: "weekday", ordinal: -1, weekday: "FR" },
    "FREQ=MONTHLY;BYDAY=-1FR",
    "every month on the last Friday",
  ],
  [{ unit: "year" }, "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15", "every year on 15 January"],
  [
    { unit: "year", month: 3, way: "weekday", ordinal: -1, weekday: "SU" },
    "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "every year on the last Sunday of March",
  ],
  [
    { unit: "year", end: "on", until: "2030-01-02" },
    "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15",
    "every year on 15 January, until 2 January 2030",
  ],
] as const satisfies readonly [Partial<ScheduleDraft>, string | null, string][]) {
  test(`a schedule is ${words}`, () => {
    const made = draft(part);

    assert.equal(ruleOf(made), rule);
    assert.equal(scheduleWords(made, "en-GB"), words);
    // What was saved is shown as it was made.
    const again = scheduleDraft(partsOf(made));
    assert.equal(scheduleWords(again, "en-GB"), words);
    assert.deepEqual(partsOf(again), partsOf(made));
  });
}

test("the last working day is the last day, moved back", () => {
  assert.equal(partsOf(draft({ way: "last_working" })).workingDays, "previous");
  assert.equal(partsOf(draft({ way: "first_working" })).workingDays, "next");
  assert.equal(partsOf(draft({ way: "last", workingDays: "nearest" })).workingDays, "nearest");
});

test("a rule that names no day has that of its first day", () => {
  const read = (rule: string) =>
    scheduleDraft({
      rule,
      start,
      endOn: null,
      workingDays: "none",
      holidays: "DE",
      monthEnd: "last_day",
    });

  assert.equal(scheduleWords(read("FREQ=WEEKLY"), "en-GB"), "every week on Thursday");
  assert.equal(scheduleWords(read("FREQ=MONTHLY"), "en-GB"), "every month on the 15th");
  assert.equal(scheduleWords(read("FREQ=YEARLY"), "en-GB"), "every year on 15 January");
  assert.equal(read("FREQ=MONTHLY").holidays, "DE");
});

for (const rule of [
  "FREQ=MONTHLY;BYMONTHDAY=1,15",
  "FREQ=MONTHLY;BYMONTHDAY=-2",
  "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
  "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
  "FREQ=MONTHLY;BYMONTH=3,9",
  "FREQ=YEARLY;BYMONTH=4,10;BYMONTHDAY=1",
  "FREQ=YEARLY;BYDAY=20MO",
  "FREQ=YEARLY;BYMONTHDAY=-1",
  "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=SU",
  "FREQ=DAILY;BYDAY=MO",
]) {
  test(`${rule} is kept as it is, but for its end`, () => {
    const read = scheduleDraft({
      rule,
      start,
      endOn: null,
      workingDays: "none" as WorkingDays,
      holidays: "none",
      monthEnd: "last_day",
    });

    assert.equal(ruleOf(read), rule);
    const [first, ...rest] = rule.split(";");
    assert.equal(
      ruleOf({ ...read, end: "after", count: "3" }),
      [first, "COUNT=3", ...rest].join(";"),
    );
  });
}

test("the last day stands beside the rule, wherever it was written", () => {
  const read = (rule: string, endOn: string | null) =>
    partsOf(
      scheduleDraft({
        rule,
        start,
        endOn,
        workingDays: "none",
        holidays: "none",
        monthEnd: "last_day",
      }),
    );

  const inRule = read("FREQ=DAILY;UNTIL=20260301", null);
  assert.deepEqual([inRule.rule, inRule.endOn], ["FREQ=DAILY", "2026-03-01"]);
  assert.equal(read("FREQ=DAILY;UNTIL=20260301", "2026-02-01").endOn, "2026-02-01");
  assert.equal(read("FREQ=DAILY", "2026-02-01").endOn, "2026-02-01");
  assert.equal(read("FREQ=DAILY", null).endOn, null);
});

test("another first day brings its own days along", () => {
  const moved = startingOn(monthlyFrom("2026-01-15"), "2026-02-28");

  assert.equal(ruleOf(moved), "FREQ=MONTHLY;BYMONTHDAY=28");
  assert.equal(ruleOf({ ...moved, unit: "week" }), "FREQ=WEEKLY;BYDAY=SA");
  const chosen = startingOn(draft({ day: 1 }), "2026-02-28");
  assert.equal(ruleOf(chosen), "FREQ=MONTHLY;BYMONTHDAY=1");
  // While a date is typed the box is empty for a moment.
  assert.equal(
    ruleOf(startingOn(startingOn(draft({}), ""), "2026-03-04")),
    "FREQ=MONTHLY;BYMONTHDAY=15",
  );
});

test("what is missing is said beside its field", () => {
  const fields = (part: Partial<ScheduleDraft>) => Object.keys(scheduleProblems(draft(part)));

  assert.deepEqual(fields({}), []);
  assert.deepEqual(fields({ start: "" }), ["start_on"]);
  assert.deepEqual(fields({ every: "0" }), ["every"]);
  assert.deepEqual(fields({ unit: "week", weekdays: [] }), ["weekdays"]);
  assert.deepEqual(fields({ end: "on", until: "2026-01-14" }), ["end_on"]);
  assert.deepEqual(fields({ end: "after", count: "x" }), ["count"]);
  assert.deepEqual(fields({ unit: "once", every: "x", end: "after", count: "x" }), []);
});

test("days and numbers have their names", () => {
  assert.equal(weekdayOf("1969-12-31"), "WE");
  assert.equal(weekdayOf("2026-11-22"), "SU");
  assert.deepEqual([1, 2, 3, 4, 11, 12, 13, 21, 22, 31].map(ordinalNumber), [
    "1st",
    "2nd",
    "3rd",
    "4th",
    "11th",
    "12th",
    "13th",
    "21st",
    "22nd",
    "31st",
  ]);
});
