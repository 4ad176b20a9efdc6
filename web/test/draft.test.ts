import { assert, test } from "./harness.mjs";
import type { Account, Transaction } from "../src/api/types.ts";
import {
  changesBetween,
  draftOf,
  emptyDraft,
  inputOf,
  isFixed,
  readDraft,
} from "../src/pages/register/draft.ts";
import { wayBack } from "../src/pages/register/changes.ts";

const account = (id: string, currency: string) => ({ id, currency }) as Account;
const accounts = [account("giro", "EUR"), account("savings", "EUR"), account("travel", "USD")];
const draft = { ...emptyDraft("giro", "2026-11-21"), amount: "12,50" };

const stored: Transaction = {
  id: "t1",
  type: "expense",
  date: "2026-11-20",
  state: "posted",
  account_id: "giro",
  account_name: "Giro",
  to_account_id: null,
  to_account_name: null,
  category_id: "food",
  category_name: "Food",
  amount: "64.35",
  signed_amount: "-64.35",
  currency: "EUR",
  to_amount: null,
  to_currency: null,
  payee: "REWE",
  note: null,
  tags: [],
  splits: [],
  source: "manual",
  bank_text: null,
  import_id: null,
  linked_transaction_id: null,
  deleted_at: null,
  version: 3,
  created_at: "",
  updated_at: "",
};

test("a plain expense is read exactly", () => {
  const reading = readDraft({ ...draft, payee: " REWE ", categoryId: "food" }, accounts, "de-DE");

  assert.deepEqual(reading, {
    input: {
      type: "expense",
      account_id: "giro",
      amount: "12.50",
      category_id: "food",
      payee: "REWE",
      note: null,
      tags: [],
      date: "2026-11-21",
      state: "posted",
    },
  });
});

test("all that is wrong is named at once", () => {
  const reading = readDraft(
    { ...draft, type: "transfer", amount: "0", date: "", toAccountId: "giro" },
    accounts,
    "en",
  );

  assert.deepEqual(reading, {
    problems: {
      amount: "Enter an amount above zero",
      date: "Enter a date",
      to_account_id: "Choose another account",
    },
  });
});

test("a transfer into another currency says what arrived", () => {
  const transfer = { ...draft, type: "transfer" as const, toAccountId: "travel" };

  assert.ok("problems" in readDraft(transfer, accounts, "de-DE"));
  const reading = readDraft({ ...transfer, toAmount: "13,60" }, accounts, "de-DE");

  assert.ok("input" in reading);
  assert.equal(reading.input.to_amount, "13.60");
  assert.equal("category_id" in reading.input, false);
});

test("parts must add up to the whole", () => {
  const part = (amount: string) => ({ key: amount, categoryId: "food", amount, memo: "" });
  const read = (...amounts: string[]) =>
    readDraft({ ...draft, splits: amounts.map(part) }, accounts, "de-DE");

  assert.ok("input" in read("10", "2,50"));
  assert.deepEqual(read("10", "2,49"), {
    problems: { splits: "The parts must add up to the whole amount" },
  });
});

test("opening a row and saving it unchanged sends nothing", () => {
  const reading = readDraft(draftOf(stored, "en-GB"), accounts, "en-GB");

  assert.ok("input" in reading);
  assert.deepEqual(changesBetween(inputOf(stored), reading.input), {});
});

test("only what differs is sent", () => {
  const edited = { ...draftOf(stored, "en-GB"), payee: "", note: "cake" };
  const reading = readDraft(edited, accounts, "en-GB");

  assert.ok("input" in reading);
  assert.deepEqual(changesBetween(inputOf(stored), reading.input), { payee: null, note: "cake" });
});

test("an amount with more decimals than its currency survives an edit of the note", () => {
  const odd = { ...stored, amount: "64.3512", signed_amount: "-64.3512" };
  const opened = draftOf(odd, "en-GB");
  const reading = readDraft({ ...opened, note: "odd" }, accounts, "en-GB", opened);

  assert.ok("input" in reading);
  assert.deepEqual(changesBetween(inputOf(odd), reading.input), { note: "odd" });
});

test("a transfer between accounts of one currency sends no second amount", () => {
  const transfer: Transaction = {
    ...stored,
    type: "transfer",
    category_id: null,
    to_account_id: "savings",
    to_amount: "64.35",
    to_currency: "EUR",
  };
  const reading = readDraft(draftOf(transfer, "en-GB"), accounts, "en-GB");

  assert.ok("input" in reading);
  assert.deepEqual(changesBetween(inputOf(transfer), reading.input), {});
  assert.equal(isFixed(transfer), false);
});

test("a loan payment and a linked side keep their amounts", () => {
  const loan: Transaction = { ...stored, type: "transfer", to_amount: "50.00", to_currency: "EUR" };

  assert.equal(isFixed(loan), true);
  assert.equal(isFixed({ ...stored, linked_transaction_id: "t2" }), true);
  assert.equal(isFixed(stored), false);
});

test("the way back from parts is one category, and from a transfer the expense it was", () => {
  const part = { category_id: "food", amount: "64.35" };
  const old = inputOf(stored);

  assert.deepEqual(wayBack(old, { splits: [part] }), { splits: [], category_id: "food" });
  assert.deepEqual(wayBack(old, { note: "x" }), { note: null });
  assert.deepEqual(wayBack(old, { type: "transfer", to_account_id: "savings" }), {
    splits: [],
    type: "expense",
    category_id: "food",
  });
});

test("of an opening balance only the words can be changed", () => {
  const opening: Transaction = { ...stored, type: "opening", category_id: null };
  const edited = { ...draftOf(opening, "en-GB"), note: "from the old bank" };
  const reading = readDraft(edited, accounts, "en-GB");

  assert.ok("input" in reading);
  const changes = changesBetween(inputOf(opening), reading.input, edited.isFixed);
  assert.deepEqual(changes, { note: "from the old bank" });
});
