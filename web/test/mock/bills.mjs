// Bills as the server keeps them, near enough to make the pages: matched by payee and window.
import { randomUUID } from "node:crypto";
import { list } from "./answers.mjs";
import { now, parsed, Refusal, text } from "./books.mjs";
import { datesOf, dayAfter, wordsOf } from "./schedule.mjs";

export const today = () => new Date().toISOString().slice(0, 10);

const blank = {
  payee: null,
  account_id: null,
  to_account_id: null,
  category_id: null,
  amount_kind: "fixed",
  amount: null,
  amount_low: null,
  amount_high: null,
  learn_from: null,
  tolerance_percent: null,
  end_on: null,
  repeat: null,
  month_end: "last_day",
  working_days: "none",
  holidays: "none",
  days_before: 5,
  days_after: 10,
  allows_parts: false,
  auto_post: false,
  remind_days: null,
  note: null,
  paused_on: null,
};

export function makeBill(books, body) {
  if (!body.name) {
    throw new Refusal(422, "validation.failed", "Some fields are wrong", {
      fields: [{ field: "name", code: "required", message: "is needed" }],
    });
  }
  const bill = {
    id: randomUUID(),
    ...blank,
    currency: books.household.currency,
    ...body,
    version: 1,
    created_at: now(),
    updated_at: now(),
    deleted_at: null,
    deviations: {},
  };
  books.bills.push(bill);
  return bill;
}

function expected(bill) {
  if (bill.amount) return bill.amount;
  if (bill.amount_kind === "range") {
    return text((parsed(bill.amount_low) + parsed(bill.amount_high)) / 2n);
  }
  return null;
}

export function showBill(books, bill) {
  const next = datesOf(bill, dayAfter(today(), 800)).find(({ due_on: due }) => due >= today());
  const has = bill.paused_on ? null : next;
  return {
    ...bill,
    account_name: books.name(books.accounts, bill.account_id),
    to_account_name: books.name(books.accounts, bill.to_account_id),
    category_name: books.name(books.categories, bill.category_id),
    expected_amount: expected(bill),
    repeat_words: wordsOf(bill),
    state: bill.paused_on ? "paused" : next ? "active" : "ended",
    next_on: has?.due_on ?? null,
    next_nominal_on: has?.nominal_on ?? null,
    deviations: undefined,
  };
}

function paymentOf(t, kind, isAutomatic) {
  const { id, date, amount, payee, account_id } = t;
  return {
    transaction_id: id,
    date,
    amount: text(amount),
    payee,
    account_id,
    kind,
    is_automatic: isAutomatic,
  };
}

function pays(bill, one, t) {
  const isRejected = one.rejected?.includes(t.id);
  return (
    !t.deleted_at &&
    !isRejected &&
    t.type === bill.direction &&
    (!bill.account_id || t.account_id === bill.account_id) &&
    bill.payee !== null &&
    t.payee === bill.payee &&
    t.date >= dayAfter(one.due_on, -bill.days_before) &&
    t.date <= dayAfter(one.due_on, bill.days_after)
  );
}

const days = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

function stateOf(bill, one, payments) {
  if (one.is_skipped) return "skipped";
  if (payments.some(({ kind }) => kind === "posted")) return "posted";
  const sum = payments.reduce((total, { amount }) => total + parsed(amount), 0n);
  const isPart = bill.allows_parts && payments.length > 0 && sum < parsed(one.amount ?? "0");
  if (payments.length > 0) return isPart ? "partial" : "matched";
  if (one.due_on > today()) return "expected";
  if (one.due_on === today()) return "due";
  return dayAfter(one.due_on, bill.days_after) < today() ? "missed" : "overdue";
}

export function showOccurrence(books, bill, date) {
  const own = bill.deviations[date.nominal_on] ?? {};
  const one = { ...date, amount: expected(bill), ...own };
  const linked = (own.linked ?? []).map(({ id, kind }) => [
    books.transactions.find((t) => t.id === id),
    kind,
    false,
  ]);
  const byItself = books.transactions
    .filter((t) => pays(bill, one, t))
    .slice(0, bill.allows_parts ? 3 : 1)
    .map((t) => [t, "matched", true]);
  const all = (linked.length > 0 ? linked : byItself).filter(([t]) => t && !t.deleted_at);
  const payments = all.map(([t, kind, isAutomatic]) => paymentOf(t, kind, isAutomatic));
  const state = stateOf(bill, one, payments);
  const paid = all.length > 0 ? all.reduce((sum, [t]) => sum + t.amount, 0n) : null;
  const low = bill.amount_low ?? one.amount;
  const high = bill.amount_high ?? one.amount;
  const isOut = paid !== null && one.amount && (paid < parsed(low) || paid > parsed(high));
  const isOpen = ["overdue", "missed", "due"].includes(state);
  return {
    bill_id: bill.id,
    bill_name: bill.name,
    direction: bill.direction,
    nominal_on: one.nominal_on,
    due_on: one.due_on,
    window_from: dayAfter(one.due_on, -bill.days_before),
    window_to: dayAfter(one.due_on, bill.days_after),
    state,
    payee: bill.payee,
    account_id: bill.account_id,
    to_account_id: bill.to_account_id,
    category_id: bill.category_id,
    currency: bill.currency,
    amount: one.amount,
    amount_low: own.amount ?? low,
    amount_high: own.amount ?? high,
    is_changed: own.due_on !== undefined || own.amount !== undefined,
    posts_itself: bill.auto_post && state === "expected",
    paid: paid === null ? null : text(paid),
    open: state === "partial" ? text(parsed(one.amount) - paid) : paid === null ? null : "0.00",
    changed_by: isOut && state !== "partial" ? text(paid - parsed(one.amount)) : null,
    paid_on: payments.at(-1)?.date ?? null,
    days_late: payments.length > 0 ? days(one.due_on, payments.at(-1).date) : null,
    payments,
    candidates: isOpen ? candidates(books, bill, one) : [],
  };
}

function candidates(books, bill, one) {
  const wanted = one.amount && parsed(one.amount);
  return books.transactions
    .filter(
      (t) =>
        !t.deleted_at &&
        t.type === bill.direction &&
        t.payee !== bill.payee &&
        !one.rejected?.includes(t.id) &&
        wanted &&
        t.amount * 10n > wanted * 9n &&
        t.amount * 10n < wanted * 11n &&
        Math.abs(days(one.due_on, t.date)) < 6,
    )
    .slice(0, 2)
    .map((t) => ({ ...paymentOf(t), kind: undefined, is_automatic: undefined, score: 58 }));
}

export function occurrencesOf(books, from, to) {
  return books.bills
    .filter((bill) => !bill.deleted_at && !bill.paused_on)
    .flatMap((bill) =>
      datesOf(bill, dayAfter(to, 40)).map((date) => showOccurrence(books, bill, date)),
    )
    .filter(({ due_on: due }) => due >= from && due <= to)
    .sort((a, b) => (a.due_on < b.due_on ? -1 : a.due_on > b.due_on ? 1 : 0));
}

/** Which time of which bill a transaction pays. */
export function paidBy(books, id) {
  const { date, deleted_at: deleted } = books.find(books.transactions, id);
  if (deleted) return null;
  const near = occurrencesOf(books, dayAfter(date, -60), dayAfter(date, 60));
  const of = ({ payments }) => payments.find((one) => one.transaction_id === id);
  const paid = near.find(of);
  if (!paid) return null;
  const { bill_id, bill_name, nominal_on } = paid;
  return { bill_id, bill_name, nominal_on, kind: of(paid).kind };
}

function found(books, id, date) {
  const bill = books.find(books.bills, id);
  const one = datesOf(bill, date).find(({ nominal_on: nominal }) => nominal === date);
  if (!one) throw new Refusal(404, "occurrence.not_found", "There is no such one");
  bill.deviations[date] ??= {};
  return { bill, one, own: bill.deviations[date] };
}

const acts = {
  skip: (_books, { own }) => (own.is_skipped = true),
  unskip: (_books, { own }) => (own.is_skipped = false),
  match: (_books, { own }, body) => (own.linked = [{ id: body.transaction_id, kind: "matched" }]),
  unmatch: (_books, { own }, body) => {
    own.linked = (own.linked ?? []).filter(({ id }) => id !== body.transaction_id);
    own.rejected = [...(own.rejected ?? []), body.transaction_id];
  },
  reject: (_books, { own }, body) =>
    (own.rejected = [...(own.rejected ?? []), body.transaction_id]),
  post: (books, { bill, own, one }, body) => {
    const t = books.addTransaction({
      type: bill.direction,
      account_id: body.account_id ?? bill.account_id,
      to_account_id: bill.to_account_id,
      category_id: bill.category_id ?? undefined,
      payee: bill.payee ?? bill.name,
      date: body.date ?? (one.due_on < today() ? one.due_on : today()),
      amount: body.amount ?? own.amount ?? expected(bill),
    });
    own.linked = [{ id: t.id, kind: "posted" }];
  },
};

function occurrenceRoutes(at) {
  const uuid = "([0-9a-f-]{36})";
  const occurrence = (books, id, date) => {
    const { bill: of, one } = found(books, id, date);
    return { data: showOccurrence(books, of, one) };
  };
  return [
    [
      "GET",
      at("/bills/occurrences"),
      ({ books, query }) =>
        list(
          occurrencesOf(
            books,
            query.from ?? dayAfter(today(), -31),
            query.to ?? dayAfter(today(), 90),
          ),
        ),
    ],
    [
      "PATCH",
      new RegExp(`^/bills/${uuid}/occurrences/([\\d-]+)$`),
      ({ books, id, second, body }) => {
        const { own } = found(books, id, second);
        for (const [key, value] of Object.entries(body)) own[key] = value ?? undefined;
        return occurrence(books, id, second);
      },
    ],
    ...Object.entries(acts).map(([name, act]) => [
      "POST",
      new RegExp(`^/bills/${uuid}/occurrences/([\\d-]+)/${name}$`),
      ({ books, id, second, body }) => {
        act(books, found(books, id, second), body);
        return occurrence(books, id, second);
      },
    ]),
  ];
}

export function billRoutes(at) {
  const bill = (books, id) => books.find(books.bills, id);
  const touched = (one, part) => Object.assign(one, part, { version: one.version + 1 });
  return [
    [
      "GET",
      at("/bills"),
      ({ books, query }) =>
        list(
          books.bills
            .filter((one) => query.include_deleted === "true" || !one.deleted_at)
            .sort((a, b) => a.name.localeCompare(b.name))
            .map((one) => showBill(books, one)),
        ),
    ],
    [
      "POST",
      at("/bills"),
      ({ books, body }) => ({ status: 201, data: showBill(books, makeBill(books, body)) }),
    ],
    ...occurrenceRoutes(at),
    ["GET", at("/bills/:id"), ({ books, id }) => ({ data: showBill(books, bill(books, id)) })],
    [
      "PATCH",
      at("/bills/:id"),
      ({ books, id, body }) => ({ data: showBill(books, touched(bill(books, id), body)) }),
    ],
    [
      "DELETE",
      at("/bills/:id"),
      ({ books, id }) => {
        touched(bill(books, id), { deleted_at: now() });
        return { status: 204 };
      },
    ],
    ...[
      ["restore", () => ({ deleted_at: null })],
      ["pause", () => ({ paused_on: today() })],
      ["resume", () => ({ paused_on: null })],
    ].map(([name, part]) => [
      "POST",
      at(`/bills/:id/${name}`),
      ({ books, id }) => ({ data: showBill(books, touched(bill(books, id), part())) }),
    ]),
  ];
}
