import { assert, test } from "./harness.mjs";
import type { NoticeKind } from "../src/api/notices.ts";
import { groups } from "../src/pages/settings/noticeGroups.ts";
import { kindIcons, kindNames, wordsOf } from "../src/pages/notices/words.ts";
import type { Notice, NoticeDetails } from "../src/api/types.ts";

const nothing = {
  account_id: null,
  category_id: null,
  transaction_id: null,
  task_id: null,
  import_id: null,
  name: null,
  payee: null,
  currency: null,
  amount: null,
  limit: null,
  percent: null,
  period: null,
  date: null,
  count: null,
  device: null,
  address: null,
};

function notice(kind: NoticeKind, details: Partial<NoticeDetails> = {}): Notice {
  return {
    id: "1",
    kind,
    household_id: null,
    household_name: null,
    at: "2026-11-21T10:00:00Z",
    read_at: null,
    text: "The server's own sentence.",
    link: null,
    details: { ...nothing, ...details },
  };
}

const euros = (amount: string, limit: string | null = null) => ({ currency: "EUR", amount, limit });

const table: [NoticeKind, Partial<NoticeDetails>, title: string, detail: string | null][] = [
  [
    "budget_warning",
    { name: "Groceries", percent: 80, period: "2026-11", ...euros("412.30", "500.00") },
    "Groceries: 80 % of the budget is spent",
    "€412.30 of €500.00 · November 2026",
  ],
  [
    "budget_spent",
    { name: "Groceries", percent: 100, period: "2026-W47", ...euros("512.30", "500.00") },
    "Groceries: the budget is spent",
    "€512.30 of €500.00 · 2026-W47",
  ],
  [
    "budget_spent",
    { name: "Groceries", percent: 120, ...euros("600.00", "500.00") },
    "Groceries: 120 % of the budget is spent",
    "€600.00 of €500.00",
  ],
  [
    "bill_due",
    { name: "Rent", date: "2026-12-01", ...euros("820.00") },
    "Rent is due",
    "€820.00 · 1 Dec 2026",
  ],
  [
    "bill_missed",
    { name: "Rent", date: "2026-12-01", ...euros("820.00") },
    "Rent was not paid",
    "€820.00 · due on 1 Dec 2026",
  ],
  [
    "price_rise",
    { name: "Music", ...euros("12.99", "10.99") },
    "Music costs more",
    "€12.99 instead of €10.99",
  ],
  [
    "low_balance_ahead",
    { name: "Current account", date: "2026-11-30", ...euros("-20.00", "100.00") },
    "Current account runs low on 30 Nov 2026",
    "−€20.00 · its minimum is €100.00",
  ],
  ["low_balance_ahead", { name: "Cash", ...euros("5.00") }, "Cash is low", "€5.00"],
  [
    "large_transaction",
    { name: "Current account", payee: "Kitchen Ltd", date: "2026-11-20", ...euros("-4200.00") },
    "A large amount: Kitchen Ltd",
    "−€4,200.00 · 20 Nov 2026 · Current account",
  ],
  [
    "unusual_transaction",
    { name: "Current account", payee: "Power Ltd", ...euros("-90.00", "35.00") },
    "An unusual amount: Power Ltd",
    "−€90.00 · usually about €35.00 · Current account",
  ],
  [
    "goal_reached",
    { name: "Holiday", ...euros("2000.00", "2000.00") },
    "Holiday is reached",
    "€2,000.00 of €2,000.00",
  ],
  ["import_finished", { name: "may.csv", count: 1 }, "may.csv is imported", "1 transaction"],
  [
    "new_device",
    { device: "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0", address: "192.0.2.7" },
    "A new device signed in",
    "Firefox on Linux · 192.0.2.7",
  ],
  ["backup_failed", {}, "The backup failed", null],
  [
    "task_assigned",
    { name: "Call the bank", date: "2026-11-27" },
    "A task for you: Call the bank",
    "due on 27 Nov 2026",
  ],
  ["task_due", { name: "Call the bank" }, "Call the bank is due", null],
];

for (const [kind, details, title, detail] of table) {
  test(`words: ${kind}, ${title}`, () =>
    assert.deepEqual(wordsOf(notice(kind, details), "en-GB"), { title, detail }));
}

test("amounts are exact and days are written the person's own way", () => {
  const words = wordsOf(
    notice("bill_due", {
      name: "Haus",
      date: "2026-12-01",
      currency: "EUR",
      amount: "90071992547409.93",
    }),
    "de-DE",
  );
  assert.equal(words.detail, "90.071.992.547.409,93\u00A0€ · 1. Dez. 2026");
});

test("where too little is known, or the kind is not, the server's sentence stands", () => {
  for (const kind of ["budget_warning", "large_transaction", "of_a_newer_server"]) {
    assert.deepEqual(wordsOf(notice(kind as NoticeKind), "en-GB"), {
      title: "The server's own sentence.",
      detail: null,
    });
  }
});

test("each kind stands in the preferences once, and has a name and a picture", () => {
  const shown = groups.flatMap(({ kinds }) => kinds);
  assert.deepEqual([...shown].sort(), Object.keys(kindNames).sort());
  assert.deepEqual(Object.keys(kindIcons).sort(), Object.keys(kindNames).sort());
});
