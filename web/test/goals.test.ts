import { APIError } from "../src/api/APIError.ts";
import type { AccountKind } from "../src/api/model.ts";
import { reading, runsOf } from "../src/charts/LineChart.tsx";
import { movedTo, reordered } from "../src/data/order.ts";
import { monthWords } from "../src/dates/month.ts";
import { money } from "../src/money/Money.ts";
import { originWords } from "../src/pages/goals/Contributions.tsx";
import { changeOf, draftOf, newDraft, newGoal, readDraft } from "../src/pages/goals/goalDraft.ts";
import {
  accountsWorthTelling,
  aimWords,
  dayWords,
  dueWords,
  everyWords,
  fullness,
  percentWords,
  standingOf,
} from "../src/pages/goals/goalWords.ts";
import { pathLines } from "../src/pages/goals/PathChart.tsx";
import { overcommitmentIn } from "../src/pages/goals/useConsent.ts";
import { monthlyShare } from "../src/pages/goals/useSpendingHint.ts";
import { assert, test } from "./harness.mjs";
import type { Goal, GoalContribution, GoalPath } from "../src/api/types.ts";

const locale = "en-GB";

const goal = (part: Partial<Goal> = {}): Goal => ({
  id: "1",
  name: "New roof",
  kind: "purchase",
  state: "active",
  currency: "EUR",
  position: 1,
  note: null,
  target_amount: "12000.00",
  target: "12000.00",
  target_date: "2027-06-30",
  start_date: "2026-01-01",
  repeat_months: null,
  months_of_spending: null,
  average_months: null,
  average_spending: null,
  missing_rates: [],
  saved: "3400.00",
  remaining: "8600.00",
  progress: "28.33",
  is_reached: false,
  reached_at: null,
  pace: "on_track",
  planned_by_now: "3000.00",
  behind_by: "0.00",
  months_left: 8,
  suggested_amount: "1075.00",
  due_this_month: "75.00",
  projected_month: "2027-06",
  automatic: null,
  accounts: [],
  released: "0.00",
  finished_at: null,
  deleted_at: null,
  version: 3,
  created_at: "",
  updated_at: "",
  ...part,
});

for (const [months, words] of [
  [1, "every month"],
  [3, "every 3 months"],
  [12, "every year"],
  [18, "every 18 months"],
  [24, "every 2 years"],
] as const) {
  test(`what comes again after ${months} months comes ${words}`, () => {
    assert.equal(everyWords(months), words);
  });
}

for (const [pace, part, expected] of [
  ["behind", { behind_by: "12.50" }, { text: "Behind by €12.50", tone: "bad" }],
  ["on_track", {}, { text: "On track", tone: "good" }],
  ["ahead", {}, { text: "Ahead", tone: "good" }],
  ["reached", {}, { text: "Reached", tone: "good" }],
  ["paused", {}, { text: "Paused", tone: "plain" }],
  ["open", {}, null],
] as const) {
  test(`a goal that is ${pace} says so`, () => {
    assert.deepEqual(standingOf(goal({ pace, ...part }), locale), expected);
  });
}

test("a goal says what it aims at by its kind", () => {
  assert.equal(aimWords(goal(), locale), "by 30 Jun 2027");
  assert.equal(aimWords(goal({ target_date: null }), locale), "");
  const yearly = goal({ kind: "sinking_fund", repeat_months: 12 });
  assert.equal(aimWords(yearly, locale), "every year, next on 30 Jun 2027");
  const fund = { kind: "emergency_fund", months_of_spending: 3, average_spending: "2140.00" };
  assert.equal(
    aimWords(goal({ ...fund, target_date: null } as Partial<Goal>), locale),
    "3 months of €2,140.00",
  );
});

test("what is due this month is asked for, is done, or is nobody's business", () => {
  assert.equal(dueWords(goal(), locale), "€75.00 to set aside this month");
  assert.equal(dueWords(goal({ due_this_month: "0.00" }), locale), "Done for this month");
  assert.equal(dueWords(goal({ due_this_month: "0.00", suggested_amount: "0.00" }), locale), null);
  assert.equal(dueWords(goal({ due_this_month: null }), locale), null);
  assert.equal(dueWords(goal({ state: "paused" }), locale), null);
  assert.equal(dueWords(goal({ is_reached: true }), locale), null);
});

test("a bar is never fuller than full, and a percent never rounds up to the whole", () => {
  assert.equal(fullness("783.58"), 100);
  assert.equal(fullness("-4.00"), 0);
  assert.equal(fullness(null), 0);
  assert.equal(percentWords("99.99"), "99%");
  assert.equal(percentWords(null), null);
});

test("the 31st is the last day of every month", () => {
  assert.equal(dayWords(31), "on the last day of each month");
  assert.equal(dayWords(5), "on day 5 of each month");
});

test("accounts that could hold a goal are told of, others only if they do", () => {
  const account = (name: string, kind: AccountKind, earmarked: string) => ({
    account_id: name,
    name,
    kind,
    currency: "EUR",
    balance: "100.00",
    earmarked,
    free: "0.00",
    is_overcommitted: false,
    over_by: "0.00",
  });
  const told = accountsWorthTelling([
    account("Savings", "savings", "0.00"),
    account("House", "property", "0.00"),
    account("Gold", "other_asset", "5.00"),
  ]);
  assert.deepEqual(
    told.map(({ name }) => name),
    ["Savings", "Gold"],
  );
});

test("a new goal is sent as its kind wants it", () => {
  const draft = { ...newDraft("purchase", "EUR", "2026-11-22"), name: " Roof ", target: "12.000" };
  const read = readDraft(draft, "de-DE");
  assert.ok("body" in read);
  assert.deepEqual(newGoal(draft, read.body), {
    name: "Roof",
    kind: "purchase",
    currency: "EUR",
    target_amount: "12000.00",
    target_date: null,
    start_date: "2026-11-22",
    note: null,
    automatic: null,
  });
});

test("an emergency fund has months instead of a target, and no currency of its own", () => {
  const draft = { ...newDraft("emergency_fund", "EUR", "2026-11-22"), months: "4" };
  const read = readDraft(draft, locale);
  assert.ok("body" in read);
  const sent = newGoal(draft, read.body);
  assert.equal(sent.months_of_spending, 4);
  assert.equal(sent.average_months, 6);
  assert.equal("target_amount" in sent, false);
  assert.equal("currency" in sent, false);
});

test("all that is wrong with a goal is told at once, by the server's names", () => {
  const draft = { ...newDraft("sinking_fund", "EUR", "2026-11-22"), rule: "budget" as const };
  const read = readDraft(draft, locale);
  assert.ok("problems" in read);
  assert.deepEqual(Object.keys(read.problems).sort(), [
    "automatic.account_id",
    "automatic.category_id",
    "name",
    "target_amount",
    "target_date",
  ]);
});

test("an edit leaves a rule alone that was left alone", () => {
  const automatic = {
    rule: "fixed" as const,
    account_id: "a",
    amount: "100.00",
    day: 5,
    category_id: null,
    through: "2026-11-21",
  };
  const before = draftOf(goal({ automatic }), locale);
  const sent = (draft: typeof before) => {
    const read = readDraft(draft, locale);
    assert.ok("body" in read);
    return changeOf(draft, before, read.body);
  };
  assert.equal("automatic" in sent({ ...before, name: "Roof" }), false);
  assert.deepEqual(sent({ ...before, day: "6" }).automatic, {
    rule: "fixed",
    account_id: "a",
    amount: "100.00",
    day: 6,
  });
  assert.equal(sent({ ...before, rule: "none" }).automatic, null);
});

test("only a refusal for want of money asks for consent", () => {
  const details = { account_id: "a", over_by: "5.00" };
  const refused = new APIError(409, "goal.overcommitted", "Too much", details);
  assert.deepEqual(overcommitmentIn(refused), details);
  assert.equal(overcommitmentIn(new APIError(409, "goal.finished", "It is over")), null);
  assert.equal(overcommitmentIn(new Error("offline")), null);
});

const path: GoalPath = {
  goal_id: "1",
  currency: "EUR",
  target: null,
  months: [
    { month: "2026-10", planned: null, actual: "5.00", contributed: "5.00", projected: null },
    { month: "2026-11", planned: null, actual: "7.00", contributed: "2.00", projected: "7.00" },
    { month: "2026-12", planned: null, actual: null, contributed: null, projected: "9.00" },
  ],
};

test("a goal without a plan has no planned line", () => {
  const lines = pathLines(path);
  assert.deepEqual(
    lines.map(({ name }) => name),
    ["As suggested", "Set aside"],
  );
  assert.deepEqual(lines[1]?.amounts, [money("5", "EUR"), money("7", "EUR"), null]);
});

test("a reading names each line that has an amount there", () => {
  const stops = path.months.map(({ month }) => ({
    key: month,
    label: monthWords(month, locale),
    axisLabel: "",
  }));
  const lines = pathLines(path);
  assert.deepEqual(reading(stops, lines, 1, locale), [
    "November 2026",
    "As suggested €7.00",
    "Set aside €7.00",
  ]);
  assert.deepEqual(reading(stops, lines, 2, locale), ["December 2026", "As suggested €9.00"]);
  assert.deepEqual(reading([], lines, 0, locale), ["No values"]);
});

test("a line with a gap is drawn in runs", () => {
  assert.deepEqual(runsOf([null, 1, 2, null, 3]), [[1, 2], [3]]);
  assert.deepEqual(runsOf([null]), []);
});

test("an entry says who made it", () => {
  const one = (part: Partial<GoalContribution>) => originWords(part as GoalContribution);
  assert.equal(one({ source: "manual", person_name: "Ada" }), "By Ada");
  assert.equal(one({ source: "manual", person_name: null }), "By hand");
  assert.equal(one({ source: "automatic" }), "By itself");
  assert.equal(one({ source: "release" }), "Released when the goal was finished");
});

test("a month's share of spending is cut to whole ten-thousandths", () => {
  assert.deepEqual(monthlyShare(money("10", "EUR"), 3), {
    tenThousandths: 33333n,
    currency: "EUR",
  });
});

const kept = ["a", "b", "c", "d"].map((id) => ({ id }));

test("one goal moves past its neighbour in its group, the others stay", () => {
  const group = [kept[0], kept[2], kept[3]].flatMap((item) => item ?? []);
  assert.deepEqual(reordered(kept, group, 1, -1), ["c", "b", "a", "d"]);
  assert.deepEqual(reordered(kept, group, 2, 1), ["a", "b", "c", "d"]);
});

test("an item is put elsewhere in a list, and no further than its ends", () => {
  assert.deepEqual(movedTo(["a", "b", "c"], 0, 2), ["b", "c", "a"]);
  assert.deepEqual(movedTo(["a", "b", "c"], 2, -5), ["c", "a", "b"]);
  assert.deepEqual(movedTo(["a", "b", "c"], 1, 9), ["a", "c", "b"]);
});
