import type { Account, Bill } from "../src/api/types.ts";
import {
  type BillDraft,
  changesOf,
  draftOfBill,
  inputForNew,
  newBill,
  readBill,
} from "../src/pages/bills/billDraft.ts";
import { assert, test } from "./harness.mjs";

const accounts = [
  { id: "checking", currency: "EUR" },
  { id: "travel", currency: "USD" },
] as Account[];

const draft = (part: Partial<BillDraft>): BillDraft => ({
  ...newBill("2026-01-15", "EUR"),
  name: "Rent",
  amount: "950",
  ...part,
});

function input(part: Partial<BillDraft>) {
  const reading = readBill(draft(part), accounts, "en-GB");
  assert.ok("input" in reading, JSON.stringify(reading));
  return reading.input;
}

function problems(part: Partial<BillDraft>): string[] {
  const reading = readBill(draft(part), accounts, "en-GB");
  return "problems" in reading ? Object.keys(reading.problems).sort() : [];
}

const bill: Bill = {
  id: "1",
  name: "Rent",
  direction: "expense",
  payee: "Homes Ltd",
  account_id: "checking",
  account_name: "Checking",
  to_account_id: null,
  to_account_name: null,
  category_id: "housing",
  category_name: "Housing",
  currency: "EUR",
  amount_kind: "fixed",
  amount: "950.00",
  amount_low: null,
  amount_high: null,
  learn_from: null,
  tolerance_percent: null,
  expected_amount: "950.00",
  start_on: "2026-01-31",
  end_on: null,
  repeat: "FREQ=MONTHLY",
  repeat_words: "every month on the 31st",
  month_end: "last_day",
  working_days: "none",
  holidays: "none",
  days_before: 5,
  days_after: 10,
  allows_parts: false,
  auto_post: false,
  remind_days: 3,
  note: null,
  state: "active",
  paused_on: null,
  next_on: null,
  next_nominal_on: null,
  version: 1,
  created_at: "",
  updated_at: "",
  deleted_at: null,
};

test("a new bill is sent without what is not set", () => {
  const sent = inputForNew(input({}));

  assert.equal(sent.amount, "950.00");
  assert.equal(sent.repeat, "FREQ=MONTHLY;BYMONTHDAY=15");
  assert.equal(sent.currency, "EUR");
  assert.equal(sent.auto_post, false);
  assert.deepEqual(
    ["payee", "account_id", "amount_low", "learn_from", "end_on", "note"].filter(
      (field) => field in sent,
    ),
    [],
  );
});

test("an account brings its own currency", () => {
  const sent = input({ accountId: "travel", amount: "12.50" });

  assert.equal("currency" in sent, false);
  assert.equal(sent.amount, "12.50");
});

test("each kind of amount sends its own fields", () => {
  const range = input({ amountKind: "range", amount: "", low: "40", high: "60,50" });
  const learned = input({ amountKind: "learned", amount: "", learnFrom: "6", tolerance: "0" });

  assert.deepEqual([range.amount, range.amount_low, range.amount_high], [null, "40.00", "60.50"]);
  assert.equal(range.learn_from, null);
  assert.deepEqual([learned.amount, learned.learn_from, learned.tolerance_percent], [null, 6, 0]);
  assert.equal(learned.amount_low, null);
});

test("what is wrong is said beside its field", () => {
  assert.deepEqual(problems({ name: " " }), ["name"]);
  assert.deepEqual(problems({ amount: "" }), ["amount"]);
  assert.deepEqual(problems({ amount: "0" }), ["amount"]);
  assert.deepEqual(problems({ amount: "-5" }), ["amount"]);
  assert.deepEqual(problems({ amountKind: "range", low: "60", high: "40" }), ["amount_high"]);
  assert.deepEqual(problems({ direction: "transfer" }), ["account_id", "to_account_id"]);
  assert.deepEqual(
    problems({ direction: "transfer", accountId: "checking", toAccountId: "checking" }),
    ["to_account_id"],
  );
  assert.deepEqual(problems({ autoPost: true }), ["account_id"]);
  assert.deepEqual(problems({ daysAfter: "61", remindDays: "x" }), ["days_after", "remind_days"]);
  assert.deepEqual(problems({ amountKind: "learned", amount: "", learnFrom: "25" }), [
    "learn_from",
  ]);
  assert.deepEqual(problems({ remindDays: "" }), []);
});

test("only what was changed is sent", () => {
  const changed = (part: Partial<BillDraft>) => {
    const reading = readBill({ ...draftOfBill(bill, "en-GB"), ...part }, accounts, "en-GB");
    assert.ok("input" in reading, JSON.stringify(reading));
    return changesOf(bill, reading.input, accounts, "en-GB");
  };

  assert.deepEqual(changed({}), {});
  assert.deepEqual(changed({ name: "Flat", amount: "970" }), { name: "Flat", amount: "970.00" });
  assert.deepEqual(changed({ payee: "" }), { payee: null });
  assert.deepEqual(changed({ accountId: "" }), { account_id: null, currency: "EUR" });
  assert.deepEqual(changed({ amountKind: "range", amount: "", low: "900", high: "990" }), {
    amount_kind: "range",
    amount: null,
    amount_low: "900.00",
    amount_high: "990.00",
  });
});
