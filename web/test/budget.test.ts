import type { BudgetLine } from "../src/api/types.ts";
import { money } from "../src/money/Money.ts";
import { isProblem } from "../src/money/parse.ts";
import { barOf, entered, rowsOf } from "../src/pages/budget/budgetLines.ts";
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

function line(id: string, parent: string | null, hasLine: boolean): BudgetLine {
  return {
    category_id: id,
    name: id,
    parent_id: parent,
    is_income: false,
    limit: hasLine ? {} : null,
  } as BudgetLine;
}

test("a category with a line and others below it is a sum first, then itself", () => {
  const rows = rowsOf(
    [line("food", null, true), line("out", "food", true), line("rent", null, true)],
    false,
  );

  assert.deepEqual(
    rows.map(({ line: { name }, depth, isHeading }) => `${name} ${depth} ${isHeading}`),
    ["food 0 true", "food 1 false", "out 1 false", "rent 0 false"],
  );
});

test("a category above that is no line is a heading alone; one whose parent is not shown stands at the top", () => {
  const rows = rowsOf(
    [line("home", null, false), line("rent", "home", true), line("lost", "gone", true)],
    false,
  );

  assert.deepEqual(
    rows.map(({ line: { name }, depth, isHeading }) => `${name} ${depth} ${isHeading}`),
    ["home 0 true", "rent 1 false", "lost 0 false"],
  );
});
