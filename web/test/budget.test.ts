import type {
  Account,
  Budget,
  BudgetFill,
  BudgetFillRow,
  BudgetLimit,
  BudgetLine,
  BudgetPeriod,
  BudgetSettings,
} from "../src/api/types.ts";
import { money } from "../src/money/Money.ts";
import { isProblem } from "../src/money/parse.ts";
import {
  barOf,
  entered,
  placeOf,
  placesOf,
  type Row,
  rowsOf,
  sectionsOf,
  sources,
  targets,
} from "../src/pages/budget/budgetLines.ts";
import { type FillDraft, inputOf, narrowed, previewRows } from "../src/pages/budget/fillChoice.ts";
import { basisPoints, type RuleName, ruleOf } from "../src/pages/budget/fillRules.ts";
import { standingOf } from "../src/pages/budget/planning.ts";
import { periodTitle } from "../src/pages/budget/periodTitle.ts";
import {
  draftOfSettings,
  lookBefore,
  lookOf,
  partChanges,
} from "../src/pages/budget/settingsDraft.ts";
import { assert, test } from "./harness.mjs";

const now = money("100.00", "EUR");

for (const [text, expected] of [
  ["250", "250.00"],
  ["+50", "150.00"],
  ["+ 12,50", "112.50"],
  ["30+12.5", "42.50"],
  ["-20", "-20.00"],
  ["", "0.00"],
] as const) {
  test(`"${text}" in a cell of 100 is ${expected}`, () => {
    assert.deepEqual(entered(text, now, "en"), money(expected, "EUR"));
  });
}

test("what is no amount is told, not taken for one", () => {
  const result = entered("lots", now, "en");
  assert.equal(isProblem(result), true);
});

const bars = [
  ["50.00", "10.00", { full: 50, isOver: false }],
  ["130.00", "-3.00", { full: 100, isOver: true }],
  ["-20.00", "12.00", { full: 0, isOver: false }],
  [null, "0.00", { full: 0, isOver: false }],
  [null, "-5.00", { full: 100, isOver: true }],
] as const;
for (const [progress, remaining, bar] of bars) {
  test(`a bar of ${progress} with ${remaining} left`, () => {
    assert.deepEqual(barOf(progress, money(remaining, "EUR")), bar);
  });
}

const limit = (amount: string, spent: string, remaining: string) =>
  ({
    limit: amount,
    spent,
    remaining,
    progress: null,
    missing_rates: [],
  }) as unknown as BudgetLimit;

type Part = { parent?: string; hasLine?: boolean; budget?: Partial<Budget>; spent?: string };

function line(id: string, { parent, hasLine = true, budget, spent = "10.00" }: Part): BudgetLine {
  return {
    category_id: id,
    name: id,
    parent_id: parent ?? null,
    is_income: false,
    budget: budget ? { group: null, position: 0, kind: "flexible", ...budget } : null,
    limit: hasLine ? limit("30.00", spent, "20.00") : null,
    envelope: null,
  } as BudgetLine;
}

const periodOf = (lines: BudgetLine[]) => ({ currency: "EUR", lines }) as BudgetPeriod;
const shownRows = (rows: readonly Row[]) =>
  rows.map(({ line: { name }, depth, isHeading }) => `${name} ${depth} ${isHeading}`);

test("a category with a line and others below it is a sum first, then itself", () => {
  const period = periodOf([line("food", {}), line("out", { parent: "food" }), line("rent", {})]);

  const rows = rowsOf(period, "tracking", () => true);

  const expected = ["food 0 true", "food 1 false", "out 1 false", "rent 0 false"];
  assert.deepEqual(shownRows(rows), expected);
  assert.deepEqual(rows[0]?.figures.used, money("20.00", "EUR"));
});

test("a category above that is no line is a heading alone; one whose parent is not shown stands at the top", () => {
  const rows = rowsOf(
    periodOf([
      line("home", { hasLine: false }),
      line("rent", { parent: "home" }),
      line("lost", { parent: "gone" }),
    ]),
    "tracking",
    () => true,
  );

  assert.deepEqual(shownRows(rows), ["home 0 true", "rent 1 false", "lost 0 false"]);
});

test("what stands in a group is neither shown nor counted in the tree", () => {
  const sections = sectionsOf(
    periodOf([
      line("food", { hasLine: false }),
      line("market", { parent: "food", budget: { group: "Every day", position: 2 } }),
      line("out", { parent: "food", budget: { position: 3 }, spent: "7.00" }),
      line("bus", { budget: { group: "Every day", position: 1 } }),
      line("gym", { budget: { group: "Body", position: 0 } }),
    ]),
    "tracking",
  );

  assert.deepEqual(
    sections.map(({ title, rows }) => [title, shownRows(rows)]),
    [
      ["Body", ["gym 0 false"]],
      ["Every day", ["bus 0 false", "market 0 false"]],
      ["In no group", ["food 0 true", "out 1 false"]],
    ],
  );
  assert.deepEqual(sections[1]?.figures?.used, money("20.00", "EUR"));
  assert.deepEqual(sections[2]?.figures?.used, money("7.00", "EUR"));
});

test("a group in another order keeps the places that it has, each once", () => {
  const places = (...all: number[]) => placesOf(all.map((position) => ({ position })));

  assert.deepEqual(places(7, 2, 4), [2, 4, 7]);
  assert.deepEqual(places(3, 3, 3, 4), [3, 4, 5, 6]);
  assert.deepEqual(places(), []);
});

test("flex lays out lines by their kind, and what nobody planned last", () => {
  const sections = sectionsOf(
    periodOf([
      line("rent", { budget: { kind: "fixed" } }),
      line("car", { budget: { kind: "non_monthly" } }),
      line("fun", { budget: {} }),
      line("odd", {}),
    ]),
    "flex",
  );

  assert.deepEqual(
    sections.map(({ title, rows }) => [title, rows.length]),
    [
      ["Fixed", 1],
      ["Not every period", 1],
      ["Flexible", 1],
      ["Not planned", 1],
    ],
  );
});

test("without groups there is the tree alone", () => {
  const [only, ...more] = sectionsOf(periodOf([line("rent", { budget: {} })]), "envelope");

  assert.equal(only?.title, null);
  assert.deepEqual(more, []);
});

test("places that give are those with money, the fullest first", () => {
  const envelope = (id: string, available: string) =>
    ({ ...line(id, { budget: {} }), envelope: { available } }) as BudgetLine;
  const period = {
    ...periodOf([envelope("a", "5.00"), envelope("b", "50.00"), envelope("c", "-1.00")]),
    totals: { ready: "20.00" },
    cards: [{ account_id: "visa", name: "Visa", available: "7.00" }],
  } as BudgetPeriod;

  const names = (places: readonly { name: string }[]) => places.map(({ name }) => name);
  assert.deepEqual(names(sources(period, "c")), ["b", "Ready to assign", "Visa", "a"]);
  assert.deepEqual(names(targets(period, null)), ["a", "b", "c", "Visa"]);
  assert.deepEqual(placeOf(period, null).available, money("20.00", "EUR"));
});

for (const [name, text] of [
  ["2026-11", "November 2026"],
  ["2026-W07", "Week 7 of 2026"],
  ["2026-Q4", "Quarter 4 of 2026"],
  ["2026", "2026"],
] as const) {
  test(`the period ${name} is called ${text}`, () => {
    assert.equal(periodTitle({ name }, "en-GB"), text);
  });
}

const typed = {
  amount: "25",
  weekday: "friday",
  date: "2027-06-01",
  percent: "12,5",
  periods: "3",
};
for (const [name, rule] of [
  ["fixed", { rule: "fixed", amount: "25.00" }],
  ["weekly", { rule: "weekly", amount: "25.00", weekday: "friday" }],
  ["by_date", { rule: "by_date", amount: "25.00", date: "2027-06-01" }],
  ["refill", { rule: "refill", amount: "25.00" }],
  ["share", { rule: "share", basis_points: 1250 }],
  ["average", { rule: "average", periods: 3 }],
  ["median", { rule: "median", periods: 3 }],
  ["copy", { rule: "copy" }],
] as const) {
  test(`the rule ${name} takes what it needs and nothing else`, () => {
    assert.deepEqual(ruleOf(name, typed, "EUR", "en-GB"), { rule });
  });
}

test("what is wrong with a rule is told field by field", () => {
  const empty = { amount: "", weekday: "friday", date: "", percent: "101", periods: "25" };
  const wrong = (name: RuleName) => {
    const result = ruleOf(name, empty, "EUR", "en-GB");
    return "problems" in result ? Object.keys(result.problems) : [];
  };

  assert.deepEqual(wrong("by_date"), ["amount", "date"]);
  assert.deepEqual(wrong("share"), ["percent"]);
  assert.deepEqual(wrong("average"), ["periods"]);
});

for (const [text, points] of [
  ["10", 1000],
  ["0", 0],
  ["12.5", 1250],
  ["12,05 %", 1205],
  ["100", 10_000],
  ["100.01", null],
  ["a tenth", null],
  ["", null],
] as const) {
  test(`"${text}" percent are ${points} basis points`, () => {
    assert.equal(basisPoints(text), points);
  });
}

const fillRow = (id: string, after: string) =>
  ({ category_id: id, before: "1.00", after, short: "0.00" }) as BudgetFillRow;
const fillDraft = (part: Partial<FillDraft>): FillDraft => ({
  way: "average",
  fill: typed,
  makesBudgets: false,
  ticks: new Map(),
  ...part,
});

test("the past fills all rows but those that are left out", () => {
  const rows = [fillRow("a", "5.00"), fillRow("b", "6.00")];
  const all = { rows } as BudgetFill;
  const input = { rule: { rule: "average", periods: 3 } } as const;

  assert.deepEqual(narrowed(input, fillDraft({}), rows), input);
  const draft = fillDraft({ ticks: new Map([["a", false]]) });
  assert.deepEqual(narrowed(input, draft, rows), { ...input, category_ids: ["b"] });
  const chosen = { rows: [fillRow("b", "7.00")] } as BudgetFill;
  assert.deepEqual(
    previewRows(all, chosen, draft).map(({ after, isTicked }) => [after, isTicked]),
    [
      ["1.00", false],
      ["7.00", true],
    ],
  );
});

test("one amount fills nothing until rows are chosen", () => {
  const draft = fillDraft({ way: "fixed" });
  const input = { rule: { rule: "fixed", amount: "25.00" } } as const;
  const rows = [fillRow("a", "25.00"), fillRow("b", "25.00")];

  assert.equal(narrowed(input, draft, rows), null);
  const chosen = { ...draft, ticks: new Map([["b", true]]) };
  assert.deepEqual(narrowed(input, chosen, rows), { ...input, category_ids: ["b"] });
});

test("only the past makes budgets for categories that have none", () => {
  const own = inputOf(fillDraft({ way: "own", makesBudgets: true }), "EUR", "en-GB");
  const median = inputOf(fillDraft({ way: "median", makesBudgets: true }), "EUR", "en-GB");

  assert.deepEqual(own, { input: {} });
  assert.deepEqual(median, {
    input: { rule: { rule: "median", periods: 3 }, new_budgets: true },
  });
});

const settings: BudgetSettings = {
  view: "envelope",
  period: "month",
  month_start: 1,
  holidays: "none",
  version: 1,
  updated_at: null,
};

test("of the settings only what differs is sent, and what it was takes it back", () => {
  const draft = { ...draftOfSettings(settings), start: "last", holidays: "DE" as const };

  const look = lookOf(draft, settings);

  assert.deepEqual(look, { month_start: null, holidays: "DE" });
  assert.deepEqual(lookBefore(look, settings), { month_start: 1, holidays: "none" });
  assert.deepEqual(lookOf(draftOfSettings(settings), settings), {});
});

test("only accounts whose part is another are changed", () => {
  const account = (id: string, isIn: boolean) =>
    ({ id, is_budgeted: isIn, budget_category_id: null }) as Account;
  const all = [account("a", true), account("b", false), account("c", false)];
  const parts = new Map([
    ["a", { is_budgeted: true, budget_category_id: null }],
    ["b", { is_budgeted: false, budget_category_id: "loan" }],
  ]);

  const changes = partChanges(all, parts);

  assert.deepEqual(
    changes.map(({ account: { id }, after }) => [id, after.budget_category_id]),
    [["b", "loan"]],
  );
});

for (const [refusal, standing] of [
  [null, "planner"],
  ["household.read_only", "viewer"],
  ["auth.token_scope", "viewer"],
  ["budget.private", "partial"],
] as const) {
  test(`who is refused with ${refusal} is a ${standing}`, () => {
    assert.equal(standingOf({ can_plan: refusal === null, plan_refusal: refusal }), standing);
  });
}
