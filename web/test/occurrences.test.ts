import { decimal, money } from "../src/money/Money.ts";
import {
  groupsOf,
  namedIn,
  signed,
  standing,
  stillExpected,
} from "../src/pages/bills/occurrences.ts";
import { assert, test } from "./harness.mjs";
import type { BillOccurrence } from "../src/api/types.ts";

// A Saturday; the week ends tomorrow, the month nine days on.
const today = "2026-11-21";

const occurrence = (part: Partial<BillOccurrence>): BillOccurrence => ({
  bill_id: "1",
  bill_name: "Rent",
  direction: "expense",
  nominal_on: part.due_on ?? today,
  due_on: today,
  window_from: today,
  window_to: today,
  state: "expected",
  payee: null,
  account_id: null,
  to_account_id: null,
  category_id: null,
  currency: "EUR",
  amount: "10.00",
  amount_low: "10.00",
  amount_high: "10.00",
  is_changed: false,
  posts_itself: false,
  paid: null,
  open: null,
  changed_by: null,
  paid_on: null,
  days_late: null,
  payments: [],
  candidates: [],
  ...part,
});

test("occurrences lie in groups by when they are due and whether they are settled", () => {
  const at = (due_on: string, state: BillOccurrence["state"] = "expected") =>
    occurrence({ due_on, state });
  const groups = groupsOf(
    [
      at("2026-11-01", "matched"),
      at("2026-11-02", "missed"),
      at("2026-11-03", "skipped"),
      at("2026-11-04", "partial"),
      at("2026-11-20", "overdue"),
      at("2026-11-21", "posted"),
      at("2026-11-22"),
      at("2026-11-23", "matched"),
      at("2026-11-30"),
      at("2026-12-01"),
    ],
    today,
    "monday",
  );

  assert.deepEqual(
    groups.map(({ group, items }) => [group, items.map(({ due_on }) => due_on.slice(5))]),
    [
      ["overdue", ["11-02", "11-04", "11-20"]],
      ["week", ["11-21", "11-22"]],
      ["month", ["11-23", "11-30"]],
      ["later", ["12-01"]],
      ["done", ["11-03", "11-01"]],
    ],
  );
});

test("a group adds up what is still to come, each currency apart", () => {
  const [week] = groupsOf(
    [
      occurrence({ amount: "10.10" }),
      occurrence({ amount: "0.20" }),
      occurrence({ amount: "99.00", state: "matched" }),
      occurrence({ amount: "50.00", open: "12.00", state: "partial" }),
      occurrence({ amount: null }),
      occurrence({ amount: "500.00", direction: "transfer" }),
      occurrence({ amount: "2000.00", direction: "income" }),
      occurrence({ amount: "7.00", currency: "USD" }),
    ],
    today,
    "monday",
  );

  assert.deepEqual(
    week?.sums.map((sum) => [sum.currency, decimal(sum.in), decimal(sum.out)]),
    [
      ["EUR", "2000.00", "22.30"],
      ["USD", "0.00", "7.00"],
    ],
  );
});

test("only what goes out is negative", () => {
  const amount = money("5.00", "EUR");

  assert.equal(decimal(signed(amount, "expense")), "-5.00");
  assert.equal(decimal(signed(amount, "income")), "5.00");
  assert.equal(decimal(signed(amount, "transfer")), "5.00");
});

for (const [part, text] of [
  [{ state: "expected" }, undefined],
  [{ state: "due" }, "Due today"],
  [{ state: "overdue", due_on: "2026-11-20" }, "1 day overdue"],
  [{ state: "overdue", due_on: "2026-11-11" }, "10 days overdue"],
  [{ state: "missed" }, "Missed"],
  [{ state: "partial" }, "Partly paid"],
  [{ state: "partial", direction: "income" }, "Partly received"],
  [{ state: "matched", days_late: 0 }, "Paid"],
  [{ state: "matched", days_late: -2 }, "Paid 2 days early"],
  [{ state: "matched", days_late: 1 }, "Paid 1 day late"],
  [{ state: "matched", days_late: null, direction: "transfer" }, "Transferred"],
  [{ state: "posted" }, "Posted"],
  [{ state: "skipped" }, "Skipped"],
] as const satisfies readonly [Partial<BillOccurrence>, string | undefined][]) {
  test(`${JSON.stringify(part)} reads ${text ?? "nothing"}`, () => {
    assert.equal(standing(occurrence(part), today)?.text, text);
  });
}

test("nothing more is expected of what is settled", () => {
  assert.equal(stillExpected(occurrence({ state: "skipped" })), null);
  assert.equal(stillExpected(occurrence({ state: "posted" })), null);
  assert.equal(stillExpected(occurrence({ amount: null })), null);
});

test("an address names a bill, and perhaps which time of it", () => {
  const all = [
    occurrence({ bill_id: "a", due_on: "2026-11-01", state: "matched" }),
    occurrence({ bill_id: "a", due_on: "2026-11-15", state: "overdue" }),
    occurrence({ bill_id: "a", due_on: "2026-11-29" }),
    occurrence({ bill_id: "b", due_on: "2026-11-02", state: "skipped" }),
  ];
  const named = (text: string) => namedIn(all, new URLSearchParams(text))?.due_on;

  assert.equal(named("bill=a"), "2026-11-15");
  assert.equal(named("bill=a&day=2026-11-01"), "2026-11-01");
  assert.equal(named("bill=a&day=2024-11-01"), "2026-11-15");
  assert.equal(named("bill=b"), "2026-11-02");
  assert.equal(named("bill=c"), undefined);
  assert.equal(named(""), undefined);
});
